-- view: pair_s6
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
-- Driver: available idx, then the doorbell. A doorbell is no address in the region: never exempt.
with doorbell as (
    select device, queue, sequence, source, thread, ordering, ordering_domain
    from event
    where event = 'doorbell' and actor = 'driver'
),
publication as (
    select device, queue, sequence, source, thread, ordering, ordering_domain, queue_since
    from ring_progress
    where step = 'publish' and advance <> 0
)
select
    'driver' as side, d.device, d.queue, null::integer as position,
    p.sequence as first_sequence, p.source as first_source, p.thread as first_thread,
    'available_index' as first_part, p.ordering as first_ordering, p.ordering_domain as first_domain,
    p.sequence as outside_sequence,
    d.sequence as second_sequence, d.source, d.thread, 'doorbell' as second_part,
    d.ordering as second_ordering, d.ordering_domain as second_domain,
    false as second_in_region, q.order_platform
from doorbell as d
asof join publication as p on p.device = d.device and p.queue = d.queue and d.sequence > p.sequence
left join queue_scope as q
    on q.side = 'driver' and q.device = p.device and q.queue = p.queue and q.since = p.queue_since
