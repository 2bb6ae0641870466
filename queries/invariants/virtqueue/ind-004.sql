-- id: IND-004
-- title: INDIRECT and NEXT do not stand together in one descriptor
-- level: MUST
-- side: driver
-- spec: drivernormative: Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor Table / Indirect
--     Descriptors (Driver Requirements: Indirect Descriptors)
-- row: IND-004
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.store
-- judges: indirect descriptors
-- uses: driver_chain, has_bits
-- message: descriptor {slot} of the chain with head {head} has both INDIRECT and NEXT
--
-- ## Why
-- A table ends its chain: where the walk would go on after it is not defined, and devices differ (some follow next, some
-- do not, some stop the queue). Direct descriptors in front of a final indirect one are legal.
--
-- ## Likely causes
-- A table put in the place of the first element of an existing chain, whose flags are kept; NEXT left from the slot's
-- earlier use when only INDIRECT is or-ed in.
--
-- ## What to look at
-- The store of flags of the slot named here.
--
-- ## Example: holds
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=16 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: violated
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=16 flags=0x5 next_slot=1
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: holds: direct descriptors in front of a final indirect one
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x30000 size=16 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: vacuous: no indirect descriptor is published
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x30000 size=16 flags=0x5 next_slot=3
--
-- ## Example: inconclusive: flags that nobody saw stored
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=12 target=bus:0x30000 size=16
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: holds: NEXT was cleared in a store of its own
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=16 flags=0x5 next_slot=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x1000c length=2 flags=0x4
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
select
    publication as sequence,
    since,
    device,
    queue,
    has_bits(indirect_flags, 1) as violated,
    head,
    indirect_slot as slot
from driver_chain
-- What could not be followed may lead to a table.
where indirect_slot is not null or not is_whole
