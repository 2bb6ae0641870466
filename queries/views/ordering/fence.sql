-- view: fence
-- materialize: yes
-- uses: domain_rank
-- source: observer
-- thread: execution context: a fence orders the accesses of its own thread
-- needed_order: what it orders: store_store, load_load, load_store, store_load; one row for each
-- sequence: place in the run
-- reach: how far: 2 processors, 3 devices, 4 device registers
--
-- ## Why
-- A fence is a barrier event, a locked access (ordering = full), or what comes with something else: an ordered register access
-- carries the platform's barrier for stores before a write, for loads behind a read; taking a lock is a locked operation, and
-- giving it back orders what comes before. A release or acquire that an access to memory carries orders that access only: it
-- is judged at the pair.
with point as (
    select
        source, thread, sequence,
        case event when 'handover_acquire' then 'full' when 'handover_release' then 'release'
            when 'register_read' then if(ordering = 'full', ordering, 'acquire')
            when 'register_write' then if(ordering = 'full', ordering, 'store')
            when 'doorbell' then if(ordering = 'full', ordering, 'store')
            else ordering end as kind,
        case when event like 'handover%' then 2
             when event in ('register_read', 'register_write', 'doorbell') and ordering <> 'full' then 3
             else domain_rank(ordering, ordering_domain) end as reach
    from event
    where (event = 'barrier' and ordering is not null)
       or event in ('handover_release', 'handover_acquire')
       or (ordering = 'full' and event <> 'barrier')
       or (ordering_domain = 'mmio' and ((event in ('register_write', 'doorbell') and ordering = 'release')
           or (event = 'register_read' and ordering = 'acquire')))
)
select p.source, p.thread, o.needed_order, p.sequence, p.reach::utinyint as reach
from point as p
join (values
    ('store', 'store_store'), ('load', 'load_load'),
    ('release', 'store_store'), ('release', 'load_store'), ('acquire', 'load_load'), ('acquire', 'load_store'),
    ('full', 'store_store'), ('full', 'load_load'), ('full', 'load_store'), ('full', 'store_load')
) as o(kind, needed_order) on o.kind = p.kind
where p.reach >= 2
