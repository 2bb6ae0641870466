-- id: SWIOTLB-001
-- title: A device offers SWIOTLB only if its transport provides a bounce buffer
-- level: MUST
-- side: device
-- spec: first draft of 28 March 2025, Reserved Feature Bits (device); dropped in RFC v1
-- row: SWIOTLB-001
-- profiles: swiotlb-draft0
-- precision: exact
-- basis: normative
-- needs: device.register_read|driver.register_read, device.capability|driver.capability|platform.region_mapped
-- judges: offers
-- uses: device_negotiation, device_register, capability, region, has_bits, has_feature
-- message: the device offers SWIOTLB in epoch {epoch}, but presents no bounce buffer: no capability
--    {capability_type}, no region
--
-- ## Why
-- A driver that accepts the feature must pass only addresses inside the buffer. Without a buffer there is no such
-- address, and an aware driver has nothing to work with.
--
-- ## Likely causes
-- The bit is set in a static feature mask; the capability is built only under a configuration option.
--
-- ## What to look at
-- The capability events of the device, and its region events: `show --event capability`.
--
-- ## Example: holds: feature with capability
--     given: swiotlb-negotiated
--
-- ## Example: violated: feature without capability
--     platform dev0 device_appeared value=2 note="blk"
--     device dev0 capability value=1 slot=0 address=bar:0x0 length=0x40 register_offset=0x40
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
--
-- ## Example: vacuous: bit 27 of a device without VERSION_1 is ANY_LAYOUT
--     platform dev0 device_appeared value=2 note="blk"
--     device dev0 capability value=1 slot=0 address=bar:0x0 length=0x40 register_offset=0x40
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 status_presented value=0
--     device dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x18000000
--     driver dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x18000000
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=1 value=0x0
--     driver dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=1 value=0x0
--
-- ## Example: vacuous: the legacy interface
--     given: legacy
--
-- ## Example: inconclusive: nothing shows what the transport provides
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
with offering as (
    select n.device, n.epoch, n.since, n.until
    from device_negotiation as n
    cross join profile as p
    where has_feature(n.offered, n.offered_known, p.swiotlb_bit)
      and has_feature(n.offered, n.offered_known, 32)
      and n.legacy is not true
),
shown as (
    select o.device, o.epoch, o.since, min(r.sequence) as sequence
    from offering as o
    join device_register as r
        on r.device = o.device and r.register_name = 'device_feature' and r.access = 'read'
        and r.sequence >= o.since and (o.until is null or r.sequence < o.until)
        and has_bits(r.value, 1::ubigint << 27) and r.feature_word = 0
    group by o.device, o.epoch, o.since
),
provided as (
    select device, capability_type = 10 as is_buffer from capability
    union all
    select device, region_origin in ('capability', 'device_tree') from region where device is not null
),
known as (
    select device, bool_or(is_buffer) as has_buffer from provided group by device
)
select
    s.sequence, s.since, s.device, null::usmallint as queue,
    not k.has_buffer as violated,
    s.epoch, 10 as capability_type
from shown as s
left join known as k on k.device = s.device
