-- id: ORDER-T3
-- title: Queues are enabled before DRIVER_OK
-- level: MUST
-- side: driver
-- spec: virtio 1.3 §3.1.1, steps 7 and 8
-- row: ORDER-T3
-- profiles: all
-- precision: exact
-- basis: inferred
-- needs: driver.register_write|device.register_write
-- judges: queues enabled
-- uses: queue_config, driver_negotiation
-- message: queue {queue} is enabled after DRIVER_OK (#{driver_ok}) of epoch {epoch}
--
-- ## Why
-- DRIVER_OK says that setup is over: a device may fix its set of queues then, and many do.
--
-- ## Likely causes
-- Queues are enabled one by one when they are opened; the status is set in a generic layer that does not know of
-- late queues.
--
-- ## What to look at
-- The status writes of the epoch. Enabling a queue again after a queue reset is legal and not meant. Which came first is not
-- known of what snapshots tell, nor whether it was the first time of what a recording sees that begins in the middle.
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
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=15
--     driver dev0/q1 register_write register_name=queue_size register_offset=0x18 width=2 value=8
--     driver dev0/q1 register_write register_name=queue_desc register_offset=0x20 width=8 value=0x50000400
--     driver dev0/q1 register_write register_name=queue_driver register_offset=0x28 width=8 value=0x50000500
--     driver dev0/q1 register_write register_name=queue_device register_offset=0x30 width=8 value=0x50000600
--     driver dev0/q1 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--
-- ## Example: inconclusive: snapshots tell status and queue
--     recorder dev0 snapshot register_name=driver_feature value=1 feature_word=1 note=register_write
--     recorder dev0 snapshot register_name=device_status value=15 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_desc value=0x10000 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_enable value=1 note=register_write
--
-- ## Example: inconclusive: snapshots tell the status, and the queue may have been enabled before and reset
--     recorder dev0 snapshot register_name=driver_feature value=1 feature_word=1 note=register_write
--     recorder dev0 snapshot register_name=device_status value=15 note=register_write
--     driver dev0/q0 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--
-- ## Example: holds: again after a queue reset
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
--     driver dev0/q1 register_write register_name=queue_reset register_offset=0x3a width=2 value=1
--     driver dev0/q1 register_read register_name=queue_reset register_offset=0x3a width=2 value=0
--     driver dev0/q1 register_write register_name=queue_size register_offset=0x18 width=2 value=8
--     driver dev0/q1 register_write register_name=queue_desc register_offset=0x20 width=8 value=0x50000400
--     driver dev0/q1 register_write register_name=queue_driver register_offset=0x28 width=8 value=0x50000500
--     driver dev0/q1 register_write register_name=queue_device register_offset=0x30 width=8 value=0x50000600
--     driver dev0/q1 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--
-- ## Example: holds: in the next epoch
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
-- ## Example: vacuous: setup that never ends
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
--
-- ## Example: vacuous: the legacy interface
--     given: legacy
with first_enabling as (
    select device, queue, epoch, epoch_since, min(since) as sequence
    from queue_config
    where side = 'driver'
    group by device, queue, epoch, epoch_since
)
select
    f.sequence, least(f.epoch_since, n.driver_ok) as since, f.device, f.queue,
    case when f.sequence in (select e.sequence from event as e where e.event = 'snapshot') then null
         when f.sequence <= n.driver_ok then false
         when n.begun_by <> 'recording' then true
    end as violated,
    n.driver_ok, f.epoch
from first_enabling as f
join driver_negotiation as n on n.device = f.device and n.epoch = f.epoch
where n.driver_ok is not null and n.legacy is not true
