-- view: pair_s3
-- materialize: no
-- uses: ring_progress, queue_scope, ring_advance
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
-- Driver: the load of the used idx that first shows an entry, then the load of that entry (and, behind it, its payload).
with progress as (
    select device, queue, sequence, source, thread, ordering, ordering_domain, queue_since, size, old_index, advance
    from ring_progress
    where step = 'observe_used' and advance > 0 and is_plausible
),
unrolled as (
    select
        p.device, p.queue, p.sequence, p.source, p.thread, p.ordering, p.ordering_domain, p.queue_since, p.size,
        ring_advance(p.old_index, unnest(range(p.advance))) as position
    from progress as p
),
shown as (
    select
        device, queue, sequence, source, thread, ordering, ordering_domain, queue_since, position,
        (position % size)::usmallint as slot
    from unrolled
),
entry as (
    select device, queue, slot, sequence, source, thread, ordering, ordering_domain
    from event
    where event = 'load' and part = 'used_entry'
)
select
    'driver' as side, s.device, s.queue, s.position,
    s.sequence as first_sequence, s.source as first_source, s.thread as first_thread,
    'used_index' as first_part, s.ordering as first_ordering, s.ordering_domain as first_domain,
    if(q.device_in_region, null, s.sequence) as outside_sequence,
    e.sequence as second_sequence, e.source, e.thread, 'used_entry' as second_part,
    e.ordering as second_ordering, e.ordering_domain as second_domain,
    q.device_in_region as second_in_region, q.order_platform
from shown as s
asof join entry as e
    on e.device = s.device and e.queue = s.queue and e.slot = s.slot and e.sequence > s.sequence
left join queue_scope as q
    on q.side = 'driver' and q.device = s.device and q.queue = s.queue and q.since = s.queue_since
