-- view: descriptor_read
-- materialize: no
-- uses: byte_distance, descriptor_place, has_bits, range_end
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
-- A device may read the fields of a descriptor apart, and some of them more than once: libvhost-user of QEMU 7.2 looks at
-- flags three times before it serves a chain, and three times after. Reads of one entry that follow one another in a thread
-- are one read, as long as a field that comes again holds what it held and no other head is taken in between. A field that no
-- access covers was not read; bytes that were read and whose value is not in the record leave open what they said.
-- Or a device reads several entries at once: what they hold is not in the record then.
with read as (
    select
        sequence, thread, device, queue, part, slot, length, coalesce(target_space, 'bus') as target_space, target, size, flags,
        next_slot,
        if(part = 'indirect_descriptor',
            byte_distance(descriptor_place(address, length, target, size, flags, next_slot), slot::uinteger * 16), null)
            as table_address,
        -- The first byte of the entry that was read, and the first behind it.
        (descriptor_place(0, length, target, size, flags, next_slot) * -1) as first_byte,
        range_end(first_byte::ubigint, coalesce(length, 16)) as end_byte,
        slot is null or coalesce(length, 16) > 16 or part in ('descriptor_area', 'indirect_table') as is_wide,
        target is null or size is null or flags is null or (next_slot is null and has_bits(flags, 1)) as is_partial
    from event
    where event = 'dma_read' and part in ('descriptor', 'indirect_descriptor', 'descriptor_area', 'indirect_table')
      and device is not null and queue is not null
),
field_read as (
    select sequence, thread, device, queue, part, slot, table_address, if(target is null, null, target_space) as target_space,
        target, size, flags, next_slot,
        (target is not null or first_byte >= 8) and (size is not null or first_byte >= 12 or end_byte <= 8)
            and (flags is not null or first_byte >= 14 or end_byte <= 12)
            and (next_slot is not null or end_byte <= 14 or not has_bits(flags, 1)) is not false as is_shown
    from read
    where is_partial and not is_wide
    union all
    select sequence, thread, device, queue, part, slot, null, null, null, null, null, null, null
    from event
    where event = 'dma_read' and part = 'available_entry' and device is not null and queue is not null
),
compared as (
    select *,
        (part, slot, table_address) is distinct from (lag(part) over before, lag(slot) over before, lag(table_address) over before)
            as is_other
    from field_read
    window before as (partition by device, queue, thread order by sequence)
),
turned as (
    select *,
        count(if(is_other, 1, null)) over (
            partition by device, queue, thread order by sequence rows unbounded preceding) as turn
    from compared
),
carried as (
    select sequence, thread, device, queue, part, slot, table_address, turn, is_shown, target, size, flags, next_slot,
        last_value(target_space ignore nulls) over entry as known_space,
        last_value(target ignore nulls) over entry as known_target,
        last_value(size ignore nulls) over entry as known_size,
        last_value(flags ignore nulls) over entry as known_flags,
        last_value(next_slot ignore nulls) over entry as known_next
    from turned
    where part <> 'available_entry'
    window entry as (partition by device, queue, thread, turn order by sequence rows unbounded preceding)
),
changed as (
    select *,
        coalesce(target <> lag(known_target) over before, false) or coalesce(size <> lag(known_size) over before, false)
            or coalesce(flags <> lag(known_flags) over before, false)
            or coalesce(next_slot <> lag(known_next) over before, false) as is_changed
    from carried
    window before as (partition by device, queue, thread, turn order by sequence)
),
repeated as (
    select *,
        count(if(is_changed, 1, null)) over (
            partition by device, queue, thread, turn order by sequence rows unbounded preceding) as reading
    from changed
)
select sequence, thread, device, queue, part, slot, table_address, target_space, target, size, flags, next_slot,
    true as is_complete
from read
where not is_partial and not is_wide
union all
select
    max(sequence), thread, device, queue, any_value(part), any_value(slot), any_value(table_address),
    coalesce(arg_max(known_space, sequence), 'bus'), arg_max(known_target, sequence), arg_max(known_size, sequence),
    arg_max(known_flags, sequence), arg_max(known_next, sequence), bool_and(is_shown)
from repeated
group by device, queue, thread, turn, reading
union all
select sequence, thread, device, queue, part, null, null, target_space, null, null, null, null, false
from read
where is_wide
