-- view: driver_chain
-- materialize: yes
-- uses: indirect_entry, chain_descriptor, queue_scope, ring_progress, has_bits, ring_advance
-- device: number in the run
-- queue: number of the queue
-- publication: the store of the available idx that published the chain
-- position: its place in the available ring, modulo 2^16
-- head: head of the chain, null if its ring entry was never seen stored, and for what an index that jumps has published
-- since: the earliest store that it consists of
-- queue_size: entries of the queue, null if unknown
-- is_whole: every element is known, to the end; else the figures below are lower bounds
-- buffers: elements that describe a buffer; a descriptor that refers to a table does not
-- bytes: their lengths, summed as far as they are known
-- lacks_size: one of them is not
-- loop_slot: the element that leads back to an earlier one, null if none does
-- writable_slot: the first device-writable element, null if there is none
-- readable_slot: the last device-readable element, null if there is none
-- is_mixed_up: that readable element stands behind that writable one
-- indirect_slot: the descriptor that refers to an indirect table, null if none does
-- indirect_flags: its flags
-- table_address: first byte of the table
-- table_size: the table's length in bytes
-- nested_entry: the entry of the table that is INDIRECT itself, null if none is
-- outside_entry: the entry of the table whose NEXT leads out of it, null if none does
-- outside_next: where that one leads
--
-- ## How
-- An element's rank is its hop, or, behind all hops, its entry in the table. A table is followed as long as its entries follow
-- one another; a link back is a loop; a jump ahead is legal and rare, and what stands behind it is not known here. Nor is what
-- stands behind a link that leads out of its table or a table inside a table: devices differ on it.
with element as (
    select device, queue, publication, position, head, hop as rank, slot, stored, size, flags, next_slot, link,
        if(link = 'indirect', address, null) as table_address, if(link = 'indirect', size, null) as table_size
    from chain_descriptor
    union all
    select device, queue, publication, position, head, 65536 | entry, entry, stored, size, flags, next_slot,
        case when flags is null or (next_slot is null and has_bits(flags, 1)) then 'unknown'
             when has_bits(flags, 4) then 'nested'
             when not has_bits(flags, 1) then 'last'
             when next_slot >= table_size // 16 then 'outside'
             when next_slot <= entry then 'loop'
             when next_slot = ring_advance(entry, 1) then 'next'
             else 'jump'
        end,
        null, null
    from indirect_entry
    where is_followed
),
chain as (
    select
        device, queue, publication, position,
        any_value(head) as head,
        coalesce(min(stored), publication) as since,
        arg_max(link, rank) as end_link,
        count(*) filter (link not in ('indirect', 'nested', 'unknown')) as buffers,
        coalesce(sum(size) filter (link not in ('indirect', 'nested')), 0) as bytes,
        bool_or(size is null and link not in ('indirect', 'nested')) as lacks_size,
        any_value(slot) filter (link = 'loop') as loop_slot,
        min(rank) filter (has_bits(flags, 2) and link not in ('indirect', 'nested')) as writable_rank,
        max(rank) filter (not has_bits(flags, 2) and link not in ('indirect', 'nested')) as readable_rank,
        arg_min(slot, rank) filter (has_bits(flags, 2) and link not in ('indirect', 'nested')) as writable_slot,
        arg_max(slot, rank) filter (not has_bits(flags, 2) and link not in ('indirect', 'nested')) as readable_slot,
        any_value(slot) filter (link = 'indirect') as indirect_slot,
        any_value(flags) filter (link = 'indirect') as indirect_flags,
        any_value(table_address) as table_address,
        any_value(table_size) as table_size,
        any_value(slot) filter (link = 'nested') as nested_entry,
        any_value(slot) filter (link = 'outside') as outside_entry,
        any_value(next_slot) filter (link = 'outside') as outside_next
    from element
    group by device, queue, publication, position
)
select
    c.device, c.queue, c.publication, c.position, c.head, c.since, q.size as queue_size,
    c.end_link in ('last', 'loop') or coalesce(c.end_link = 'indirect' and c.table_size < 16, false) as is_whole,
    c.buffers, c.bytes, c.lacks_size,
    c.loop_slot, c.writable_slot, c.readable_slot,
    coalesce(c.readable_rank > c.writable_rank, false) as is_mixed_up,
    c.indirect_slot, c.indirect_flags, c.table_address, c.table_size, c.nested_entry, c.outside_entry, c.outside_next
from chain as c
asof left join queue_scope as q
    on q.side = 'driver' and q.device = c.device and q.queue = c.queue and c.publication >= q.since
union all
select
    device, queue, sequence, null, null, sequence, size, false, 0, 0, true, null, null, null, false, null, null, null, null, null,
    null, null
from ring_progress
where step = 'publish' and advance <> 0 and is_plausible is not true and queue_since is not null
