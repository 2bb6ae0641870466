-- view: pair_s8
-- materialize: no
-- uses: device_return, device_payload_access, device_range, unknown_progress, ring_progress, queue_scope, ranges_contain, bus_address
-- pair: S8
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
-- Device: payload and used entry, then the used idx (§2.7.8.2). One row for each thread that wrote something of it. Payload belongs
-- to the chain whose buffer it lies in, as far as the device was seen to fetch that; else to the one that it names.
with payload as (
    select
        a.device, a.queue, coalesce(r.head, a.head) as head, a.sequence, a.source, a.thread,
        bus_address(a.address, a.space) as address, a.length
    from device_payload_access as a
    left join device_range as r on r.device = a.device and r.since = a.buffer_since
    where a.is_write
),
written as (
    select r.device, r.queue, r.sequence as returned, r.position, r.queue_since, 'used_entry' as part,
        r.entry_written as sequence, r.entry_source as source, r.entry_thread as thread, null::ubigint as address,
        null::ubigint as length
    from device_return as r
    where r.entry_written is not null
    union all
    select r.device, r.queue, r.sequence, r.position, r.queue_since, 'payload', p.sequence, p.source, p.thread, p.address, p.length
    from payload as p
    asof join (select * from device_return where entry_written is not null) as r
        on r.device = p.device and r.queue = p.queue and r.head = p.head and r.sequence > p.sequence
    where p.sequence > coalesce(r.queue_since, 0)
),
placed as (
    select
        w.device, w.queue, w.returned, w.position, w.queue_since, w.part, w.sequence, w.source, w.thread,
        case when q.order_platform is false then true
             when w.part = 'used_entry' then q.device_in_region
             else ranges_contain(q.bounce_ranges, w.address, w.length)
        end as in_region
    from written as w
    left join queue_scope as q
        on q.side = 'device' and q.device = w.device and q.queue = w.queue and q.since = w.queue_since
),
last_write as (
    select
        device, queue, returned, position, queue_since, source, thread,
        max(sequence) as sequence,
        arg_max(part, sequence) as part,
        max(sequence) filter (in_region is false) as outside,
        max(sequence) filter (in_region is null) as unplaced
    from placed
    group by device, queue, returned, position, queue_since, source, thread
    union all
    -- Nobody knows what that handed over.
    select device, queue, sequence, null, null, null, null, null, null, null, null
    from unknown_progress
    where step = 'return'
)
select
    'S8' as pair, 'device' as side, f.device, f.queue, f.position, f.sequence as first_sequence, f.source as first_source,
    f.thread as first_thread, f.part as first_part, null::varchar as first_ordering, null::varchar as first_domain,
    f.outside as outside_sequence, f.unplaced as unplaced_sequence,
    p.sequence as second_sequence, p.source, p.thread, 'used_index' as second_part,
    p.ordering as second_ordering, p.ordering_domain as second_domain,
    q.device_in_region as second_in_region, q.order_platform, true as is_needed
from last_write as f
join ring_progress as p
    on p.step = 'return' and p.device = f.device and p.queue = f.queue and p.sequence = f.returned
left join queue_scope as q
    on q.side = 'device' and q.device = f.device and q.queue = f.queue and q.since = f.queue_since
