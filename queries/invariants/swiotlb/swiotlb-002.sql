-- id: SWIOTLB-002
-- title: A driver accepts SWIOTLB where it is offered
-- level: SHOULD
-- side: driver
-- spec: draft of 28 March and RFC v1 of 2 April 2025, Reserved Feature Bits (driver)
-- row: SWIOTLB-002
-- profiles: swiotlb-rfc1, swiotlb-draft0, restricted-dma
-- precision: exact
-- basis: normative
-- needs: driver.register_write|device.register_write|recorder.snapshot, driver.register_read|device.register_read|recorder.snapshot
-- judges: negotiations
-- uses: driver_negotiation, capability, region, has_feature
-- message: SWIOTLB is offered in epoch {epoch}, and the driver finishes negotiation without it
--
-- ## Why
-- The device may not be able to reach anything but its buffer. It may refuse a driver that does not accept the
-- feature, or fail without a word when it meets the first address in system memory.
-- A driver that finds no buffer behind the offer cannot keep what accepting would promise: then SWIOTLB-001 speaks.
--
-- ## Likely causes
-- The driver masks transport features it does not know: Linux keeps bits 28 to 42 only.
--
-- ## What to look at
-- What was offered and accepted: `show --event register_write` around the finding, and whether the device kept
-- FEATURES_OK.
--
-- ## Example: holds: accepted
--     given: swiotlb-negotiated
--
-- ## Example: violated: offered and declined
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 status_presented value=0
--     device dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=1
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=1
--     device dev0 status_presented value=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=3
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=3
--     device dev0 status_presented value=3
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x18000000
--     driver dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x18000000
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=1 value=0x1
--     driver dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=0 value=0x10000000
--     device dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=1 value=0x1
--     device dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     device dev0 status_presented value=11
--
-- ## Example: vacuous: offered, but there is no buffer to use
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 capability value=1 slot=0 address=bar:0x0 length=0x40 register_offset=0x40
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 status_presented value=0
--     device dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=1
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=1
--     device dev0 status_presented value=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=3
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=3
--     device dev0 status_presented value=3
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x18000000
--     driver dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x18000000
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=1 value=0x1
--     driver dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=0 value=0x10000000
--     device dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=1 value=0x1
--     device dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     device dev0 status_presented value=11
--
-- ## Example: vacuous: not offered
--     given: system-only
--
-- ## Example: vacuous: bit 27 on the legacy interface
--     given: legacy
--
-- ## Example: vacuous: bit 27 is reserved
--     given: swiotlb-negotiated
--     profile: virtio-1.4
--
-- ## Example: holds: driver_feature is rewritten before FEATURES_OK
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 status_presented value=0
--     device dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=1
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=1
--     device dev0 status_presented value=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=3
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=3
--     device dev0 status_presented value=3
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x18000000
--     driver dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x18000000
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=1 value=0x1
--     driver dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=0 value=0x10000000
--     device dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=1 value=0x1
--     device dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=0 value=0x18000000
--     device dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=0 value=0x18000000
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=1 value=0x1
--     device dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     device dev0 status_presented value=11
--
-- ## Example: inconclusive: word 0 was never written
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 status_presented value=0
--     device dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=1
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=1
--     device dev0 status_presented value=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=3
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=3
--     device dev0 status_presented value=3
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x18000000
--     driver dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x18000000
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=1 value=0x1
--     driver dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x1 feature_word=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     device dev0 status_presented value=11
--
-- ## Example: violated: only a BAR was seen, and nobody looked at the capabilities
--     platform dev0 device_appeared value=2 note="blk"
--     platform dev0 region_mapped address=bus:0x4fff0000 length=0x4000 region_id=2 region_origin=bar slot=0
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x8000000
--     driver dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=0 value=0x0
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=11
--
-- ## Example: inconclusive: word 1 of the offer was never read, and bit 27 may be ANY_LAYOUT
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x8000000
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=0 value=0x0
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=1 value=0x0
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=11
with provided as (
    select device, capability_type = 10 as is_buffer from capability where side = 'driver'
    union all
    select r.device, true
    from region as r cross join profile as p
    where r.device is not null and list_contains(p.region_origins, r.region_origin)
),
bufferless as (
    select device from provided group by device having not bool_or(is_buffer)
)
select
    n.features_written as sequence, n.since, n.device, null::usmallint as queue,
    case when has_feature(n.offered, n.offered_known, p.swiotlb_bit) and has_feature(n.offered, n.offered_known, 32)
         then not has_feature(n.accepted, n.accepted_known, p.swiotlb_bit)
    end as violated,
    n.epoch
from driver_negotiation as n
cross join profile as p
anti join bufferless as b on b.device = n.device
where n.features_written is not null
  and has_feature(n.offered, n.offered_known, 32) is not false
  and has_feature(n.offered, n.offered_known, p.swiotlb_bit) is not false
