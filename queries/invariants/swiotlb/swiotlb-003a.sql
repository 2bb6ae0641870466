-- id: SWIOTLB-003a
-- title: Queue areas lie wholly in the bounce buffer
-- level: MUST
-- side: driver
-- spec: RFC v1, Reserved Feature Bits (driver); virtio 1.3 §2.7 for the extents
-- row: SWIOTLB-003a
-- profiles: swiotlb-rfc1, swiotlb-draft0, restricted-dma, virtio-1.4
-- precision: exact
-- basis: inferred
-- needs: driver.register_write|device.register_write, platform.region_mapped
-- judges: queue areas
-- uses: queue_config, driver_confinement, ranges_contain
-- message: the {area} area of queue {queue} ({address}, {length} bytes) does not lie wholly in the bounce buffer
--    ({confinement})
--
-- ## Why
-- The areas are addresses that the driver passes to the device. A device that can reach only its buffer never sees
-- such a queue, and with a hypervisor that enforces it, guest memory would have to be opened for it. The extent
-- counts with its event words.
--
-- ## Likely causes
-- Ring memory comes from the ordinary coherent allocator; SWIOTLB was negotiated without ACCESS_PLATFORM, so that
-- the driver passes physical addresses; the area is the last allocation of the region and its event word crosses
-- the end.
--
-- ## What to look at
-- The three addresses written before queue_enable, and the region events before it.
--
-- ## Example: holds: all three inside
--     given: swiotlb-negotiated
--
-- ## Example: violated: the driver area lies in system memory
--     given: swiotlb-negotiated
--     driver dev0/q1 register_write register_name=queue_size register_offset=0x18 width=2 value=8
--     driver dev0/q1 register_write register_name=queue_desc register_offset=0x20 width=8 value=0x50000400
--     driver dev0/q1 register_write register_name=queue_driver register_offset=0x28 width=8 value=0x1000000
--     driver dev0/q1 register_write register_name=queue_device register_offset=0x30 width=8 value=0x50000600
--     driver dev0/q1 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--
-- ## Example: violated: the used ring reaches one byte beyond the end, by its avail_event word
--     given: swiotlb-negotiated
--     driver dev0/q1 register_write register_name=queue_size register_offset=0x18 width=2 value=8
--     driver dev0/q1 register_write register_name=queue_desc register_offset=0x20 width=8 value=0x50000400
--     driver dev0/q1 register_write register_name=queue_driver register_offset=0x28 width=8 value=0x50000500
--     driver dev0/q1 register_write register_name=queue_device register_offset=0x30 width=8 value=0x5000ffbb
--     driver dev0/q1 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--
-- ## Example: holds: halves written high before low, and rewritten
--     given: swiotlb-negotiated
--     driver dev0/q1 register_write register_name=queue_size register_offset=0x18 width=2 value=8
--     driver dev0/q1 register_write register_name=queue_desc_high register_offset=0x24 width=4 value=0
--     driver dev0/q1 register_write register_name=queue_desc_low register_offset=0x20 width=4 value=0x1000000
--     driver dev0/q1 register_write register_name=queue_desc_low register_offset=0x20 width=4 value=0x50000400
--     driver dev0/q1 register_write register_name=queue_driver register_offset=0x28 width=8 value=0x50000500
--     driver dev0/q1 register_write register_name=queue_device register_offset=0x30 width=8 value=0x50000600
--     driver dev0/q1 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--
-- ## Example: violated: an area that wraps around the end of the address space
--     given: swiotlb-negotiated
--     driver dev0/q1 register_write register_name=queue_size register_offset=0x18 width=2 value=8
--     driver dev0/q1 register_write register_name=queue_desc register_offset=0x20 width=8 value=0xffffffffffffffe0
--     driver dev0/q1 register_write register_name=queue_driver register_offset=0x28 width=8 value=0x50000500
--     driver dev0/q1 register_write register_name=queue_device register_offset=0x30 width=8 value=0x50000600
--     driver dev0/q1 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--
-- ## Example: violated: a declared window, nothing negotiated
--     given: system-only
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=9 region_origin=declared
--     driver dev0/q1 register_write register_name=queue_size register_offset=0x18 width=2 value=8
--     driver dev0/q1 register_write register_name=queue_desc register_offset=0x20 width=8 value=0x1000400
--     driver dev0/q1 register_write register_name=queue_driver register_offset=0x28 width=8 value=0x50000500
--     driver dev0/q1 register_write register_name=queue_device register_offset=0x30 width=8 value=0x50000600
--     driver dev0/q1 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--
-- ## Example: vacuous: hint mode
--     given: hint-mode
--
-- ## Example: vacuous: legacy
--     given: legacy
--
-- ## Example: inconclusive: the buffer was never seen
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 status_presented value=0
--     device dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x18000000
--     driver dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x18000000
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=1 value=0x1
--     driver dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=0 value=0x18000000
--     device dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=0 value=0x18000000
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=1 value=0x1
--     device dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     device dev0 status_presented value=11
--     driver dev0/q0 register_write register_name=queue_size register_offset=0x18 width=2 value=8
--     driver dev0/q0 register_write register_name=queue_desc register_offset=0x20 width=8 value=0x50000400
--     driver dev0/q0 register_write register_name=queue_driver register_offset=0x28 width=8 value=0x50000500
--     driver dev0/q0 register_write register_name=queue_device register_offset=0x30 width=8 value=0x50000600
--     driver dev0/q0 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
with queue_area as (
    select
        q.device, q.queue, coalesce(greatest(q.since, q.features_ok), q.since) as sequence, q.until,
        coalesce(q.first_write, q.since) as since, a.area, a.address, a.length
    from queue_config as q
    -- One row for each area, with its whole extent.
    cross join lateral (
        values ('descriptor', q.desc_address, q.desc_length),
               ('driver', q.driver_address, q.driver_length),
               ('device', q.device_address, q.device_length)
    ) as a(area, address, length)
    where q.side = 'driver'
),
judged as (
    select
        a.sequence, a.since, a.device, a.queue, a.area, a.address, a.length, c.confinement,
        ranges_contain(c.allowed, a.address, a.length) as is_inside
    from queue_area as a
    asof join driver_confinement as c on c.device = a.device and a.sequence >= c.since
    where c.confinement is not null and (a.until is null or a.sequence < a.until)
)
select
    sequence, since, device, queue,
    if(confinement = 'unknown' and is_inside is false, null, not is_inside) as violated,
    area, format('0x{:x}', address) as address, length, confinement
from judged
