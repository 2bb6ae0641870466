-- id: SPLIT-010
-- title: A chain holds at most 2^32 bytes and has no loop
-- level: MUST
-- side: driver
-- spec: drivernormative: Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor Table (Driver
--     Requirements: The Virtqueue Descriptor Table)
-- row: SPLIT-010
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.store
-- uses: driver_chain
-- message: the chain with head {head} {problem}
--
-- ## Why
-- A device walks a chain until a descriptor without NEXT. A loop keeps it walking for ever, or until it gives up on the
-- whole device; a total beyond 2^32 bytes cannot even be reported in the 32-bit used length. Exactly 2^32 is allowed.
-- The sum counts the buffers, inside an indirect table too; the table itself is no buffer.
--
-- ## Likely causes
-- A free list linked through next that is published in one piece; next left from an earlier use; the same descriptor freed
-- twice, so that two chains share it; a length of -1 stored as 0xffffffff.
--
-- ## What to look at
-- The last stores of flags and next of the slot named here, and the free list at that moment.
--
-- ## Example: holds
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: violated: the second descriptor leads back to the first
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x1 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: violated: a descriptor that leads to itself
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=2
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=2
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: violated: a loop inside an indirect table
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=32 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x30010 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: violated: 2^32 bytes and one
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=4294967295 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=2 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: holds: exactly 2^32 bytes
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=4294967295 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=1 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: holds: next means nothing without the NEXT flag
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: inconclusive: a length that nobody saw stored
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 flags=0x0 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: vacuous: a loop among free descriptors
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=3
--     driver dev0/q0 store part=descriptor slot=3 address=bus:0x10030 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=2
select
    publication as sequence,
    since,
    device,
    queue,
    case when loop_slot is not null or bytes > 4294967296 then true
         when is_whole and not lacks_size then false
    end as violated,
    head,
    case when loop_slot is not null then 'leads back to itself at descriptor ' || loop_slot
         else 'holds ' || bytes || ' bytes; 4294967296 are allowed'
    end as problem
from driver_chain
