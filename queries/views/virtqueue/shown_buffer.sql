-- view: shown_buffer
-- materialize: no
-- uses: device_fetch, has_bits
-- device: number in the run; only devices of whose driver nobody records the stores
-- queue: number of the queue
-- sequence: the device's read of the descriptor
-- head: head of the chain, null if no chain is known that leads to it
-- slot: entry of its table
-- is_indirect: an entry of an indirect table, not of the queue's descriptor table
-- is_table: it refers to an indirect table
-- address: addr as read, null if unknown or no bus address
-- size: len as read, null if unknown
--
-- ## Why
-- What the driver of somebody else's system published shows where the device reads it: a descriptor to which the device was
-- led is one that it was given.
select
    device, queue, sequence, head, slot, part = 'indirect_descriptor' as is_indirect,
    part = 'descriptor' and has_bits(flags, 4) as is_table,
    if(coalesce(target_space, 'bus') = 'bus', target, null) as address, size
from device_fetch
where is_led is not false
  and not exists (select 1 from source_sees as s where s.actor = 'driver' and s.event = 'store')
