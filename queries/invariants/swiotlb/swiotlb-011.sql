-- id: SWIOTLB-011
-- title: The bounce buffer lies wholly inside its BAR
-- level: lint
-- side: device
-- spec: by analogy with virtio 1.3 §4.1.4.7 (shared memory capability); the draft does not say
-- row: SWIOTLB-011
-- profiles: swiotlb-rfc1, swiotlb-draft0, restricted-dma
-- precision: exact
-- basis: inferred
-- needs: device.capability|driver.capability, platform.region_mapped
-- judges: capabilities
-- uses: region, capability, range_inside
-- message: the SWIOTLB capability names offset {bar_offset}, {length} bytes of BAR {bar}, which has {bar_length}
--    bytes
--
-- ## Why
-- Addresses behind the end of the BAR belong to somebody else. The sum of offset and length takes more than 64 bits
-- in the worst case.
--
-- ## Likely causes
-- The buffer is sized by one option, the BAR by another; the upper halves of a 64-bit capability were swapped.
--
-- ## What to look at
-- The region events of the BAR: a BAR that is not mapped yet has no size.
--
-- ## Example: holds
--     given: swiotlb-negotiated
--
-- ## Example: violated: one byte too long
--     platform dev0 device_appeared value=2 note="blk"
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=3 region_origin=bar slot=2
--     device dev0 capability value=10 slot=2 address=bar:0x1000 length=0xf001 register_offset=0x84
--
-- ## Example: violated: offset and length wrap around
--     platform dev0 device_appeared value=2 note="blk"
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=3 region_origin=bar slot=2
--     device dev0 capability value=10 slot=2 address=bar:0xfffffffffffff000 length=0x2000 register_offset=0x84
--
-- ## Example: inconclusive: the BAR was never seen mapped
--     platform dev0 device_appeared value=2 note="blk"
--     device dev0 capability value=10 slot=2 address=bar:0x0 length=0x10000 register_offset=0x84
--
-- ## Example: vacuous: no such capability
--     given: system-only
with bar_size as (
    select device, bar, max(length) as bar_length
    from region
    where region_origin = 'bar'
    group by device, bar
)
select
    c.sequence, c.sequence as since, c.device, null::usmallint as queue,
    not range_inside(c.bar_offset, c.length, 0, b.bar_length) as violated,
    c.bar, format('0x{:x}', c.bar_offset) as bar_offset, c.length, b.bar_length
from capability as c
left join bar_size as b on b.device = c.device and b.bar = c.bar
where c.side = 'device' and c.capability_type = 10
