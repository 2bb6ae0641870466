-- view: pair_s3
-- materialize: no
-- uses: ring_progress, queue_scope, driver_buffer, driver_ownership, driver_return, driver_payload_access, ring_advance,
--    ranges_contain
-- pair: S3
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
-- unplaced_sequence: the last of which nothing says whether it lies in the bounce buffer, null if none
-- second_sequence: the access that must come after
-- source: its observer
-- thread: its execution context
-- second_part: the structure that it touches
-- second_ordering: the ordering that it carries
-- second_domain: how far
-- second_in_region: it lies in the bounce buffer, null if that is not known
-- order_platform: ORDER_PLATFORM in force
-- is_needed: true; null where nothing says whether this order is needed
--
-- ## Why
-- Driver: the load of the used idx that first shows an entry, then the load of that entry, and of its payload. What stands
-- before the entry also stands before the payload; payload counts apart only where it lies outside the bounce buffer and the
-- used ring inside, for then it needs more.
with progress as (
    select device, queue, sequence, source, thread, ordering, ordering_domain, queue_since, queue_until, size, old_index, advance
    from ring_progress
    where step = 'observe_used' and advance > 0 and is_plausible
),
unrolled as (
    select
        p.device, p.queue, p.sequence, p.source, p.thread, p.ordering, p.ordering_domain, p.queue_since, p.queue_until, p.size,
        ring_advance(p.old_index, unnest(range(p.advance))) as position
    from progress as p
),
shown as (
    select
        device, queue, sequence, source, thread, ordering, ordering_domain, queue_since, queue_until, position,
        (position % size)::usmallint as slot
    from unrolled
),
mixed as (
    select device, queue, since, bounce_ranges
    from queue_scope
    where side = 'driver' and order_platform is not false and device_in_region
),
payload as (
    select e.device, e.queue, e.address, e.sequence, e.source, e.thread, e.ordering, e.ordering_domain
    from (from driver_payload_access as e semi join mixed as m on m.device = e.device and m.queue = e.queue) as e
    asof join mixed as m on m.device = e.device and m.queue = e.queue and e.sequence >= m.since
    where not e.is_store and ranges_contain(m.bounce_ranges, e.place, e.length) is false
),
-- The chain that the buffer was published with, and the used entry that gave it back before.
loaded as (
    select l.device, l.queue, l.sequence, l.source, l.thread, l.ordering, l.ordering_domain, b.publication, b.position
    from payload as l
    asof join (from driver_buffer as b semi join payload as l on l.device = b.device and l.address = b.address) as b
        on b.device = l.device and b.address = l.address and l.sequence > b.publication
),
taken as (
    select l.device, l.queue, l.sequence, l.source, l.thread, l.ordering, l.ordering_domain, o.queue_since,
        i as seen
    from loaded as l
    join driver_ownership as o
        on o.device = l.device and o.queue = l.queue and o.since = l.publication and o.position = l.position
    join driver_return as r on r.device = o.device and r.queue = o.queue and r.sequence = o.until
    join progress as i on i.device = r.device and i.queue = r.queue and i.sequence = r.index_seen
    where o.ended_by = 'used' and o.until < l.sequence
)
select
    'S3' as pair, 'driver' as side, s.device, s.queue, s.position,
    s.sequence as first_sequence, s.source as first_source, s.thread as first_thread,
    'used_index' as first_part, s.ordering as first_ordering, s.ordering_domain as first_domain,
    if(q.device_in_region is false, s.sequence, null) as outside_sequence,
    if(q.device_in_region is null, s.sequence, null) as unplaced_sequence,
    e.sequence as second_sequence, e.source, e.thread, 'used_entry' as second_part,
    e.ordering as second_ordering, e.ordering_domain as second_domain,
    q.device_in_region as second_in_region, q.order_platform, true as is_needed
from shown as s
asof join driver_return as e
    on e.device = s.device and e.queue = s.queue and e.slot = s.slot and e.sequence > s.sequence
left join queue_scope as q
    on q.side = 'driver' and q.device = s.device and q.queue = s.queue and q.since = s.queue_since
where s.queue_until is null or e.sequence < s.queue_until
union all
select
    'S3', 'driver', t.device, t.queue, null, t.seen.sequence, t.seen.source, t.seen.thread, 'used_index', t.seen.ordering,
    t.seen.ordering_domain, null, null, t.sequence, t.source, t.thread, 'payload', t.ordering, t.ordering_domain,
    false, q.order_platform, true
from taken as t
left join queue_scope as q
    on q.side = 'driver' and q.device = t.device and q.queue = t.queue and q.since = t.queue_since
