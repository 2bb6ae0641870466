-- id: SPLIT-007
-- title: The device does not write a device-readable buffer
-- level: MUST
-- side: device
-- spec: devicenormative: Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor Table (Device
--     Requirements: The Virtqueue Descriptor Table)
-- row: SPLIT-007
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: device.dma_read, device.dma_write
-- judges: device writes
-- uses: device_payload_access, device_stray_access
-- message: the device wrote {length} bytes at {address}, in the device-readable buffer of descriptor {slot} (head
--     {head})
--
-- ## Why
-- A readable buffer is the driver's data on its way out: page cache, a packet that another device sends as well, memory
-- mapped read-only by an IOMMU. A write there corrupts what the driver believes to be unchanged.
-- Judged by address, against the chains that the device itself has fetched and not yet handed back. Two chains may share
-- bytes (one page sent twice, or sent while it is being received into): a write that lies in a writable buffer which the
-- device owns is legal, whatever else covers it.
--
-- ## Likely causes
-- The device takes the first descriptor for the whole request and answers into it; it ignores the WRITE flag; it computes
-- the status byte's place from the start of the chain instead of from its writable part; a length taken from the request's
-- header instead of from the descriptors.
--
-- ## What to look at
-- The descriptors that the device fetched for this head, and the bytes from the write's first to its last.
--
-- ## Example: holds
--     given: split-request
--     device dev0/q0 dma_read part=payload address=bus:0x20000 length=16
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: violated: the answer goes into the header
--     given: split-request
--     device dev0/q0 dma_read part=payload address=bus:0x20000 length=16
--     device dev0/q0 dma_write part=payload address=bus:0x20000 length=16
--
-- ## Example: violated: a write in the middle of a readable buffer
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x20008 length=1
--
-- ## Example: violated: a write that begins before the readable buffer and runs into it
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x1fff8 length=16
--
-- ## Example: holds: written in two pieces
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=256
--     device dev0/q0 dma_write part=payload address=bus:0x21100 length=256
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: holds: a page that one chain sends and another receives into
--     given: split-request
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x21000 size=512 flags=0x0 next_slot=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     device dev0/q0 dma_read part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x21000 size=512 flags=0x0 next_slot=0
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: vacuous: the bytes belong to nobody any more
--     given: split-request
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--     device dev0/q0 dma_write part=payload address=bus:0x20000 length=16
--
-- ## Example: vacuous: nothing but ring writes
--     given: split-request
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: violated: the device calls the write a used entry
--     given: split-request
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x20000 length=8 value=0 size=512
--
-- ## Example: holds: the device read the fields of the descriptors apart
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x1000c length=4 flags=0x1 next_slot=1
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x10000 length=12 target=bus:0x20000 size=16
--     device dev0/q0 dma_read part=descriptor slot=1 address=bus:0x1001c length=4 flags=0x2 next_slot=0
--     device dev0/q0 dma_read part=descriptor slot=1 address=bus:0x10010 length=12 target=bus:0x21000 size=512
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: violated: likewise, and the answer goes into the header
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x10000 length=12 target=bus:0x20000 size=16
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x1000c length=4 flags=0x1 next_slot=1
--     device dev0/q0 dma_read part=descriptor slot=1 address=bus:0x10010 length=12 target=bus:0x21000 size=512
--     device dev0/q0 dma_read part=descriptor slot=1 address=bus:0x1001c length=4 flags=0x2 next_slot=0
--     device dev0/q0 dma_write part=payload address=bus:0x20000 length=16
--
-- ## Example: holds: one write fills three buffers that lie side by side
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x3 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x20010 size=16 flags=0x3 next_slot=2
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x20020 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x3 next_slot=1
--     device dev0/q0 dma_read part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x20010 size=16 flags=0x3 next_slot=2
--     device dev0/q0 dma_read part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x20020 size=16 flags=0x2 next_slot=0
--     device dev0/q0 dma_write part=payload address=bus:0x20000 length=48
--
-- ## Example: violated: one write fills the answer and runs over what lies behind it
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20010 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x20000 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20010 size=16 flags=0x1 next_slot=1
--     device dev0/q0 dma_read part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x20000 size=16 flags=0x2 next_slot=0
--     device dev0/q0 dma_write part=payload address=bus:0x20000 length=64
--
-- ## Example: inconclusive: the device read several descriptors at once, and what they hold is not in the record
--     given: split-request
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x20000 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     device dev0/q0 dma_read part=descriptor slot=2 address=bus:0x10020 length=32
--     device dev0/q0 dma_write part=payload address=bus:0x20000 length=16
--
-- ## Example: holds: a chain that ends in an indirect table
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x30000 size=32 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x20100 size=8 flags=0x1 next_slot=1
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x30010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     device dev0/q0 dma_read part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x30000 size=32 flags=0x4 next_slot=0
--     device dev0/q0 dma_read part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x20100 size=8 flags=0x1 next_slot=1
--     device dev0/q0 dma_read part=indirect_descriptor slot=1 address=bus:0x30010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     device dev0/q0 dma_read part=payload address=bus:0x20000 length=16
--     device dev0/q0 dma_read part=payload address=bus:0x20100 length=8
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
with written as (
    select sequence, device, queue, address, length, buffer_since
    from device_payload_access
    where is_write
    union all
    -- A write outside the used ring may be called whatever the device likes.
    select e.sequence, e.device, e.queue, e.address, e.length, null
    from device_stray_access as s
    join event as e on e.sequence = s.sequence
    where e.event = 'dma_write' and e.part not in ('payload', 'unknown') and s.owns_readable
)
select
    w.sequence,
    coalesce(s.readable.since, w.buffer_since) as since,
    w.device,
    w.queue,
    case when w.buffer_since is not null or s.is_inside or not coalesce(s.owns_readable, false) then false
         when (w.length is null and s.readable.address > w.address) or s.is_shadowed then null
         else true
    end as violated,
    w.address,
    w.length,
    s.readable.slot as slot,
    s.readable.head as head
from written as w
left join device_stray_access as s on s.sequence = w.sequence
where w.buffer_since is not null or s.owns_readable or s.owns_writable
