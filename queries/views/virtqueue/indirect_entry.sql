-- view: indirect_entry
-- materialize: yes
-- uses: descriptor_content, chain_descriptor, has_bits, range_end, ring_advance
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
-- is_followed: all entries before it lead to the one behind them: the chain comes here by way of all of them
-- is_reached: the chain leads here, in this way or by jumps
--
-- ## Why
-- Entries are judged as they stand when the table is published. A length that no store ever filled is cut at 1024 entries,
-- and altogether at the entries that were ever stored, so that a forged one cannot make the analysis explode: of a table
-- beyond that there is entry 0, and what it holds counts as unknown.
--
-- ## How
-- Entries that simply follow one another need no walk. A table with a jump is walked as a list of its links, once.
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
        r.device, r.queue, r.publication, r.position, r.head, r.table_slot, r.table_address, r.table_is_bus, r.table_size, r.entries,
        sum(r.entries) over (order by r.publication, r.position) <= c.entries * 4 + 65536 as is_unrolled
    from referred as r
    cross join stored_count as c
),
unrolled as (
    select
        device, queue, publication, position, head, table_slot, table_address, table_is_bus, table_size, is_unrolled,
        unnest(range(if(is_unrolled, entries, least(entries, 1)))) as entry
    from bounded
),
placed as (
    select
        device, queue, publication, position, head, table_slot, table_address, table_is_bus, table_size, entry,
        if(is_unrolled, try_cast(range_end(table_address, entry * 16) as ubigint), null) as place
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
        c.sequence as stored, c.source, c.thread, c.address, c.is_bus, c.size, c.flags, c.next_slot
    from placed as p
    asof left join content as c on c.device = p.device and c.place = p.place and p.publication > c.sequence
),
followed as (
    select *,
        coalesce(bool_and(coalesce(has_bits(flags, 1) and next_slot = ring_advance(entry, 1), false)) over earlier, true)
            as is_followed
    from filled
    window earlier as (
        partition by device, queue, publication, position, table_slot order by entry
        rows between unbounded preceding and 1 preceding)
),
jumping as (
    select device, queue, publication, position, table_slot
    from followed
    where is_followed and has_bits(flags, 1) and next_slot <> ring_advance(entry, 1) and next_slot < table_size // 16
),
linked as (
    select f.device, f.queue, f.publication, f.position, f.table_slot, count(*) as entries,
        list(if(has_bits(f.flags, 1), f.next_slot::ubigint, null) order by f.entry) as links
    from followed as f
    semi join jumping as j
        on j.device = f.device and j.queue = f.queue and j.publication = f.publication and j.position = f.position
        and j.table_slot = f.table_slot
    group by all
),
walked as (
    -- The list grows by one entry a step, until there is no link or it leads back or out.
    select device, queue, publication, position, table_slot,
        list_reduce(
            list_prepend([0::ubigint], list_transform(range(entries), lambda n: []::ubigint[])),
            lambda way, step: if(
                list_contains(way, links[way[len(way)]::bigint + 1]) is not false or links[way[len(way)]::bigint + 1] >= entries,
                way, list_append(way, links[way[len(way)]::bigint + 1]))) as way
    from linked
),
visited as (
    select device, queue, publication, position, table_slot, unnest(way) as entry from walked
)
select
    f.device, f.queue, f.publication, f.position, f.head, f.table_slot, f.table_address, f.table_is_bus, f.table_size, f.entry,
    f.stored, f.source, f.thread, f.address, f.is_bus, f.size, f.flags, f.next_slot, f.is_followed,
    f.is_followed or v.entry is not null as is_reached
from followed as f
left join visited as v
    on v.device = f.device and v.queue = f.queue and v.publication = f.publication and v.position = f.position
    and v.table_slot = f.table_slot and v.entry = f.entry
