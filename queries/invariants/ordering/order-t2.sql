-- id: ORDER-T2
-- title: A ring is zeroed before its queue is enabled
-- level: MUST
-- side: driver
-- spec: virtio 1.3 §4.1.5.1.3 (virtqueue configuration)
-- row: ORDER-T2
-- profiles: all
-- precision: exact
-- basis: inferred
-- needs: driver.store, driver.register_write|device.register_write
-- judges: queues with zeroed rings
-- uses: queue_config
-- message: the {area} of queue {queue} is zeroed at #{zeroed}, after the queue was enabled
--
-- ## Why
-- From queue_enable on the device may read the rings. It must not find indices of an earlier life in them, and a
-- store of zeros then overwrites what it has written itself.
--
-- ## Likely causes
-- The rings are allocated by one step and cleared by another that comes later.
--
-- ## What to look at
-- The zeroing stores (part descriptor_area, driver_area, device_area) and the queue_enable write.
--
-- ## Example: holds
--     given: swiotlb-negotiated
--
-- ## Example: violated: afterwards
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=3
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x0 feature_word=0
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x1 feature_word=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0/q1 register_write register_name=queue_size register_offset=0x18 width=2 value=8
--     driver dev0/q1 register_write register_name=queue_desc register_offset=0x20 width=8 value=0x50000400
--     driver dev0/q1 register_write register_name=queue_driver register_offset=0x28 width=8 value=0x50000500
--     driver dev0/q1 register_write register_name=queue_device register_offset=0x30 width=8 value=0x50000600
--     driver dev0/q1 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--     driver dev0/q1 store part=descriptor_area address=bus:0x50000400 length=128 value=0
--     driver dev0/q1 store part=driver_area address=bus:0x50000500 length=22 value=0
--     driver dev0/q1 store part=device_area address=bus:0x50000600 length=70 value=0
--
-- ## Example: violated: one area afterwards
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=3
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x0 feature_word=0
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x1 feature_word=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0/q1 register_write register_name=queue_size register_offset=0x18 width=2 value=8
--     driver dev0/q1 register_write register_name=queue_desc register_offset=0x20 width=8 value=0x50000400
--     driver dev0/q1 register_write register_name=queue_driver register_offset=0x28 width=8 value=0x50000500
--     driver dev0/q1 register_write register_name=queue_device register_offset=0x30 width=8 value=0x50000600
--     driver dev0/q1 store part=descriptor_area address=bus:0x50000400 length=128 value=0
--     driver dev0/q1 store part=driver_area address=bus:0x50000500 length=22 value=0
--     driver dev0/q1 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--     driver dev0/q1 store part=device_area address=bus:0x50000600 length=70 value=0
--
-- ## Example: holds: for the next epoch, after a reset
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=3
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x0 feature_word=0
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x1 feature_word=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0/q1 register_write register_name=queue_size register_offset=0x18 width=2 value=8
--     driver dev0/q1 register_write register_name=queue_desc register_offset=0x20 width=8 value=0x50000400
--     driver dev0/q1 register_write register_name=queue_driver register_offset=0x28 width=8 value=0x50000500
--     driver dev0/q1 register_write register_name=queue_device register_offset=0x30 width=8 value=0x50000600
--     driver dev0/q1 store part=descriptor_area address=bus:0x50000400 length=128 value=0
--     driver dev0/q1 store part=driver_area address=bus:0x50000500 length=22 value=0
--     driver dev0/q1 store part=device_area address=bus:0x50000600 length=70 value=0
--     driver dev0/q1 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=15
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0/q1 store part=descriptor_area address=bus:0x50000400 length=128 value=0
--     driver dev0/q1 store part=driver_area address=bus:0x50000500 length=22 value=0
--     driver dev0/q1 store part=device_area address=bus:0x50000600 length=70 value=0
--
-- ## Example: vacuous: nobody was seen zeroing
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=3
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x0 feature_word=0
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x1 feature_word=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0/q1 register_write register_name=queue_size register_offset=0x18 width=2 value=8
--     driver dev0/q1 register_write register_name=queue_desc register_offset=0x20 width=8 value=0x50000400
--     driver dev0/q1 register_write register_name=queue_driver register_offset=0x28 width=8 value=0x50000500
--     driver dev0/q1 register_write register_name=queue_device register_offset=0x30 width=8 value=0x50000600
--     driver dev0/q1 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=15
--
-- ## Example: holds: between two enablings, behind a queue reset
--     given: swiotlb-negotiated
--     driver dev0/q0 register_write register_name=queue_reset register_offset=0x3a width=2 value=1
--     driver dev0/q0 register_read register_name=queue_reset register_offset=0x3a width=2 value=0
--     driver dev0/q0 store part=descriptor_area address=bus:0x50000000 length=128 value=0
--     driver dev0/q0 store part=driver_area address=bus:0x50000080 length=22 value=0
--     driver dev0/q0 store part=device_area address=bus:0x50000100 length=70 value=0
--     driver dev0/q0 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
with enabled as (
    select device, queue, since, until, epoch_since
    from queue_config
    where side = 'driver'
),
zeroed as (
    select sequence, device, queue, part
    from event
    where event = 'store' and part in ('descriptor_area', 'driver_area', 'device_area') and value = 0
),
placed as (
    select e.device, e.queue, e.since, z.sequence, z.part, true as is_late
    from zeroed as z
    asof join enabled as e on e.device = z.device and e.queue = z.queue and z.sequence > e.since
    where e.until is null or z.sequence < e.until
    union all
    select e.device, e.queue, e.since, z.sequence, z.part, false
    from zeroed as z
    asof join enabled as e on e.device = z.device and e.queue = z.queue and z.sequence < e.since
    where z.sequence > e.epoch_since
)
select
    since as sequence, min(least(since, sequence)) as since, device, queue,
    bool_or(is_late) as violated,
    min(sequence) filter (is_late) as zeroed,
    arg_min(part, sequence) filter (is_late) as area
from placed
group by device, queue, placed.since
