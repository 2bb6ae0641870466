-- id: ORDER-T1
-- title: A queue's addresses and size are written before it is enabled
-- level: MUST
-- side: driver
-- spec: virtio 1.3 §4.1.4.3.2 (queue_enable)
-- row: ORDER-T1
-- also: PCI-017
-- profiles: all
-- precision: exact
-- basis: inferred
-- needs: driver.register_write|device.register_write
-- judges: queues enabled
-- uses: queue_config, driver_negotiation, driver_register
-- message: queue {queue} is enabled before {missing}
--
-- ## Why
-- The device reads the configuration of a queue when it is enabled. What is written later is ignored, or moves a
-- ring that is in use.
--
-- ## Likely causes
-- The order of a loop over registers; a 64-bit address of which only one half is written; a write behind
-- queue_enable that a write buffer was to reorder.
--
-- ## What to look at
-- The register writes of that queue in the epoch.
--
-- ## Example: holds
--     given: swiotlb-negotiated
--
-- ## Example: violated: addresses afterwards
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=3
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x0 feature_word=0
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x1 feature_word=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0/q1 register_write register_name=queue_size register_offset=0x18 width=2 value=8
--     driver dev0/q1 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--     driver dev0/q1 register_write register_name=queue_desc register_offset=0x20 width=8 value=0x50000400
--     driver dev0/q1 register_write register_name=queue_driver register_offset=0x28 width=8 value=0x50000500
--     driver dev0/q1 register_write register_name=queue_device register_offset=0x30 width=8 value=0x50000600
--
-- ## Example: violated: the upper half of one address afterwards
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
--     driver dev0/q1 register_write register_name=queue_device_low register_offset=0x30 width=4 value=0x50000600
--     driver dev0/q1 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--     driver dev0/q1 register_write register_name=queue_device_high register_offset=0x34 width=4 value=0
--
-- ## Example: violated: an address that is never written
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
--     driver dev0/q1 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--
-- ## Example: holds: halves in either order
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
--     driver dev0/q1 register_write register_name=queue_device_high register_offset=0x34 width=4 value=0
--     driver dev0/q1 register_write register_name=queue_device_low register_offset=0x30 width=4 value=0x50000600
--     driver dev0/q1 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--
-- ## Example: holds: addresses of the next epoch
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
--     driver dev0/q1 register_write register_name=queue_desc register_offset=0x20 width=8 value=0x50000400
--
-- ## Example: vacuous: the legacy interface
--     given: legacy
--
-- ## Example: inconclusive: recording began in the middle
--     driver dev0 thread_started note="driver"
--     driver dev0/q1 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--
-- ## Example: holds: what a recording that begins in the middle found has no order
--     driver dev0 thread_started note="driver"
--     driver dev0/q1 snapshot note="register_write" register_name=queue_enable value=1
--     driver dev0/q1 snapshot note="register_write" register_name=queue_size value=8
--     driver dev0/q1 snapshot note="register_write" register_name=queue_desc value=0x50000400
--     driver dev0/q1 snapshot note="register_write" register_name=queue_driver value=0x50000500
--     driver dev0/q1 snapshot note="register_write" register_name=queue_device value=0x50000600
--
-- ## Example: violated: found enabled, and written to afterwards
--     driver dev0 thread_started note="driver"
--     driver dev0/q1 snapshot note="register_write" register_name=queue_enable value=1
--     driver dev0/q1 snapshot note="register_write" register_name=queue_size value=8
--     driver dev0/q1 snapshot note="register_write" register_name=queue_desc value=0x50000400
--     driver dev0/q1 snapshot note="register_write" register_name=queue_driver value=0x50000500
--     driver dev0/q1 snapshot note="register_write" register_name=queue_device value=0x50000600
--     driver dev0/q1 register_write register_name=queue_desc register_offset=0x20 width=8 value=0x50000800
--
-- ## Example: holds: configured anew behind a queue reset
--     given: swiotlb-negotiated
--     driver dev0/q0 register_write register_name=queue_reset register_offset=0x3a width=2 value=1
--     driver dev0/q0 register_read register_name=queue_reset register_offset=0x3a width=2 value=0
--     driver dev0/q0 register_write register_name=queue_size register_offset=0x18 width=2 value=4
--     driver dev0/q0 register_write register_name=queue_desc_low register_offset=0x20 width=4 value=0x50000800
--     driver dev0/q0 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--
-- ## Example: holds: addresses in another space are addresses
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0/q1 register_write register_name=queue_size register_offset=0x18 width=2 value=8
--     driver dev0/q1 register_write register_name=queue_desc register_offset=0x20 width=8 value=0x7f0000000400 target_space=front_end
--     driver dev0/q1 register_write register_name=queue_driver register_offset=0x28 width=8 value=0x7f0000000500 target_space=front_end
--     driver dev0/q1 register_write register_name=queue_device register_offset=0x30 width=8 value=0x7f0000000600 target_space=front_end
--     driver dev0/q1 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
with enabled as (
    select q.device, q.queue, q.since, q.until, q.epoch_since, q.missing_area, n.state_known
    from queue_config as q
    join driver_negotiation as n on n.device = q.device and n.epoch = q.epoch
    where q.side = 'driver' and n.legacy is not true
),
later as (
    -- Writes to a queue's registers while it is enabled.
    select e.device, e.queue, e.since, min(r.register_name) as register_name
    from driver_register as r
    asof join enabled as e on e.device = r.device and e.queue = r.queue and r.sequence > e.since
    where r.access = 'write' and (e.until is null or r.sequence < e.until)
      and (r.register_name = 'queue_size' or r.register_name like 'queue_desc%'
           or r.register_name like 'queue_driver%' or r.register_name like 'queue_device%')
    group by e.device, e.queue, e.since
)
select
    e.since as sequence, e.epoch_since as since, e.device, e.queue,
    case when l.register_name is not null then true
         when e.missing_area is not null then if(e.state_known, true, null)
         else false
    end as violated,
    coalesce(l.register_name, 'its ' || e.missing_area || ' area') || ' is written' as missing
from enabled as e
left join later as l on l.device = e.device and l.queue = e.queue and l.since = e.since
