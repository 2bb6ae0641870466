-- id: SWIOTLB-004
-- title: Every DMA of the device lies in the bounce buffer
-- level: MUST
-- side: device
-- spec: the device's side of RFC v1, Reserved Feature Bits (driver)
-- row: SWIOTLB-004
-- profiles: swiotlb-rfc1, swiotlb-draft0, restricted-dma, virtio-1.4
-- precision: exact
-- basis: inferred
-- needs: device.dma_read, device.dma_write, driver.store|device.dma_read, platform.region_mapped, driver.register_write|device.register_write
-- judges: DMA accesses
-- uses: confined_access, passed_range, device_epoch, range_end, breaks_confinement
-- message: the device {verb} {length} bytes at {address} ({part}) outside the bounce buffer ({confinement}), and no
--    published descriptor or queue area leads there
--
-- ## Why
-- The feature says that the device gets along with its buffer alone. An access elsewhere that nobody asked for is a
-- stray or hostile one. Where a published descriptor or queue area leads there the driver is at fault, and
-- SWIOTLB-003 says so. Interrupt messages are exempt: their addresses are the platform's.
--
-- ## Likely causes
-- Indices or descriptors taken from uninitialised ring memory; state kept across a reset; an address that wraps;
-- the device's own MMIO as a target.
--
-- ## What to look at
-- What the device read before: its last descriptor fetches of that queue, and whether its queue configuration is
-- the driver's.
--
-- ## Example: holds: all inside
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     device dev0/q0 dma_read part=available_index address=bus:0x50000082 length=2 value=1
--     device dev0/q0 dma_read part=payload address=bus:0x50001000 length=16 head=0
--
-- ## Example: violated: nobody passed that address
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     device dev0/q0 dma_read part=payload address=bus:0x200000 length=16 head=0
--
-- ## Example: vacuous: a descriptor leads there, which is the driver's fault
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     device dev0/q0 dma_read part=payload address=bus:0x200000 length=16 head=0
--
-- ## Example: violated: more than the descriptor gives
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     device dev0/q0 dma_read part=payload address=bus:0x200000 length=17 head=0
--
-- ## Example: vacuous: interrupt messages
--     given: swiotlb-negotiated
--     device dev0/q0 interrupt slot=1 address=bus:0xfee00000 value=0x41
--     device dev0/q0 dma_write part=interrupt_message address=bus:0xfee00000 length=4 value=0x41
--
-- ## Example: holds: in the reset window the old epoch still governs
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0/q0 dma_read part=payload address=bus:0x50001000 length=16 head=0
--
-- ## Example: vacuous: after presenting 0 another rule speaks (RST-002)
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 status_presented value=0
--     device dev0/q0 dma_read part=payload address=bus:0x200000 length=16 head=0
--
-- ## Example: vacuous: hint mode
--     given: hint-mode
--     device dev0/q0 dma_read part=payload address=bus:0x200000 length=16 head=0
--
-- ## Example: inconclusive: neither side's descriptors were seen
--     given: swiotlb-negotiated
--     device dev0/q0 dma_read part=payload address=bus:0x200000 length=16 head=0
--
-- ## Example: violated: a declared window
--     given: system-only
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=9 region_origin=declared
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x1000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x1000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x1000082 length=2 value=1
--     device dev0/q0 dma_read part=payload address=bus:0x200000 length=16 head=0
--
-- ## Example: inconclusive: an address of another space than the region's
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     device dev0/q0 dma_read part=payload address=iova:0x200000 length=16 head=0
--
-- ## Example: violated: a buffer of an epoch without the feature, accessed after the next negotiation
--     given: system-only
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=4 region_origin=capability slot=2
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x1000000 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x1000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x1000082 length=2 value=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 status_presented value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x8000000 feature_word=0
--     device dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x1 feature_word=1
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     device dev0 status_presented value=11
--     device dev0/q0 dma_read part=payload address=bus:0x200000 length=16 head=0
--
-- ## Example: vacuous: passed by a driver that did not wait for the end of its reset, which is the driver's fault
--     given: system-only
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=4 region_origin=capability slot=2
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0/q0 register_write register_name=queue_size register_offset=0x18 width=2 value=8
--     driver dev0/q0 register_write register_name=queue_desc register_offset=0x20 width=8 value=0x1000000
--     driver dev0/q0 register_write register_name=queue_driver register_offset=0x28 width=8 value=0x1000080
--     driver dev0/q0 register_write register_name=queue_device register_offset=0x30 width=8 value=0x1000100
--     driver dev0/q0 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x1000000 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x1000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x1000082 length=2 value=1
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     device dev0 status_presented value=0
--     device dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x8000000 feature_word=0
--     device dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x1 feature_word=1
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     device dev0 status_presented value=11
--     device dev0/q0 dma_read part=payload address=bus:0x200000 length=16 head=0
--
-- ## Example: violated: a free descriptor leads there, which the device read although nothing was published
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=descriptor slot=5 address=bus:0x50000050 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     device dev0/q0 dma_read part=available_index address=bus:0x50000082 length=2 value=1
--     device dev0/q0 dma_read part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     device dev0/q0 dma_read part=descriptor slot=5 address=bus:0x50000050 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=5
--     device dev0/q0 dma_read part=payload address=bus:0x200000 length=16 head=5
--
-- ## Example: vacuous: one access over two buffers side by side, both of which were passed
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x200000 size=16 flags=1 next_slot=1 head=0
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x50000010 length=16 target=bus:0x200010 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     device dev0/q0 dma_read part=payload address=bus:0x200000 length=32 head=0
--
-- ## Example: violated: an access that leaves the buffer by one byte
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x5000fff0 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     device dev0/q0 dma_read part=payload address=bus:0x5000fff0 length=17 head=0
--
-- ## Example: violated: an access that wraps around the address space
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     device dev0/q0 dma_read part=payload address=bus:0xfffffffffffffff0 length=0x50001010 head=0
--
-- ## Example: inconclusive: an access of unknown length inside the buffer
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     device dev0/q0 dma_read part=payload address=bus:0x50001000 head=0
--
-- ## Example: inconclusive: one of the published descriptors was never seen, and may lead there
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x50000086 length=2 value=3
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=2
--     device dev0/q0 dma_read part=payload address=bus:0x200000 length=16 head=3
--
-- ## Example: vacuous: a write to the address of an interrupt message, of which nobody said that it is one
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     device dev0/q0 interrupt slot=1 address=bus:0xfee00000 value=0x41
--     device dev0/q0 dma_write part=unknown address=bus:0xfee00000 length=4 value=0x41
--
-- ## Example: violated: payload written to the address of an interrupt message
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=2 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     device dev0/q0 interrupt slot=1 address=bus:0xfee00000 value=0x41
--     device dev0/q0 dma_write part=payload address=bus:0xfee00000 length=512
--
-- ## Example: holds: in a shared pool that the device tree gives to a sibling as well
--     given: swiotlb-negotiated
--     platform dev1 region_mapped address=bus:0x70000000 length=0x10000 region_id=8 region_origin=device_tree region_shared=true
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x70001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     device dev0/q0 dma_read part=payload address=bus:0x70001000 length=16 head=0
--
-- ## Example: vacuous: a stale descriptor behind a moved BAR was passed by the driver
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     platform dev0 region_unmapped address=bus:0x50000000 length=0x10000 region_id=4
--     platform dev0 region_mapped address=bus:0x60000000 length=0x10000 region_id=4 region_origin=capability slot=2
--     device dev0/q0 dma_read part=payload address=bus:0x50001000 length=16 head=0
--
-- ## Example: inconclusive: inside the declared window, and the buffer was never seen
--     platform dev0 device_appeared value=2 note="blk"
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=9 region_origin=declared
--     device dev0 status_presented value=0
--     device dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x8000000 feature_word=0
--     device dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x1 feature_word=1
--     device dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     device dev0 status_presented value=11
--     device dev0/q0 dma_read part=payload address=bus:0x50001000 length=16 head=0
with stray as (
    select a.sequence, a.device, a.queue, a.is_write, a.part, a.address, a.length, a.confinement, a.is_inside, e.epoch
    from confined_access as a
    asof join device_epoch as e on e.device = a.device and a.sequence >= e.since
    where a.is_inside is not true
),
explained as (
    select
        s.sequence, s.device, s.queue, s.is_write, s.part, s.address, s.length, s.confinement, s.is_inside, s.epoch,
        range_end(s.address, s.length) <= p.passed_end as is_explained
    from stray as s
    asof left join (select device, epoch, address, passed_end from passed_range where address is not null) as p
        on p.device = s.device and p.epoch = s.epoch and s.address >= p.address
),
seen as (
    select distinct device from passed_range where is_buffer
),
open_epoch as (
    select device, epoch from passed_range where address is null
)
select
    sequence, sequence as since, device, queue, breaks_confinement(confinement, is_inside) as violated,
    null as verb, null as address, length, part, confinement
from confined_access
where is_inside
union all
select
    e.sequence, e.sequence, e.device, e.queue,
    -- What neither side's descriptors tell, and what was passed unseen, may lead anywhere.
    if(s.device is null or o.device is not null or e.address is null or e.length is null, null,
        breaks_confinement(e.confinement, e.is_inside)),
    if(e.is_write, 'writes', 'reads'), format('0x{:x}', e.address), e.length, e.part, e.confinement
from explained as e
left join seen as s on s.device = e.device
left join open_epoch as o on o.device = e.device and o.epoch = e.epoch
where e.is_explained is not true
