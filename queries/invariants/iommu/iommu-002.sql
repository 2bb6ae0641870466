-- id: IOMMU-002
-- title: What the driver passed to the device, the IOMMU lets pass
-- level: MUST
-- side: driver
-- spec: drivernormative: Reserved Feature Bits (Driver Requirements: Reserved Feature Bits)
-- row: NEG-012
-- profiles: swiotlb-rfc1, swiotlb-draft0, restricted-dma, virtio-1.4
-- precision: exact
-- basis: normative
-- needs: platform.iommu_faulted|platform.iommu_accessed, driver.store, driver.register_write|device.register_write
-- judges: accesses
-- uses: iommu_access
-- message: the IOMMU refused the device's access to {address}, which the driver had passed to it
--
-- ## Why
-- With ACCESS_PLATFORM accepted a driver disables the IOMMU or programs it so that the bus addresses that it passes translate.
-- Where one does not, the device's access is dropped, and the request may report success all the same: QEMU 7.2 completes a
-- read whose buffer faults with status OK.
--
-- ## Likely causes
-- A buffer that was never mapped for this device, that was unmapped too early, or mapped for another direction; memory
-- outside the window to which the platform confines the device.
--
-- ## What to look at
-- The descriptor that leads there, and the map events of its address.
--
-- ## Example: holds: what was passed is translated
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     platform dev0 iommu_accessed address=iova:0x50001000
--
-- ## Example: violated at 93: a buffer in system memory
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     #93 platform dev0 iommu_faulted address=iova:0x200004 direction=from_device
--
-- ## Example: vacuous: refused, and not the driver's doing
--     given: swiotlb-negotiated
--     platform dev0 iommu_faulted address=iova:0x200000 direction=to_device
--
-- ## Example: inconclusive: refused, and what was passed is not known
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=3
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     platform dev0 iommu_faulted address=iova:0x200000 direction=to_device
select
    sequence, sequence as since, device, null::usmallint as queue,
    case when is_passed then is_refused end as violated,
    format('0x{:x}', address) as address
from iommu_access
where is_passed is not false
