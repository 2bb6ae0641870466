-- id: SWIOTLB-018
-- title: SWIOTLB is not accepted without VERSION_1
-- level: lint
-- side: driver
-- spec: inferred: on the legacy interface bit 27 is VIRTIO_F_ANY_LAYOUT (virtio 1.3 §6.3)
-- row: SWIOTLB-018
-- profiles: swiotlb-rfc1, swiotlb-draft0, restricted-dma
-- precision: exact
-- basis: inferred
-- needs: driver.register_write|device.register_write|recorder.snapshot
-- judges: negotiations that accept the feature
-- uses: driver_negotiation, has_feature
-- message: the driver accepts bit {swiotlb_bit} in epoch {epoch}, but not VERSION_1
--
-- ## Why
-- Without VERSION_1 the bit means ANY_LAYOUT: driver and device may take one another to have agreed on different
-- things. Only the modern interface is judged, for there is no such thing as the proposal on the legacy one.
--
-- ## Likely causes
-- A transitional driver that filters word 1 as a whole; a word 1 that was never written.
--
-- ## What to look at
-- The driver_feature writes before FEATURES_OK.
--
-- ## Example: holds: both
--     given: swiotlb-negotiated
--
-- ## Example: violated: without
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
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=0 value=0x18000000
--     device dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=0 value=0x18000000
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=1 value=0x0
--     device dev0 register_write register_name=driver_feature register_offset=0xc width=4 feature_word=1 value=0x0
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     device dev0 status_presented value=11
--
-- ## Example: vacuous: the legacy interface
--     given: legacy
--
-- ## Example: vacuous: not accepted
--     given: system-only
--
-- ## Example: inconclusive: word 1 was never written
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
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x18000000 feature_word=0
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     device dev0 status_presented value=11
select
    n.features_written as sequence, n.since, n.device, null::usmallint as queue,
    if(has_feature(n.accepted, n.accepted_known, p.swiotlb_bit),
        not has_feature(n.accepted, n.accepted_known, 32), null) as violated,
    n.epoch, p.swiotlb_bit
from driver_negotiation as n
cross join profile as p
where n.features_written is not null
  and has_feature(n.accepted, n.accepted_known, p.swiotlb_bit) is not false
