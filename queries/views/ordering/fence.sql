-- view: fence
-- materialize: yes
-- uses: domain_rank
-- source: observer
-- thread: execution context: a fence orders the accesses of its own thread
-- needed_order: what it orders: store_store, load_load, load_store, store_load; one row for each
-- sequence: place in the run
-- platform_sequence: the last such fence up to here that reaches a device (dma or mmio), null if none
-- register_sequence: the last such fence up to here that reaches device registers (mmio), null if none
--
-- ## Why
-- A fence is a barrier event, a locked access (ordering = full), or a hand-over between threads, which counts as full.
-- A release or acquire that an access carries orders that access only: that is judged at the pair. With the last stronger
-- fence beside each, one as-of join tells a pair what stands before it.
with point as (
    select
        source, thread, sequence,
        if(event like 'handover%', 'full', ordering) as kind,
        if(event like 'handover%', 3, domain_rank(ordering, ordering_domain)) as reach
    from event
    where (event = 'barrier' and ordering is not null)
       or event in ('handover_release', 'handover_acquire')
       or (ordering = 'full' and event <> 'barrier')
),
ordered as (
    select p.source, p.thread, p.sequence, p.reach, o.needed_order
    from point as p
    join (values
        ('store', 'store_store'), ('load', 'load_load'),
        ('release', 'store_store'), ('release', 'load_store'), ('acquire', 'load_load'), ('acquire', 'load_store'),
        ('full', 'store_store'), ('full', 'load_load'), ('full', 'load_store'), ('full', 'store_load')
    ) as o(kind, needed_order) on o.kind = p.kind
    where p.reach >= 2
)
-- Threads without any stronger fence need no running maximum.
select o.source, o.thread, o.needed_order, o.sequence, null::ubigint as platform_sequence, null::ubigint as register_sequence
from ordered as o
anti join point as p on p.source = o.source and p.thread = o.thread and p.reach >= 3
union all
select
    o.source, o.thread, o.needed_order, o.sequence,
    max(if(o.reach >= 3, o.sequence, null)) over so_far,
    max(if(o.reach >= 4, o.sequence, null)) over so_far
from ordered as o
semi join point as p on p.source = o.source and p.thread = o.thread and p.reach >= 3
window so_far as (partition by o.source, o.thread, o.needed_order order by o.sequence)
