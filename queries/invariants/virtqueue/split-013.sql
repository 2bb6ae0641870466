-- id: SPLIT-013
-- title: The available index is never decremented
-- level: MUST
-- side: driver
-- spec: drivernormative: Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Available Ring (Driver
--     Requirements: The Virtqueue Available Ring)
-- row: SPLIT-013
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.store
-- judges: index stores
-- uses: ring_progress
-- message: the available index goes back from {old_index} to {new_index}
--
-- ## Why
-- What is published cannot be taken back: the device may have read the old index already and be at work on the chain. The
-- index runs freely modulo 2^16, so a step of more than 2^15, the greatest queue size, is a step back.
-- Judged while the queue is enabled and its device not reset: drivers rewind their shadow after a reset, and may.
--
-- ## Likely causes
-- An error path that takes back a half-built request after it was published; a cancel operation; two threads that store
-- the index without a lock, the slower one an older value.
--
-- ## What to look at
-- The two index stores and their threads; what the device did between them.
--
-- ## Example: holds
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: violated: a request taken back
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=0
--
-- ## Example: holds: the index wraps from 65535 to 0
--     given: split-queue
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=32768
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=0
--
-- ## Example: inconclusive: a recording that began in the middle: nothing shows what the first index follows
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=100
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=101
--
-- ## Example: holds: the index is stored a second time with the same value
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: vacuous: rewound after the driver has reset the device
--     given: split-queue
--     driver dev0 register_write register_name=device_status value=0 ordering=release/mmio
--     device dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=65535
--
-- ## Example: vacuous: rewound after this queue alone was reset
--     driver dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x101
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=4
--     driver dev0/q0 register_write register_name=queue_desc value=0x10000
--     driver dev0/q0 register_write register_name=queue_driver value=0x10100
--     driver dev0/q0 register_write register_name=queue_device value=0x10200
--     driver dev0/q0 register_write register_name=queue_enable value=1
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0/q0 register_write register_name=queue_reset value=1
--     driver dev0/q0 register_read register_name=queue_reset value=0
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=65535
--
-- ## Example: holds: two queues count for themselves
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--     driver dev0/q1 register_write register_name=queue_size value=4
--     driver dev0/q1 register_write register_name=queue_enable value=1
--     driver dev0/q1 store part=available_index address=bus:0x11102 length=2 value=3
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=2
--     driver dev0/q1 store part=available_index address=bus:0x11102 length=2 value=4
--
-- ## Example: holds: the recording began with the queue in use, near the wrap
--     recorder dev0 snapshot register_name=driver_feature value=0x10000000 feature_word=0 note=register_write
--     recorder dev0 snapshot register_name=driver_feature value=1 feature_word=1 note=register_write
--     recorder dev0 snapshot register_name=device_status value=15 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_size value=4 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_desc value=0x10000 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_driver value=0x10100 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_device value=0x10200 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_enable value=1 note=register_write
--     recorder dev0/q0 snapshot part=available_index address=bus:0x10102 length=2 value=65535 note=store
--     recorder dev0/q0 snapshot part=used_index address=bus:0x10202 length=2 value=65530 note=dma_write
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: violated: a jump by 65535
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=65535
with published as (
    select sequence, queue_since, queue_until, device, queue, old_index, new_index, advance,
        lag(sequence) over (partition by device, queue, queue_since order by sequence) as previous
    from ring_progress
    where step = 'publish'
)
select
    sequence,
    coalesce(previous, queue_since, sequence) as since,
    device,
    queue,
    case when queue_since is not null or advance <= 32768 then advance > 32768 end as violated,
    old_index,
    new_index
from published
-- A queue whose enabling is known and over is not live: drivers rewind their index then.
where queue_since is not null or queue_until is null
