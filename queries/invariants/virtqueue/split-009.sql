-- id: SPLIT-009
-- title: The device does not write the descriptor table
-- level: MUST
-- side: device
-- spec: devicenormative: Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor Table (Device
--     Requirements: The Virtqueue Descriptor Table)
-- row: SPLIT-009
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: device.dma_write
-- judges: device writes
-- uses: queue_scope, device_stray_access
-- message: the device wrote {length} bytes at {address}, in the descriptor table of queue {table_queue}
--     ({table_address})
--
-- ## Why
-- The descriptor table is the driver's alone. A driver that reads a descriptor back to find out what to unmap or free will
-- unmap or free what the device wrote there: with a hostile device a way out of confinement (MigTD PR 989).
-- Judged by address, whatever the device calls the write. A write into a writable buffer that the driver itself laid over
-- the table is the driver's fault, not the device's.
--
-- ## Likely causes
-- A ring and a buffer that overlap since memory was reused; a device of the packed format's habits, which does write
-- descriptors; a wrong base after the queue was set up anew.
--
-- ## What to look at
-- Which buffer the device meant: its last descriptor fetches before this write.
--
-- ## Example: holds
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: violated: the device clears the flags of a descriptor that it has used
--     given: split-request
--     device dev0/q0 dma_write part=descriptor slot=0 address=bus:0x1000c length=2 value=0 flags=0x0
--
-- ## Example: violated: a payload write that runs into the table
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0xfff8 length=16
--
-- ## Example: holds: the bytes in front of the table and behind it
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0xfff8 length=8
--     device dev0/q0 dma_write part=payload address=bus:0x10040 length=16
--
-- ## Example: inconclusive: a write of unknown length in front of the table
--     given: split-request
--     device dev0/q0 dma_write part=unknown address=bus:0xfff8
--
-- ## Example: holds: a write into an indirect table is not one into the descriptor table
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x30000 length=16
--
-- ## Example: holds: the table was there before the reset; the driver has its memory back
--     given: split-request
--     driver dev0 register_write register_name=device_status value=0
--     device dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     device dev0/q0 dma_write part=unknown address=bus:0x10000 length=4
--
-- ## Example: holds: the driver laid a writable buffer over the table
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0xf000 size=8192 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0xf000 size=8192 flags=0x2 next_slot=0
--     device dev0/q0 dma_write part=payload address=bus:0x10000 length=64
--
-- ## Example: inconclusive: an address that the IOMMU has yet to translate
--     given: split-request
--     device dev0/q0 dma_write part=payload address=iova:0x10000 length=16
--
-- ## Example: violated: the table of another queue of the device
--     given: split-request
--     device dev0/q1 dma_write part=payload address=bus:0x10030 length=16
select
    w.sequence,
    coalesce(s.descriptor_table.since, w.sequence) as since,
    w.device,
    w.queue,
    case when s.is_inside then false
         when s.owns_descriptor_table and (w.length is not null or s.descriptor_table.address <= w.address) then true
         when w.length is null or q.desc_address is null or q.is_packed is null or w.address_space <> 'bus' then null
         else false
    end as violated,
    w.address,
    w.length,
    s.descriptor_table.queue as table_queue,
    s.descriptor_table.address as table_address
from event as w
asof left join queue_scope as q
    on q.side = 'device' and q.device = w.device and q.queue = w.queue and w.sequence >= q.since
left join device_stray_access as s on s.sequence = w.sequence
where w.event = 'dma_write' and w.address is not null and q.is_packed is distinct from true
