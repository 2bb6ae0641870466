-- id: SPLIT-020
-- title: At least len bytes are written, from the first writable buffer, before the used index
-- level: MUST
-- side: device
-- spec: devicenormative: Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Used Ring (Device
--     Requirements: The Virtqueue Used Ring)
-- row: SPLIT-020
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: device.dma_read, device.dma_write
-- uses: device_used_chain
-- message: used entry {slot} (head {head}) says {used_length} bytes, but {problem}
--
-- ## Why
-- A driver hands the first len bytes on without looking: bytes that the device never wrote are the kernel's old memory,
-- leaked to whoever reads them. And a len beyond the writable bytes steers copies past the buffer's end: with bounce
-- buffers, out of the slot into a neighbour's (Linux daf9514fd5eb). Writing more than len is legal; so is writing the
-- bytes in any order and any pieces. In a batch in order, buffers without an entry of their own are not judged.
-- Where the device's record shows no payload write at all, nothing is concluded from missing ones.
--
-- ## Likely causes
-- The status byte behind a partly filled data buffer counted in; readable bytes counted in; an I/O error that leaves the
-- buffer untouched and the length as planned; a DMA that faulted and was dropped while the request completes as "ok".
--
-- ## What to look at
-- The device's writes between fetching this chain and the used index, against its writable descriptors in order.
--
-- ## Example: holds
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: violated: a length beyond the writable bytes
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=528
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: violated: half of it is written
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=256
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: violated: the first bytes are missing
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21010 length=496
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: violated: the rest is written after the index
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=256
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--     device dev0/q0 dma_write part=payload address=bus:0x21100 length=256
--
-- ## Example: holds: the length may be less than what was written
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=1
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: holds: in pieces, last piece first
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21100 length=256
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=256
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: holds: a piece is written twice
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=300
--     device dev0/q0 dma_write part=payload address=bus:0x21080 length=384
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: holds: nothing written, nothing claimed
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=0
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=0
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: holds: a batch in order: the first buffer has no entry of its own
--     given: split-queue-in-order
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=1
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     device dev0/q0 dma_read part=available_entry slot=1 address=bus:0x10106 length=2 value=1
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x2 next_slot=0
--     device dev0/q0 dma_read part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=16 flags=0x2 next_slot=0
--     device dev0/q0 dma_write part=payload address=bus:0x20000 length=16
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=16
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=1 size=16
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=2
--
-- ## Example: inconclusive: the record shows no payload write of this device
--     given: split-request
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: vacuous: no buffer came back
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
select
    sequence,
    since,
    device,
    queue,
    case when length > writable_bytes then true
         when length <= written_at_least then false
         when writable_bytes is null or written_bytes is null then null
         else length > written_bytes
    end as violated,
    slot,
    head,
    length as used_length,
    case when length > writable_bytes then 'the chain has ' || writable_bytes || ' writable bytes'
         else 'the device wrote ' || written_at_least || ' from the first writable byte on'
    end as problem
from device_used_chain
where length is not null
