-- view: pair_s8
-- materialize: no
-- uses: device_return, queue_scope, ranges_contain
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
-- Device: payload and used entry, then the used idx (§2.7.8.2).
with payload as (
    select device, queue, head, sequence, source, thread, address, length
    from event
    where event = 'dma_write' and part = 'payload'
),
returned as (
    select r.device, r.queue, r.position, r.sequence, r.source, r.thread, r.head, r.entry_written,
        r.ordering, r.ordering_domain, r.queue_since
    from device_return as r
    where r.entry_written is not null
),
filled as (
    select
        r.device, r.queue, r.position, r.sequence, r.source, r.thread, r.entry_written, r.ordering,
        r.ordering_domain, r.queue_since, p.sequence as payload_written, p.source as payload_source, p.thread as payload_thread, p.address, p.length
    from returned as r
    asof left join payload as p
        on p.device = r.device and p.queue = r.queue and p.head = r.head and r.sequence > p.sequence
)
select
    'device' as side, f.device, f.queue, f.position,
    greatest(f.entry_written, f.payload_written) as first_sequence,
    if(f.payload_written > f.entry_written, f.payload_source, f.source) as first_source,
    if(f.payload_written > f.entry_written, f.payload_thread, f.thread) as first_thread,
    if(f.payload_written > f.entry_written, 'payload', 'used_entry') as first_part,
    null::varchar as first_ordering, null::varchar as first_domain,
    case when q.device_in_region is not true then greatest(f.entry_written, f.payload_written)
         when ranges_contain(q.bounce_ranges, f.address, f.length) is not true then f.payload_written
    end as outside_sequence,
    f.sequence as second_sequence, f.source, f.thread, 'used_index' as second_part,
    f.ordering as second_ordering, f.ordering_domain as second_domain,
    q.device_in_region as second_in_region, q.order_platform
from filled as f
left join queue_scope as q
    on q.side = 'device' and q.device = f.device and q.queue = f.queue and q.since = f.queue_since
