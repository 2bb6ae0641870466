-- id: SPLIT-019
-- title: The used length is set before the used index is updated
-- level: MUST
-- side: device
-- spec: devicenormative: Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Used Ring (Device
--     Requirements: The Virtqueue Used Ring)
-- row: SPLIT-019
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: device.dma_write
-- judges: used entries
-- uses: device_used_entry, device_late_entry, ring_progress
-- message: the used index goes from {old_index} to {new_index}, but {problem}
--
-- ## Why
-- The index store hands the entry over: the driver may read id and len at once. A length that comes later is read as what
-- stood in the slot before, one lap of the ring ago.
-- With VIRTIO_F_IN_ORDER a batch has one used entry, in the slot of its first buffer; the slots it skips are not judged.
--
-- ## Likely causes
-- The index updated by the part that pops requests, the length by the part that completes them; several workers that
-- complete into neighbouring slots and one index store for all; a length corrected after the fact.
--
-- ## What to look at
-- The writes of this slot before and behind the index write.
--
-- ## Example: holds
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: violated: the length comes after the index
--     given: split-request
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=4 value=0
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10208 length=4 size=512
--
-- ## Example: violated: the whole entry comes after the index
--     given: split-request
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--
-- ## Example: violated: the length is corrected after the index
--     given: split-request
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=0
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--
-- ## Example: holds: id and length are written apart, both before the index
--     given: split-request
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=4 value=0
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10208 length=4 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: holds: two entries, one index store
--     given: split-request
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x22000 size=64 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     device dev0/q0 dma_read part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x22000 size=64 flags=0x2 next_slot=0
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_entry slot=1 address=bus:0x1020c length=8 value=2 size=64
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=2
--
-- ## Example: holds: a batch in order: one entry for both buffers
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
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=1 size=16
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=2
--
-- ## Example: vacuous: no buffer came back
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--
-- ## Example: inconclusive: the recording began between the entry and its index
--     recorder dev0 snapshot register_name=driver_feature value=0x10000000 feature_word=0 note=register_write
--     recorder dev0 snapshot register_name=driver_feature value=1 feature_word=1 note=register_write
--     recorder dev0 snapshot register_name=device_status value=15 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_size value=4 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_desc value=0x10000 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_driver value=0x10100 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_device value=0x10200 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_enable value=1 note=register_write
--     recorder dev0/q0 snapshot part=available_index address=bus:0x10102 length=2 value=100 note=store
--     recorder dev0/q0 snapshot part=used_index address=bus:0x10202 length=2 value=98 note=dma_write
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=99
--
-- ## Example: holds: behind such a beginning, the next lap is in the record
--     recorder dev0 snapshot register_name=driver_feature value=0x10000000 feature_word=0 note=register_write
--     recorder dev0 snapshot register_name=driver_feature value=1 feature_word=1 note=register_write
--     recorder dev0 snapshot register_name=device_status value=15 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_size value=4 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_desc value=0x10000 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_driver value=0x10100 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_device value=0x10200 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_enable value=1 note=register_write
--     recorder dev0/q0 snapshot part=available_index address=bus:0x10102 length=2 value=100 note=store
--     recorder dev0/q0 snapshot part=used_index address=bus:0x10202 length=2 value=98 note=dma_write
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=102
--     device dev0/q0 dma_write part=used_entry slot=2 address=bus:0x10214 length=8 value=0 size=1
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=99
--     device dev0/q0 dma_write part=used_entry slot=3 address=bus:0x1021c length=8 value=1 size=1
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=100
--
-- ## Example: holds: the entry is written, its content is not in the record
--     given: split-request
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: inconclusive: two entries in one write
--     given: split-request
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x22000 size=64 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=16
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=2
--
-- ## Example: holds: the same length once more changes nothing
--     given: split-request
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--
-- ## Example: violated: an index that hands over more than was written
--     given: split-request
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=3
--
-- ## Example: inconclusive: an index that jumps further than the queue is long
--     given: split-request
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=65535
select
    sequence,
    since,
    device,
    queue,
    case when length_written is not null then false
         when is_clear and (is_first or not in_order) then true
    end as violated,
    old_index,
    new_index,
    'no length was written into entry ' || slot || ' before' as problem
from device_used_entry
where is_first or in_order is distinct from true
union all
select
    sequence,
    sequence,
    device,
    queue,
    true,
    old_index,
    new_index,
    'the length of entry ' || slot || ' was written again behind it, at ' || written
from device_late_entry
union all
-- Which entries an index that jumps hands over is not known.
select sequence, queue_since, device, queue, null, old_index, new_index, null
from ring_progress
where step = 'return' and advance <> 0 and is_plausible is not true and queue_since is not null
