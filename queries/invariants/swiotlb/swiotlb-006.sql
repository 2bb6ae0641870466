-- id: SWIOTLB-006
-- title: A device that presents the SWIOTLB capability offers the feature
-- level: SHOULD
-- side: device
-- spec: draft of 28 March and RFC v1 of 2 April 2025, Software IOTLB bounce buffer capability (device)
-- row: SWIOTLB-006
-- profiles: swiotlb-rfc1, swiotlb-draft0, restricted-dma
-- precision: exact
-- basis: normative
-- needs: device.capability|driver.capability, device.register_read|driver.register_read
-- judges: capabilities
-- uses: capability, device_negotiation, has_feature
-- message: the device presents a SWIOTLB capability (BAR {bar}, offset {bar_offset}), but does not offer the
--    feature
--
-- ## Why
-- A buffer without the feature is a hint only: the driver cannot tell whether it must use it, and the device cannot
-- learn that it will.
--
-- ## Likely causes
-- The capability is built from the machine's configuration, the feature mask from the device's.
--
-- ## What to look at
-- The words of device_feature that were read, and in which epoch.
--
-- ## Example: holds: both
--     given: swiotlb-negotiated
--
-- ## Example: violated: capability only
--     platform dev0 device_appeared value=2 note="blk"
--     device dev0 capability value=10 slot=2 address=bar:0x0 length=0x10000 register_offset=0x84
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 status_presented value=0
--     device dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x10000000
--     driver dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x10000000
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=1 value=0x1
--     driver dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=1 value=0x1
--
-- ## Example: vacuous: no capability
--     given: system-only
--
-- ## Example: inconclusive: word 0 was never read
--     platform dev0 device_appeared value=2 note="blk"
--     device dev0 capability value=10 slot=2 address=bar:0x0 length=0x10000 register_offset=0x84
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 status_presented value=0
--     device dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--
-- ## Example: inconclusive: only the legacy interface was used
--     platform dev0 device_appeared value=2 note="blk"
--     device dev0 capability value=10 slot=2 address=bar:0x0 length=0x10000 register_offset=0x84
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 status_presented value=0
--     device dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x18000000
--     driver dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x18000000
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=1 value=0x0
--     driver dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=1 value=0x0
--     device dev0/q0 register_write register_name=queue_page_frame register_offset=0x8 width=4 value=0x1000
with buffer as (
    select device, bar, bar_offset, place, min(sequence) as sequence
    from capability
    where side = 'device' and capability_type = 10
    group by device, bar, bar_offset, place
),
answer as (
    -- Over the legacy interface bit 27 says something else.
    select n.device, bool_and(has_feature(n.offered, n.offered_known, p.swiotlb_bit)) as is_offered
    from device_negotiation as n
    cross join profile as p
    where n.legacy is not true
    group by n.device
)
select
    b.sequence, b.sequence as since, b.device, null::usmallint as queue,
    not a.is_offered as violated,
    b.bar, format('0x{:x}', b.bar_offset) as bar_offset
from buffer as b
left join answer as a on a.device = b.device
