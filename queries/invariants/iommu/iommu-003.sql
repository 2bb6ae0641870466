-- id: IOMMU-003
-- title: Every access that the IOMMU passed begins in the bounce buffer
-- level: MUST
-- side: device
-- spec: the device's side of RFC v1, Reserved Feature Bits (driver)
-- row: SWIOTLB-004
-- profiles: swiotlb-rfc1, swiotlb-draft0, restricted-dma, virtio-1.4
-- precision: exact
-- basis: inferred
-- needs: platform.iommu_accessed, platform.region_mapped, driver.register_write|device.register_write
-- judges: accesses
-- uses: iommu_access, device_confinement, ranges_contain, breaks_confinement
-- message: the device accesses {address}, outside the bounce buffer ({confinement}); the IOMMU let it pass
--
-- ## Why
-- SWIOTLB-004 by the word of the IOMMU, which the device has no part in. How long an access is it need not say, so only where
-- it begins is judged. Where a published descriptor or queue area leads there the driver is at fault, and SWIOTLB-003
-- says so; where the driver was not recorded, its recording of the same run tells whose fault it is.
--
-- ## Likely causes
-- The IOMMU maps more than the buffer, which the feature alone does not forbid, and rings or buffers lie there: stock Linux
-- with swiotlb=force bounces buffers, and keeps its rings in ordinary memory.
--
-- ## What to look at
-- Which translation it is: `show --event iommu_translated`; and the queue areas that the driver passed.
--
-- ## Example: holds: the bus address lies inside, whatever the device called it
--     given: swiotlb-negotiated
--     platform dev0 iommu_accessed address=iova:0xfff00082 target=bus:0x50000082
--
-- ## Example: violated at 93: the IOMMU maps system memory too
--     given: swiotlb-negotiated
--     #93 platform dev0 iommu_accessed address=iova:0xfffff010 target=bus:0x200010
--
-- ## Example: vacuous: a published descriptor leads there, which is the driver's fault
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     platform dev0 iommu_accessed address=iova:0x200000 target=bus:0x200000
--
-- ## Example: violated: only a window is declared
--     platform dev0 device_appeared value=2 note="blk"
--     platform region_mapped address=bus:0x50000000 length=0x10000 region_id=0 region_origin=declared
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 status_presented value=0
--     platform dev0 iommu_accessed address=iova:0xfffff010 target=bus:0x200010
--
-- ## Example: vacuous: an interrupt message
--     given: swiotlb-negotiated
--     platform dev0 iommu_accessed address=iova:0xfee01004 target=bus:0xfee01004
--
-- ## Example: holds: refused, so nothing was touched
--     given: swiotlb-negotiated
--     platform dev0 iommu_accessed address=iova:0x50000082 target=bus:0x50000082
--     platform dev0 iommu_faulted address=iova:0x200000 direction=to_device
--
-- ## Example: inconclusive: where on the bus it lies nobody says
--     given: swiotlb-negotiated
--     platform dev0 iommu_accessed address=iova:0x50000082
select
    a.sequence, a.sequence as since, a.device, null::usmallint as queue,
    breaks_confinement(c.confinement, ranges_contain(c.allowed, a.target, 1)) as violated,
    format('0x{:x}', a.target) as address, c.confinement
from iommu_access as a
asof join device_confinement as c on c.device = a.device and a.sequence >= c.since
where not a.is_refused and c.confinement is not null
  and not (a.is_passed is true and ranges_contain(c.allowed, a.target, 1) is false)
