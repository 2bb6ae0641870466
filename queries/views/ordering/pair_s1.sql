-- view: pair_s1
-- materialize: no
-- uses: driver_buffer, chain_descriptor, indirect_entry, queue_scope, published_entry, ranges_contain
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
    -- Indirect entries are placed by their table; ring areas are placed as a whole, below.
    select device, queue, publication, position, 'descriptor' as part, stored as sequence, source, thread,
        null::ubigint as address, null::uinteger as length
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
placed as (
    select
        s.device, s.queue, s.publication, s.position, s.part, s.sequence, s.source, s.thread,
        case when q.order_platform is false then true
             when s.part = 'descriptor' then q.desc_in_region
             else ranges_contain(q.bounce_ranges, s.address, s.length)
        end as in_region
    from stored as s
    asof left join queue_scope as q
        on q.side = 'driver' and q.device = s.device and q.queue = s.queue and s.publication >= q.since
),
last_store as (
    select
        device, queue, publication, position,
        max(sequence) as sequence,
        max(sequence) filter (part = 'payload') as payload,
        max(sequence) filter (part = 'descriptor') as descriptor,
        max(sequence) filter (in_region is false) as outside,
        bool_or(in_region is null) as has_unknown_place,
        min(source) as first_source, max(source) as last_source,
        min(thread) as first_thread, max(thread) as last_thread
    from placed
    group by device, queue, publication, position
),
filled_entry as (
    select
        e.device, e.queue, e.position, e.publication, e.source, e.thread, e.ordering, e.ordering_domain, e.queue_since,
        e.entry_stored, s.payload, s.descriptor, s.outside, s.has_unknown_place,
        -- Stores of several threads are as good as one of another thread.
        if(coalesce(e.entry_source <> e.source or s.first_source <> e.source or s.last_source <> e.source, false),
            'several', e.source) as first_source,
        if(coalesce(e.entry_thread <> e.thread or s.first_thread <> e.thread or s.last_thread <> e.thread, false),
            65535::usmallint, e.thread) as first_thread,
        greatest(e.entry_stored, s.sequence) as first_sequence
    from published_entry as e
    left join last_store as s
        on s.device = e.device and s.queue = e.queue and s.publication = e.publication and s.position = e.position
)
select
    'driver' as side, f.device, f.queue, f.position,
    f.first_sequence, f.first_source, f.first_thread,
    case f.first_sequence when f.entry_stored then 'available_entry' when f.payload then 'payload'
        when f.descriptor then 'descriptor' else 'indirect_descriptor' end as first_part,
    null::varchar as first_ordering, null::varchar as first_domain,
    greatest(f.outside, if(q.driver_in_region is false, f.entry_stored, null)) as outside_sequence,
    f.publication as second_sequence, f.source, f.thread, 'available_index' as second_part,
    f.ordering as second_ordering, f.ordering_domain as second_domain,
    if(q.driver_in_region and f.has_unknown_place, null, q.driver_in_region) as second_in_region, q.order_platform
from filled_entry as f
left join queue_scope as q
    on q.side = 'driver' and q.device = f.device and q.queue = f.queue and q.since = f.queue_since
where f.first_sequence is not null
