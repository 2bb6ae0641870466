-- view: fence
-- materialize: yes
-- uses: domain_rank
-- source: observer
-- thread: execution context: a fence orders the accesses of its own thread
-- sequence: place in the run
-- reach: compiler 1, smp 2, dma 3, mmio 4
-- orders_stores: earlier stores before later stores
-- orders_loads: earlier loads before later loads
-- orders_load_store: earlier loads before later stores
-- orders_all: earlier stores before later loads, and all the rest
--
-- ## Why
-- A fence is a barrier event, a locked access (ordering = full), or a hand-over between threads, which counts as full.
-- A release or acquire that an access carries orders that access only: that is judged at the pair.
with point as (
    select
        source, thread, sequence,
        if(event like 'handover%', 'full', ordering) as kind,
        if(event like 'handover%', 3, domain_rank(ordering, ordering_domain)) as reach
    from event
    where (event = 'barrier' and ordering is not null)
       or event in ('handover_release', 'handover_acquire')
       or (ordering = 'full' and event <> 'barrier')
)
select
    source, thread, sequence, reach::utinyint as reach,
    kind in ('store', 'full', 'release') as orders_stores,
    kind in ('load', 'full', 'acquire') as orders_loads,
    kind in ('full', 'acquire', 'release') as orders_load_store,
    kind = 'full' as orders_all
from point
where reach >= 2
