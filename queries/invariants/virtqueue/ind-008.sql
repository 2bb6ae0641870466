-- id: IND-008
-- title: An indirect table is a whole number of entries, and its links stay inside
-- level: lint
-- side: driver
-- spec: Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor Table / Indirect Descriptors
--     (text)
-- row: IND-008
-- profiles: all
-- precision: exact
-- basis: inferred
-- needs: driver.store
-- judges: indirect tables
-- uses: driver_chain
-- message: the indirect table at {table_address} of the chain with head {head}: {problem}
--
-- ## Why
-- The table has len / 16 entries. An empty or broken length leaves open how many; a link beyond it makes the device read
-- descriptors from memory that nobody wrote as such, with addresses that nobody checked. QEMU and vhost refuse both.
--
-- ## Likely causes
-- len given in entries, or as the size of the allocation plus a header; the last entry keeps its NEXT flag from a longer
-- request.
--
-- ## What to look at
-- The descriptor that refers to the table, and the entry named here.
--
-- ## Example: holds
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=32 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x30010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: violated: a length in entries instead of bytes
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=2 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x30010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: violated: an empty table
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=0 flags=0x4 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: violated: the last entry leads out of the table
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=32 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x30010 length=16 target=bus:0x21000 size=512 flags=0x3 next_slot=2
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: holds: next of an entry without NEXT may be anything
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=16 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=77
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: holds: entries that the chain does not reach may be anything
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=32 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x30010 length=16 target=bus:0x21000 size=512 flags=0x1 next_slot=9
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: vacuous: no indirect table
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: holds: the last entry of a table in use before is cut short by a store of its flags
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=48 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x30010 length=16 target=bus:0x21000 size=512 flags=0x3 next_slot=2
--     driver dev0/q0 store part=indirect_descriptor slot=2 address=bus:0x30020 length=16 target=bus:0x22000 size=1 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--     driver dev0/q0 load part=used_index address=bus:0x10202 length=2 value=1
--     driver dev0/q0 load part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=513
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=32 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x3001c length=2 flags=0x2
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=2
--
-- ## Example: holds: the fields of the entries are stored apart
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=32 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=8 target=bus:0x20000
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30008 length=4 size=16
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x3000c length=4 flags=0x1 next_slot=1
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x3001c length=4 flags=0x2 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x30010 length=12 target=bus:0x21000 size=512
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: violated: a length that is no multiple of 16
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=40 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x30010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: inconclusive: a table of 65536 entries, of which one was seen stored
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=1048576 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: inconclusive: a table that reaches past 2^64
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0xfffffffffffffff0 size=32 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0xfffffffffffffff0 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
select
    publication as sequence,
    since,
    device,
    queue,
    case when table_size = 0 or table_size % 16 <> 0 or outside_entry is not null then true
         when is_whole then false
    end as violated,
    head,
    table_address,
    case when outside_entry is not null and table_size % 16 = 0
         then 'entry ' || outside_entry || ' leads to entry ' || outside_next || ' of ' || table_size // 16
         else 'its length is ' || table_size || ' bytes, and an entry has 16'
    end as problem
from driver_chain
-- What could not be followed may lead to a table.
where indirect_slot is not null or not is_whole
