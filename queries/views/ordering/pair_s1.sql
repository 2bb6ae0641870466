-- view: pair_s1
-- materialize: no
-- uses: driver_buffer, driver_payload_access, chain_descriptor, indirect_entry, published_entry, unknown_progress,
--    ring_progress, queue_scope, ranges_contain
-- pair: S1
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
-- Driver: payload, descriptors, indirect entries and available entry, then the available idx (§2.7.13.3). Which stores belong
-- to a publication follows from the chain as published, not from what was stored shortly before. One row for each thread
-- that stored something of an entry: what another one stored, the publishing thread's barrier alone does not order.
with stored as (
    -- Ring areas are placed as a whole, below; indirect entries by their table.
    select device, queue, publication, position, 'available_entry' as part, entry_stored as sequence, entry_source as source,
        entry_thread as thread, null::ubigint as address, null::uinteger as length
    from published_entry
    where entry_stored is not null
    union all
    select device, queue, publication, position, 'descriptor', stored, source, thread, null, null
    from chain_descriptor
    where stored is not null
    union all
    select device, queue, publication, position, 'indirect_descriptor', stored, source, thread,
        if(table_is_bus, table_address, null), table_size
    from indirect_entry
    where stored is not null and is_reached
    union all
    select b.device, b.queue, b.publication, b.position, 'payload', p.sequence, p.source, p.thread,
        if(b.is_bus, b.address, null), b.size
    from driver_buffer as b
    asof join (select * from driver_payload_access where is_store) as p
        on p.device = b.device and p.address = b.address and b.publication > p.sequence
    where not b.is_writable
),
publication as (
    select
        p.device, p.queue, p.sequence, p.source, p.thread, p.ordering, p.ordering_domain, q.order_platform, q.bounce_ranges,
        q.desc_in_region, q.driver_in_region
    from ring_progress as p
    left join queue_scope as q
        on q.side = 'driver' and q.device = p.device and q.queue = p.queue and q.since = p.queue_since
    where p.step = 'publish'
),
placed as (
    select
        s.device, s.queue, s.publication, s.position, s.part, s.sequence, s.source, s.thread,
        case when p.order_platform is false then true
             when s.part = 'available_entry' then p.driver_in_region
             when s.part = 'descriptor' then p.desc_in_region
             else ranges_contain(p.bounce_ranges, s.address, s.length)
        end as in_region
    from stored as s
    join publication as p on p.device = s.device and p.queue = s.queue and p.sequence = s.publication
),
last_store as (
    select
        device, queue, publication, position, source, thread,
        max(sequence) as sequence,
        arg_max(part, sequence) as part,
        max(sequence) filter (in_region is false) as outside,
        max(sequence) filter (in_region is null) as unplaced
    from placed
    group by device, queue, publication, position, source, thread
),
filled as (
    select device, queue, publication, position, source, thread, sequence, part, outside, unplaced from last_store
    union all
    -- Nothing of it was seen: neither what was published, nor by whom it was filled.
    select e.device, e.queue, e.publication, e.position, null, null, null, null, null, null
    from published_entry as e
    anti join last_store as s
        on s.device = e.device and s.queue = e.queue and s.publication = e.publication and s.position = e.position
    union all
    select device, queue, sequence, null, null, null, null, null, null, null
    from unknown_progress where step = 'publish'
)
select
    'S1' as pair, 'driver' as side, f.device, f.queue, f.position,
    f.sequence as first_sequence, f.source as first_source, f.thread as first_thread, f.part as first_part,
    null::varchar as first_ordering, null::varchar as first_domain,
    f.outside as outside_sequence, f.unplaced as unplaced_sequence,
    f.publication as second_sequence, p.source, p.thread, 'available_index' as second_part,
    p.ordering as second_ordering, p.ordering_domain as second_domain,
    p.driver_in_region as second_in_region, p.order_platform, true as is_needed
from filled as f
join publication as p on p.device = f.device and p.queue = f.queue and p.sequence = f.publication
