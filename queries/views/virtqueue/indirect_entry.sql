-- view: indirect_entry
-- materialize: yes
-- uses: descriptor_content, chain_descriptor, has_bits, range_end
-- device: number in the run
-- queue: number of the queue
-- publication: the store of the available idx that published the chain
-- position: the chain's place in the available ring, modulo 2^16
-- head: head of the chain
-- table_slot: the ring's descriptor that refers to the table
-- table_address: first byte of the table
-- table_is_bus: whether table_address is a bus address
-- table_size: its length in bytes
-- entry: index in the table
-- stored: the driver's store that the entry holds at the publication, null if none was seen
-- source: observer of that store
-- thread: execution context of that store
-- address: addr
-- is_bus: whether that is a bus address
-- size: len
-- flags: NEXT 1, WRITE 2, INDIRECT 4
-- next_slot: next
-- is_reached: the chain leads there: entry 0, or the next of another entry of the table
--
-- ## Why
-- Entries are judged as they stand when the table is published. A length that no store ever filled is cut at 1024 entries,
-- and altogether at the entries that were ever stored, so that a forged one cannot make the analysis explode.
with stored_count as (
    select count(*) as entries from descriptor_content where part = 'indirect_descriptor'
),
referred as (
    select
        device, queue, publication, position, head, slot as table_slot, address as table_address,
        is_bus as table_is_bus, size as table_size, least(size // 16, 1024) as entries
    from chain_descriptor
    where link = 'indirect' and address is not null and size is not null
),
bounded as (
    select
        device, queue, publication, position, head, table_slot, table_address, table_is_bus, table_size, entries,
        sum(entries) over (order by publication, position) as entries_so_far
    from referred
),
unrolled as (
    select
        b.device, b.queue, b.publication, b.position, b.head, b.table_slot, b.table_address, b.table_is_bus, b.table_size,
        unnest(range(b.entries)) as entry
    from bounded as b
    cross join stored_count as c
    where b.entries_so_far <= c.entries * 4 + 65536
),
placed as (
    select
        device, queue, publication, position, head, table_slot, table_address, table_is_bus, table_size, entry,
        try_cast(range_end(table_address, entry * 16) as ubigint) as place
    from unrolled
),
content as (
    select device, place, sequence, source, thread, address, is_bus, size, flags, next_slot
    from descriptor_content
    where part = 'indirect_descriptor' and place is not null
),
filled as (
    select
        p.device, p.queue, p.publication, p.position, p.head, p.table_slot, p.table_address, p.table_is_bus, p.table_size, p.entry,
        c.sequence as stored, c.source, c.thread, c.address, c.is_bus, c.size, c.flags, c.next_slot,
        lag(if(has_bits(c.flags, 1), c.next_slot, null)) over (
            partition by p.device, p.queue, p.publication, p.position, p.table_slot order by p.entry) as next_of_previous
    from placed as p
    asof left join content as c on c.device = p.device and c.place = p.place and p.publication > c.sequence
),
jumped as (
    -- Only tables whose entries do not simply follow one another need to look for who refers to an entry.
    select distinct device, queue, publication, position, table_slot, next_slot as entry
    from filled
    where has_bits(flags, 1) and next_slot::integer <> entry::integer + 1
)
select
    f.device, f.queue, f.publication, f.position, f.head, f.table_slot, f.table_address, f.table_is_bus, f.table_size, f.entry,
    f.stored, f.source, f.thread, f.address, f.is_bus, f.size, f.flags, f.next_slot,
    f.entry = 0 or coalesce(f.next_of_previous = f.entry, false) or j.entry is not null as is_reached
from filled as f
left join jumped as j
    on j.device = f.device and j.queue = f.queue and j.publication = f.publication and j.position = f.position
    and j.table_slot = f.table_slot and j.entry = f.entry
