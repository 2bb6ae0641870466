-- id: SPLIT-032
-- title: The device accesses a chain only from its publication to its return
-- level: lint
-- side: device
-- spec: Basic Facilities of a Virtio Device / Virtqueues / Supplying Buffers to The Device / Updating idx (text)
-- row: SPLIT-032
-- profiles: all
-- precision: exact
-- basis: inferred
-- needs: device.dma_read, device.dma_write
-- judges: device accesses
-- uses: device_payload_access, device_stray_access, device_fetch, queue_scope
-- message: the device {action} {what} {problem}
--
-- ## Why
-- Before the available index covers a chain its descriptors may be half written; after the used index covers it the driver
-- reuses memory and slots. An early access acts on garbage, a late one on somebody else's data.
-- Judged by the device's own record. Reading the ring indices, or an entry of the available ring, early is no access to a
-- chain. A buffer that another chain of the device still covers may be accessed.
--
-- ## Likely causes
-- Descriptors prefetched for speed from the slots behind the current one; the used index moved in front of the last write
-- (status byte, checksum); a worker thread or hardware queue that still runs when the main path completes the request; a
-- cancelled request whose DMA was not.
--
-- ## What to look at
-- The used index write that covers the chain, and the thread of the access behind it.
--
-- ## Example: holds
--     given: split-request
--     device dev0/q0 dma_read part=payload address=bus:0x20000 length=16
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: violated: a byte of the buffer is written after the chain went back
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=511
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--     device dev0/q0 dma_write part=payload address=bus:0x211ff length=1
--
-- ## Example: violated: the header is read after the chain went back
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--     device dev0/q0 dma_read part=payload address=bus:0x20000 length=16
--
-- ## Example: violated: a descriptor is fetched ahead of the available index
--     given: split-request
--     device dev0/q0 dma_read part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x22000 size=64 flags=0x2 next_slot=0
--
-- ## Example: violated: likewise, and what the descriptor holds is not in the record
--     given: split-request
--     device dev0/q0 dma_read part=descriptor slot=2 address=bus:0x10020 length=16
--
-- ## Example: holds: reading the indices early is not consuming
--     given: split-request
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_entry slot=1 address=bus:0x10106 length=2 value=0
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: holds: the same memory in a later chain
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--     driver dev0/q0 load part=used_index address=bus:0x10202 length=2 value=1
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     device dev0/q0 dma_read part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--     device dev0/q0 dma_write part=used_entry slot=1 address=bus:0x1020c length=8 value=2 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=2
--
-- ## Example: holds: two chains share a buffer, one of them is back
--     given: split-request
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     device dev0/q0 dma_read part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--
-- ## Example: holds: a used entry is no hand-over before its index
--     given: split-request
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: inconclusive: a chain from before the recording
--     recorder dev0 snapshot register_name=driver_feature value=0x10000000 feature_word=0 note=register_write
--     recorder dev0 snapshot register_name=driver_feature value=1 feature_word=1 note=register_write
--     recorder dev0 snapshot register_name=device_status value=15 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_size value=4 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_desc value=0x10000 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_driver value=0x10100 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_device value=0x10200 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_enable value=1 note=register_write
--     recorder dev0/q0 snapshot part=available_index address=bus:0x10102 length=2 value=100 note=store
--     recorder dev0/q0 snapshot part=used_index address=bus:0x10202 length=2 value=99 note=dma_write
--     device dev0/q0 dma_read part=available_entry slot=3 address=bus:0x1010a length=2 value=2
--     device dev0/q0 dma_read part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x20000 size=16 flags=0x2 next_slot=0
--     device dev0/q0 dma_write part=payload address=bus:0x20000 length=16
--
-- ## Example: inconclusive: the head that leads here was read, and is not in the record
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x2 next_slot=0
--
-- ## Example: inconclusive: the available index comes with the doorbell
--     driver dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x41
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=4
--     driver dev0/q0 register_write register_name=queue_desc value=0x10000
--     driver dev0/q0 register_write register_name=queue_driver value=0x10100
--     driver dev0/q0 register_write register_name=queue_device value=0x10200
--     driver dev0/q0 register_write register_name=queue_enable value=1
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--     driver dev0/q0 doorbell value=0x10000 width=4
--     device dev0/q0 dma_read part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x2 next_slot=0
--
-- ## Example: holds: the fields of the descriptors are read apart
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x10000 length=8 target=bus:0x20000
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x10008 length=4 size=16
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x1000c length=2 flags=0x1
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x1000e length=2 next_slot=1
--     device dev0/q0 dma_read part=descriptor slot=1 address=bus:0x10010 length=8 target=bus:0x21000
--     device dev0/q0 dma_read part=descriptor slot=1 address=bus:0x10018 length=4 size=512
--     device dev0/q0 dma_read part=descriptor slot=1 address=bus:0x1001c length=2 flags=0x2
--     device dev0/q0 dma_read part=descriptor slot=1 address=bus:0x1001e length=2 next_slot=0
--
-- ## Example: vacuous: the table is read in one piece, free descriptors and all
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x20000 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=2
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_entry slot=0 address=bus:0x10104 length=2 value=2
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x10000 length=64
--     device dev0/q0 dma_write part=payload address=bus:0x20000 length=16
--
-- ## Example: inconclusive: behind such a read, memory that was given back may belong to a chain that it showed
--     given: split-request
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=0
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--     driver dev0/q0 load part=used_index address=bus:0x10202 length=2 value=1
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x10000 length=64
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--
-- ## Example: holds: a device that does not read a chain to its end, and then one that begins there
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x1 next_slot=2
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x22000 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     device dev0/q0 dma_read part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x1 next_slot=2
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=0
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--     driver dev0/q0 load part=used_index address=bus:0x10202 length=2 value=1
--     driver dev0/q0 load part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=0
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x22000 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     device dev0/q0 dma_read part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x22000 size=16 flags=0x2 next_slot=0
--     device dev0/q0 dma_write part=payload address=bus:0x22000 length=16
--
-- ## Example: violated: a batch in order gives back all its buffers, and one of them is written then
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
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=1 size=16
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=2
--     device dev0/q0 dma_write part=payload address=bus:0x20000 length=16
--
-- ## Example: holds: a batch in order
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
-- ## Example: inconclusive: the recording began in the middle: nothing shows when a buffer goes back
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x2 next_slot=0
--     device dev0/q0 dma_write part=payload address=bus:0x20000 length=16
--
-- ## Example: violated: the descriptor is read again after the chain went back
--     given: split-request
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=0
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--
-- ## Example: holds: two chains by turns
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x22000 size=16 flags=0x1 next_slot=3
--     driver dev0/q0 store part=descriptor slot=3 address=bus:0x10030 length=16 target=bus:0x23000 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     device dev0/q0 dma_read part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     device dev0/q0 dma_read part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x22000 size=16 flags=0x1 next_slot=3
--     device dev0/q0 dma_read part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     device dev0/q0 dma_read part=descriptor slot=3 address=bus:0x10030 length=16 target=bus:0x23000 size=16 flags=0x2 next_slot=0
--     device dev0/q0 dma_write part=payload address=bus:0x23000 length=16
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
with payload as (
    select
        p.sequence, p.device, p.queue, p.is_write, p.address, p.buffer_since,
        if(s.readable.since > s.writable.since or s.writable is null, s.readable, s.writable) as last_range,
        case when p.buffer_since is not null then if(p.is_known, false, null)
             when s.is_inside or s.owns_readable or s.owns_writable then false
             when s.is_shadowed then null
             else true
        end as violated
    from device_payload_access as p
    left join device_stray_access as s on s.sequence = p.sequence
    where p.buffer_since is not null or s.readable is not null or s.writable is not null
)
select
    sequence,
    coalesce(last_range.since, buffer_since) as since,
    device,
    queue,
    violated,
    if(is_write, 'wrote', 'read') as action,
    'a buffer of the chain with head ' || last_range.head as what,
    'that it had given back at ' || last_range.until as problem
from payload
where buffer_since is not null or not violated or last_range.ended_by = 'returned'
union all
select
    f.sequence,
    coalesce(f.chain_since, q.since, f.sequence),
    f.device,
    f.queue,
    case when f.is_led is false and q.since is null then null
         when f.until <= f.sequence then true
         else not f.is_led
    end,
    'fetched',
    if(f.part = 'descriptor', 'descriptor ', 'entry ') || f.slot,
    if(f.is_led, 'of a chain that it had given back at ' || f.until, 'to which no chain that it had found leads')
from device_fetch as f
asof left join queue_scope as q
    on q.side = 'device' and q.device = f.device and q.queue = f.queue and f.sequence >= q.since
where not (f.until <= f.sequence and f.ended_by = 'disabled') is true
