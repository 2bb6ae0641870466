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
-- uses: device_confinement, passed_range, range_end, ranges_contain
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
with judged as (
    select
        d.sequence, d.device, d.queue, d.event, d.part, d.address, d.length, c.confinement,
        ranges_contain(c.allowed, d.address, d.length) as is_inside
    from event as d
    asof join device_confinement as c on c.device = d.device and d.sequence >= c.since
    where d.event in ('dma_read', 'dma_write') and d.part is distinct from 'interrupt_message'
      and c.confinement is not null
),
explained as (
    -- A passed range holds the access exactly if, of all that begin at or before it, the one that reaches furthest does.
    select
        j.sequence, j.device, j.queue, j.event, j.part, j.address, j.length, j.confinement, p.furthest_end,
        range_end(j.address, j.length) <= p.furthest_end as is_explained
    from judged as j
    asof left join passed_range as p on p.device = j.device and j.address >= p.address
    where j.is_inside is not true
),
known as (
    select device from passed_range where is_buffer group by device
)
select
    sequence, sequence as since, device, queue, false as violated,
    null as verb, null as address, length, part, confinement
from judged
where is_inside
union all
select
    e.sequence, e.sequence, e.device, e.queue,
    case when e.confinement = 'unknown' or k.device is null or e.address is null or e.length is null then null
         when not ranges_contain(c.allowed, e.address, e.length) then true
    end,
    if(e.event = 'dma_read', 'reads', 'writes'), format('0x{:x}', e.address), e.length, e.part, e.confinement
from explained as e
asof join device_confinement as c on c.device = e.device and e.sequence >= c.since
left join known as k on k.device = e.device
where e.is_explained is not true
