-- view: pair_s11
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
-- Device: used idx, then the interrupt of that queue. A message is no address in the region: never exempt.
with message as (
    select device, queue, sequence, source, thread, ordering, ordering_domain
    from event
    where event = 'interrupt' and actor = 'device' and queue is not null
),
returned as (
    select device, queue, sequence, source, thread, ordering, ordering_domain, queue_since
    from ring_progress
    where step = 'return' and advance <> 0
)
select
    'device' as side, m.device, m.queue, null::integer as position,
    r.sequence as first_sequence, r.source as first_source, r.thread as first_thread,
    'used_index' as first_part, r.ordering as first_ordering, r.ordering_domain as first_domain,
    r.sequence as outside_sequence,
    m.sequence as second_sequence, m.source, m.thread, 'interrupt' as second_part,
    m.ordering as second_ordering, m.ordering_domain as second_domain,
    false as second_in_region, q.order_platform
from message as m
asof join returned as r on r.device = m.device and r.queue = m.queue and m.sequence > r.sequence
left join queue_scope as q
    on q.side = 'device' and q.device = r.device and q.queue = r.queue and q.since = r.queue_since
