-- id: SWIOTLB-013
-- title: The bounce buffer is not used before FEATURES_OK
-- level: lint
-- side: driver
-- spec: virtio 1.3 §3.1.1: setup follows the negotiation; RFC v1 says from when the buffer counts
-- row: SWIOTLB-013
-- profiles: swiotlb-rfc1, swiotlb-draft0, restricted-dma
-- precision: exact
-- basis: inferred
-- needs: driver.bounce_copy|driver.store, driver.register_write|device.register_write, platform.region_mapped
-- judges: copies into the buffer
-- uses: driver_payload_access, driver_confinement, ranges_contain
-- message: the driver puts {length} bytes into the bounce buffer at {address} before FEATURES_OK of epoch {epoch}
--
-- ## Why
-- Before the negotiation is over nobody has said that the buffer is one: the device may still use it for itself,
-- and after a reset it may have been cleared or moved.
--
-- ## Likely causes
-- The pool is initialised at probe, or requests are re-issued right after a reset from the queue of the old epoch.
--
-- ## What to look at
-- The status writes around the copy.
--
-- ## Example: holds: after DRIVER_OK
--     given: swiotlb-negotiated
--     driver dev0/q0 bounce_copy address=bus:0x50001000 length=16 target=cpu:0x200000 direction=to_device mapping_id=1
--
-- ## Example: violated: before FEATURES_OK
--     platform dev0 device_appeared value=2 note="blk"
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=4 region_origin=capability slot=2
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 status_presented value=0
--     device dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=1
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=1
--     device dev0 status_presented value=1
--     driver dev0/q0 bounce_copy address=bus:0x50001000 length=16 target=cpu:0x200000 direction=to_device mapping_id=1
--
-- ## Example: violated: after the reset of an epoch that had it
--     given: swiotlb-negotiated
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0/q0 bounce_copy address=bus:0x50001000 length=16 target=cpu:0x200000 direction=to_device mapping_id=1
--
-- ## Example: vacuous: a copy elsewhere
--     given: swiotlb-negotiated
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0/q0 bounce_copy address=bus:0x200000 length=16 target=cpu:0x200000 direction=to_device mapping_id=1
--
-- ## Example: vacuous: copying out after a reset
--     given: swiotlb-negotiated
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0/q0 bounce_copy address=bus:0x50001000 length=16 target=cpu:0x200000 direction=from_device mapping_id=1
--
-- ## Example: inconclusive: recording began in the middle
--     driver dev0 thread_started note="driver"
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=4 region_origin=capability slot=2
--     driver dev0/q0 bounce_copy address=bus:0x50001000 length=16 target=cpu:0x200000 direction=to_device mapping_id=1
--
-- ## Example: violated: a copy of unknown length that begins there
--     given: swiotlb-negotiated
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0/q0 bounce_copy address=bus:0x50001000 target=cpu:0x200000 direction=to_device mapping_id=1
--
-- ## Example: vacuous: an address of another space
--     given: swiotlb-negotiated
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0/q0 store part=payload address=iova:0x50001000 length=16
--
-- ## Example: vacuous: the legacy interface
--     given: legacy
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=4 region_origin=device_tree
--     driver dev0/q0 store part=payload address=bus:0x50001000 length=16
--
-- ## Example: holds: hint mode, once the negotiation is over
--     given: hint-mode
--     driver dev0/q0 store part=payload address=bus:0x50001000 length=16
with placed as (
    select
        f.sequence, f.device, f.queue, f.address, f.length, c.features_ok, c.version_1, c.legacy, c.epoch, c.epoch_since
    from driver_payload_access as f
    asof join driver_confinement as c on c.device = f.device and f.sequence >= c.since
    -- One byte inside is enough, whatever the length.
    where f.is_store and c.declared_ranges is null and ranges_contain(c.bounce_ranges, f.place, 1)
)
select
    sequence, epoch_since as since, device, queue,
    case when features_ok is not null then false
         when version_1 is false then true
    end as violated,
    format('0x{:x}', address) as address, coalesce(length::varchar, 'some') as length, epoch
from placed
where legacy is not true
