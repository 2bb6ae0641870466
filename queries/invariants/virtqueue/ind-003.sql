-- id: IND-003
-- title: A chain is not longer than the queue size
-- level: MUST
-- side: driver
-- spec: drivernormative: Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor Table / Indirect
--     Descriptors (Driver Requirements: Indirect Descriptors)
-- row: IND-003
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.store
-- uses: driver_chain
-- message: the chain with head {head} has at least {buffers} buffers; the queue size is {queue_size}
--
-- ## Why
-- Devices size their scatter lists by the queue size; a longer chain is refused or, worse, overruns them. Ring descriptors
-- and table entries count together; the descriptor that refers to a table describes no buffer and is not counted, because
-- implementations differ on it.
--
-- ## Likely causes
-- The block layer's limit of segments set from the device's seg_max without the header and the status; an indirect table
-- sized by the request alone. Linux warns and goes on here: real traces show it.
--
-- ## What to look at
-- The request's number of segments, and the limit that the driver announced to the layers above it.
--
-- ## Example: holds: as many buffers as the queue has entries
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=2
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=3
--     driver dev0/q0 store part=descriptor slot=3 address=bus:0x10030 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=4
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: violated: five entries in a table, and a queue of four
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=80 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x30010 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=2
--     driver dev0/q0 store part=indirect_descriptor slot=2 address=bus:0x30020 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=3
--     driver dev0/q0 store part=indirect_descriptor slot=3 address=bus:0x30030 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=4
--     driver dev0/q0 store part=indirect_descriptor slot=4 address=bus:0x30040 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=5
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: violated: direct descriptors and a table add up
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=2
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x30000 size=48 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x30010 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=2
--     driver dev0/q0 store part=indirect_descriptor slot=2 address=bus:0x30020 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=3
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: holds: the descriptor that refers to the table is not counted
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=64 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x30010 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=2
--     driver dev0/q0 store part=indirect_descriptor slot=2 address=bus:0x30020 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=3
--     driver dev0/q0 store part=indirect_descriptor slot=3 address=bus:0x30030 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=4
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: inconclusive: a chain whose second descriptor nobody saw stored
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: vacuous
--     given: split-queue
select
    publication as sequence,
    since,
    device,
    queue,
    case when buffers > queue_size then true when is_whole then buffers > queue_size end as violated,
    head,
    buffers,
    queue_size
from driver_chain
