-- view: pair_s7
-- materialize: no
-- uses: device_ownership, ring_progress, queue_scope
-- side: who accesses
-- device: number in the run
-- queue: number of the queue
-- position: ring position that the pair is about, null if none
-- first_sequence: the access that must come first
-- first_source: its observer
-- first_thread: its execution context
-- first_part: the structure that it touches
-- first_ordering: the ordering that it carries
-- first_domain: how far
-- outside_sequence: the last first access of this pair outside the bounce buffer, null if none
-- second_sequence: the access that must come after
-- source: its observer
-- thread: its execution context
-- second_part: the structure that it touches
-- second_ordering: the ordering that it carries
-- second_domain: how far
-- second_in_region: it lies in the bounce buffer
-- order_platform: ORDER_PLATFORM in force
--
-- ## Why
-- Device: the read of the available idx that first shows an entry, then the read of that entry (and, behind it, of the chain).
select
    'device' as side, o.device, o.queue, o.position,
    o.since as first_sequence, o.source as first_source, o.thread as first_thread,
    'available_index' as first_part, p.ordering as first_ordering, p.ordering_domain as first_domain,
    if(q.driver_in_region, null, o.since) as outside_sequence,
    o.fetched as second_sequence, o.fetch_source as source, o.fetch_thread as thread,
    'available_entry' as second_part, null::varchar as second_ordering, null::varchar as second_domain,
    q.driver_in_region and q.desc_in_region as second_in_region, q.order_platform
from device_ownership as o
join ring_progress as p
    on p.step = 'observe_available' and p.device = o.device and p.queue = o.queue and p.sequence = o.since
left join queue_scope as q
    on q.side = 'device' and q.device = o.device and q.queue = o.queue and q.since = o.queue_since
where o.fetched is not null
