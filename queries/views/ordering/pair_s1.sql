-- view: pair_s1
-- materialize: no
-- uses: driver_buffer, published_entry, chain_descriptor, indirect_entry, ring_progress, queue_scope, ranges_contain
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
-- Driver: payload, descriptors, indirect entries and available entry, then the available idx (§2.7.13.3). Which stores belong
-- to a publication follows from the chain as published, not from what was stored shortly before.
with payload as (
    select device, address, sequence, source, thread
    from event
    where (event = 'store' and part = 'payload') or (event = 'bounce_copy' and direction = 'to_device')
),
filled as (
    select
        b.device, b.queue, b.publication, b.position, 'payload' as part, p.sequence, p.source, p.thread, b.address,
        b.size as length
    from driver_buffer as b
    asof join payload as p on p.device = b.device and p.address = b.address and b.publication > p.sequence
    where not b.is_writable
),
stored as (
    select device, queue, publication, position, 'available_entry' as part, entry_stored as sequence,
        entry_source as source, entry_thread as thread,
        null::ubigint as address, null::uinteger as length
    from published_entry
    where entry_stored is not null
    union all
    select device, queue, publication, position, 'descriptor', stored, source, thread, null, null
    from chain_descriptor
    where stored is not null
    union all
    select device, queue, publication, position, 'indirect_descriptor', stored, source, thread, table_address, table_size
    from indirect_entry
    where stored is not null and is_reached
    union all
    select device, queue, publication, position, part, sequence, source, thread, address, length
    from filled
),
scoped as (
    select
        s.device, s.queue, s.publication, s.position, s.part, s.sequence, s.source, s.thread,
        q.driver_in_region, q.order_platform,
        case when q.order_platform is false then null
             when s.part = 'available_entry' then q.driver_in_region
             when s.part = 'descriptor' then q.desc_in_region
             else ranges_contain(q.bounce_ranges, s.address, s.length)
        end as in_region,
        e.source as publisher, e.thread as publisher_thread, e.ordering, e.ordering_domain
    from stored as s
    join ring_progress as e
        on e.step = 'publish' and e.device = s.device and e.queue = s.queue and e.sequence = s.publication
    left join queue_scope as q
        on q.side = 'driver' and q.device = e.device and q.queue = e.queue and q.since = e.queue_since
)
select
    'driver' as side, device, queue, position,
    max(sequence) as first_sequence,
    arg_max(source, sequence) as first_source,
    arg_max(thread, sequence) as first_thread,
    arg_max(part, sequence) as first_part,
    null::varchar as first_ordering,
    null::varchar as first_domain,
    max(sequence) filter (in_region is not true) as outside_sequence,
    publication as second_sequence,
    any_value(publisher) as source,
    any_value(publisher_thread) as thread,
    'available_index' as second_part,
    any_value(ordering) as second_ordering,
    any_value(ordering_domain) as second_domain,
    any_value(driver_in_region) as second_in_region,
    any_value(order_platform) as order_platform
from scoped
group by device, queue, publication, position
