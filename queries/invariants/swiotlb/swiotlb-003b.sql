-- id: SWIOTLB-003b
-- title: Every published descriptor lies wholly in the bounce buffer
-- level: MUST
-- side: driver
-- spec: RFC v1, Reserved Feature Bits (driver)
-- row: SWIOTLB-003b
-- also: SWIOTLB-008
-- profiles: swiotlb-rfc1, swiotlb-draft0, restricted-dma, virtio-1.4
-- precision: exact
-- basis: inferred
-- needs: driver.store, driver.register_write|device.register_write, platform.region_mapped
-- judges: descriptors
-- uses: driver_buffer, chain_descriptor, ring_progress, driver_confinement, ranges_contain
-- message: descriptor {slot} of chain {head} ({address}, {length} bytes) does not lie wholly in the bounce buffer
--    ({confinement})
--
-- ## Why
-- This is the boundary that the feature draws: what the device may be asked to touch lies in the buffer. A device
-- that honours one address outside it gives up the protection; one that does not drops the access, and the request
-- may still report success.
--
-- ## Likely causes
-- A mapping path that does not go through the bounce allocator; a request too large for a slot that falls back to a
-- direct address; physical addresses because ACCESS_PLATFORM was not accepted; an address of the BAR's previous
-- place; a sum of base and offset that wraps.
--
-- ## What to look at
-- The descriptor's store (`since`), the map event of its address, and the region events before: did the buffer
-- move?
--
-- ## Example: holds: inside
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: violated: system memory
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: violated: one byte beyond the end
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x5000fff1 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: holds: up to the last byte
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x5000fff0 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: violated: addr and len wrap around
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0xfffffffffffffff0 size=1342181392 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: holds: a free descriptor may hold anything
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=5 address=bus:0x50000050 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: violated: a descriptor filled long before, published by a later chain
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x50000010 length=16 target=bus:0x200000 size=16 flags=2 next_slot=0 head=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=1 next_slot=1 head=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x50000086 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=2
--
-- ## Example: violated: addr written apart from the rest
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=8 target=bus:0x200000
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: violated: the buffer moved with its BAR, the address did not
--     given: swiotlb-negotiated
--     platform dev0 region_unmapped address=bus:0x50000000 length=0x10000 region_id=4
--     platform dev0 region_mapped address=bus:0x60000000 length=0x10000 region_id=4 region_origin=capability slot=2
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: violated: the region of a sibling device
--     given: swiotlb-negotiated
--     platform dev1 region_mapped address=bus:0x70000000 length=0x10000 region_id=8 region_origin=capability region_shared=false slot=2
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x70001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: holds: two aliases of the buffer
--     given: swiotlb-negotiated
--     platform dev0 region_mapped address=bus:0x50008000 length=0x20000 region_id=8 region_origin=capability slot=2
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x5000f000 size=8192 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: vacuous: hint mode permits a mix
--     given: hint-mode
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: vacuous: bit 27 on the legacy interface
--     given: legacy
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x1000000 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x1000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x1000082 length=2 value=1
--
-- ## Example: violated: a declared window
--     given: system-only
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=9 region_origin=declared
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x1000000 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x1000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x1000082 length=2 value=1
--
-- ## Example: inconclusive: the descriptor was never seen stored
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: inconclusive: its length is not known
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 target=bus:0x50001000 flags=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: inconclusive: an index that jumps further than the queue is long
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=300
--
-- ## Example: vacuous: after a reset the old features no longer hold
--     given: swiotlb-negotiated
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
with passed as (
    select device, queue, publication, head, slot, stored, address, size
    from driver_buffer
    where not is_indirect
    union all
    -- What lies behind the last hop that was followed is not known, nor what an index that jumps has published.
    select device, queue, publication, head, null, stored, null, null
    from chain_descriptor
    where link = 'too_long'
    union all
    select device, queue, sequence, null, null, null, null, null
    from ring_progress
    where step = 'publish' and advance <> 0 and is_plausible is not true
),
judged as (
    select
        p.publication, p.stored, p.device, p.queue, p.slot, p.head, p.address, p.size, c.confinement,
        ranges_contain(c.allowed, p.address, p.size) as is_inside
    from passed as p
    asof join driver_confinement as c on c.device = p.device and p.publication >= c.since
    where c.confinement is not null
)
select
    publication as sequence, least(publication, stored) as since, device, queue,
    if(confinement = 'unknown' and is_inside is false, null, not is_inside) as violated,
    slot, head, format('0x{:x}', address) as address, size as length, confinement
from judged
