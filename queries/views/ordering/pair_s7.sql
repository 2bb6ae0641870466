-- view: pair_s7
-- materialize: no
-- uses: device_ownership, ring_progress, queue_scope, device_payload_access, device_range, ranges_contain, bus_address
-- pair: S7
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
-- Device: the read of the available idx that first shows an entry, then the read of that entry, and of what it leads to. What
-- stands before the entry also stands before descriptors and payload; payload counts apart only where it lies outside the
-- bounce buffer and the ring inside, for then it needs more.
with mixed as (
    select device, queue, since, bounce_ranges, order_platform
    from queue_scope
    where side = 'device' and order_platform is not false and driver_in_region and desc_in_region
),
payload as (
    select a.device, a.queue, a.sequence, a.source, a.thread, m.order_platform, r.position, r.chain_since
    from (from device_payload_access as a semi join mixed as m on m.device = a.device and m.queue = a.queue) as a
    join device_range as r on r.device = a.device and r.since = a.buffer_since
    asof join mixed as m on m.device = r.device and m.queue = r.queue and r.chain_since >= m.since
    where not a.is_write and ranges_contain(m.bounce_ranges, bus_address(a.address, a.space), a.length) is false
)
select
    'S7' as pair, 'device' as side, o.device, o.queue, o.position,
    o.since as first_sequence, o.source as first_source, o.thread as first_thread,
    'available_index' as first_part, p.ordering as first_ordering, p.ordering_domain as first_domain,
    if(q.driver_in_region is false, o.since, null) as outside_sequence,
    if(q.driver_in_region is null, o.since, null) as unplaced_sequence,
    o.fetched as second_sequence, o.fetch_source as source, o.fetch_thread as thread,
    'available_entry' as second_part, null::varchar as second_ordering, null::varchar as second_domain,
    q.driver_in_region and q.desc_in_region as second_in_region, q.order_platform, true as is_needed
from device_ownership as o
join ring_progress as p
    on p.step = 'observe_available' and p.device = o.device and p.queue = o.queue and p.sequence = o.since
left join queue_scope as q
    on q.side = 'device' and q.device = o.device and q.queue = o.queue and q.since = o.queue_since
where o.fetched is not null and (p.queue_until is null or o.fetched < p.queue_until)
union all
select
    'S7', 'device', l.device, l.queue, l.position, p.sequence, p.source, p.thread, 'available_index', p.ordering, p.ordering_domain,
    null, null, l.sequence, l.source, l.thread, 'payload', null, null, false, l.order_platform, true
from payload as l
join ring_progress as p
    on p.step = 'observe_available' and p.device = l.device and p.queue = l.queue and p.sequence = l.chain_since
