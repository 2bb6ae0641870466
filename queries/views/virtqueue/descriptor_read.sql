-- view: descriptor_read
-- materialize: no
-- uses: byte_distance, descriptor_place, has_bits
-- sequence: the device's read of the descriptor; of its last field, where it reads them apart
-- thread: execution context
-- device: number in the run
-- queue: number of the queue
-- part: descriptor, or indirect_descriptor
-- slot: entry of the descriptor table, or of the indirect table; null for a read of more than one entry
-- table_address: where the indirect table begins; null for the descriptor table, and where it is not known
-- target_space: the space of target
-- target: addr as read, null if unknown
-- size: len as read, null if unknown
-- flags: as read, null if unknown
-- next_slot: next as read, null if unknown
-- is_complete: what it read is in the record
--
-- ## Why
-- A device may read the fields of a descriptor apart: reads of one entry that follow one another in a thread are one read, up
-- to the first field that comes again. Or it reads several entries at once: what they hold is not in the record then.
with read as (
    select
        sequence, thread, device, queue, part, slot, length, coalesce(target_space, 'bus') as target_space, target, size, flags,
        next_slot,
        if(part = 'indirect_descriptor',
            byte_distance(descriptor_place(address, length, target, size, flags, next_slot), slot::uinteger * 16), null)
            as table_address,
        slot is null or coalesce(length, 16) > 16 or part in ('descriptor_area', 'indirect_table') as is_wide,
        target is null or size is null or flags is null or (next_slot is null and has_bits(flags, 1)) as is_partial
    from event
    where event = 'dma_read' and part in ('descriptor', 'indirect_descriptor', 'descriptor_area', 'indirect_table')
      and device is not null and queue is not null
),
compared as (
    select *,
        (part, slot, table_address) is distinct from (lag(part) over before, lag(slot) over before, lag(table_address) over before)
            as is_other
    from read
    where is_partial and not is_wide
    window before as (partition by device, queue, thread order by sequence)
),
turned as (
    select *,
        count(if(is_other, 1, null)) over (
            partition by device, queue, thread order by sequence rows unbounded preceding) as turn
    from compared
),
repeated as (
    select *, greatest(count(target) over entry, count(size) over entry, count(flags) over entry, count(next_slot) over entry)
        as reading
    from turned
    window entry as (partition by device, queue, thread, turn order by sequence rows unbounded preceding)
)
select sequence, thread, device, queue, part, slot, table_address, target_space, target, size, flags, next_slot,
    true as is_complete
from read
where not is_partial and not is_wide
union all
select
    max(sequence), thread, device, queue, any_value(part), any_value(slot), any_value(table_address),
    any_value(target_space) filter (target is not null), any_value(target), any_value(size), any_value(flags),
    any_value(next_slot),
    count(target) > 0 and count(size) > 0 and count(flags) > 0
        and (count(next_slot) > 0 or not has_bits(any_value(flags), 1))
from repeated
group by device, queue, thread, turn, reading
union all
select sequence, thread, device, queue, part, null, null, target_space, null, null, null, null, false
from read
where is_wide
