-- view: pair_s10
-- materialize: no
-- uses: ring_progress, queue_scope
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
-- Device: asking for a doorbell (avail_event, or used flags 0), then looking at the available idx once more.
with request as (
    select device, queue, sequence, source, thread, part, ordering, ordering_domain
    from event
    where event = 'dma_write' and (part = 'available_event' or (part = 'used_flags' and value = 0))
),
look as (
    select device, queue, sequence, source, thread, ordering, ordering_domain, queue_since
    from ring_progress
    where step = 'observe_available'
)
select
    'device' as side, r.device, r.queue, null::integer as position,
    r.sequence as first_sequence, r.source as first_source, r.thread as first_thread,
    r.part as first_part, r.ordering as first_ordering, r.ordering_domain as first_domain,
    if(q.device_in_region, null, r.sequence) as outside_sequence,
    l.sequence as second_sequence, l.source, l.thread, 'available_index' as second_part,
    l.ordering as second_ordering, l.ordering_domain as second_domain,
    q.driver_in_region as second_in_region, q.order_platform
from request as r
asof join look as l on l.device = r.device and l.queue = r.queue and l.sequence > r.sequence
left join queue_scope as q
    on q.side = 'device' and q.device = l.device and q.queue = l.queue and q.since = l.queue_since
where r.sequence > q.since or q.since is null
