-- view: driver_buffer
-- materialize: yes
-- uses: chain_descriptor, indirect_entry, has_bits
-- device: number in the run
-- queue: number of the queue
-- publication: the store of the available idx that published it
-- position: its chain's place in the available ring, modulo 2^16
-- head: head of its chain
-- slot: entry of the descriptor table, or of the indirect table
-- is_indirect: whether it stands in an indirect table
-- stored: the store of its descriptor, null if none was seen
-- source: observer of that store
-- thread: execution context of that store
-- address: first byte, null if unknown
-- is_bus: whether that is a bus address, which is what regions are compared with
-- size: bytes, null if unknown
-- is_writable: whether the device may write it; null if unknown
--
-- ## Why
-- What the driver passed to the device: every buffer of every published chain, direct or through a table, each once for each
-- publication. Tables themselves are no buffers.
select
    device, queue, publication, position, head, slot, false as is_indirect, stored, source, thread, address, is_bus,
    size, has_bits(flags, 2) as is_writable
from chain_descriptor
where link <> 'indirect'
union all
select
    device, queue, publication, position, head, entry, true, stored, source, thread, address, is_bus, size,
    has_bits(flags, 2)
from indirect_entry
where is_reached and not coalesce(has_bits(flags, 4), false)
