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
-- uses: device_negotiation, device_register, device_epoch, capability, region, has_bits, has_feature
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
--
-- ## Example: inconclusive: a BAR was seen, but nobody looked at the capabilities
--     profile: swiotlb-draft0
--     platform dev0 device_appeared value=2 note="blk"
--     platform dev0 region_mapped address=bus:0x4fff0000 length=0x4000 region_id=2 region_origin=bar slot=0
--     device dev0 status_presented value=0
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x8000000
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=1 value=0x1
--
-- ## Example: violated: the words are told apart by their selector only
--     profile: swiotlb-draft0
--     platform dev0 device_appeared value=2 note="blk"
--     device dev0 capability value=1 slot=0 address=bar:0x0 length=0x40 register_offset=0x40
--     device dev0 status_presented value=0
--     device dev0 register_write register_name=device_feature_select register_offset=0x0 width=4 value=0
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 value=0x8000000
--     device dev0 register_write register_name=device_feature_select register_offset=0x0 width=4 value=1
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 value=0x1
--
-- ## Example: violated: a pool in the device tree is no buffer of the first draft
--     profile: swiotlb-draft0
--     platform dev0 device_appeared value=2 note="blk"
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=4 region_origin=device_tree
--     device dev0 capability value=1 slot=0 address=bar:0x0 length=0x40 register_offset=0x40
--     device dev0 status_presented value=0
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x8000000
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=1 value=0x1
--
-- ## Example: inconclusive: word 1 was never read, and bit 27 may be ANY_LAYOUT
--     profile: swiotlb-draft0
--     platform dev0 device_appeared value=2 note="blk"
--     device dev0 capability value=1 slot=0 address=bar:0x0 length=0x40 register_offset=0x40
--     device dev0 status_presented value=0
--     device dev0 register_read register_name=device_feature register_offset=0x4 width=4 feature_word=0 value=0x8000000
with offering as (
    select n.device, n.epoch, n.since, has_feature(n.offered, n.offered_known, 32) as is_modern
    from device_negotiation as n
    cross join profile as p
    where has_feature(n.offered, n.offered_known, p.swiotlb_bit)
      and has_feature(n.offered, n.offered_known, 32) is not false
      and n.legacy is not true
),
shown as (
    -- The read that first showed the bit, in whichever word it stands.
    select e.device, e.epoch, min(r.sequence) as sequence
    from device_register as r
    cross join profile as p
    asof join device_epoch as e on e.device = r.device and r.sequence >= e.since
    where r.register_name = 'device_feature' and r.access = 'read'
      and has_bits(r.value, 1::ubigint << (p.swiotlb_bit % 32)::ubigint)
      and (r.feature_word is null or r.feature_word = p.swiotlb_bit // 32)
    group by e.device, e.epoch
),
known as (
    -- Where capabilities are recorded, one that is not there is not there.
    select device, bool_or(is_buffer) as has_buffer
    from (
        select device, capability_type = 10 as is_buffer from capability
        union all
        select r.device, true
        from region as r cross join profile as p
        where r.device is not null and list_contains(p.region_origins, r.region_origin))
    group by device
)
select
    coalesce(s.sequence, o.since) as sequence, o.since, o.device, null::usmallint as queue,
    if(o.is_modern, not k.has_buffer, null) as violated,
    o.epoch, 10 as capability_type
from offering as o
left join shown as s on s.device = o.device and s.epoch = o.epoch
left join known as k on k.device = o.device
