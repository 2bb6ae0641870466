-- id: SWIOTLB-003c
-- title: Indirect tables and all their entries lie wholly in the bounce buffer
-- level: MUST
-- side: driver
-- spec: RFC v1, Reserved Feature Bits (driver); virtio 1.3 §2.7.5.3
-- row: SWIOTLB-003c
-- profiles: swiotlb-rfc1, swiotlb-draft0, restricted-dma, virtio-1.4
-- precision: exact
-- basis: inferred
-- needs: driver.store|device.dma_read|driver.map, driver.register_write|device.register_write, platform.region_mapped
-- judges: indirect tables and entries
-- uses: chain_descriptor, indirect_entry, driver_buffer, shown_buffer, mapped_buffer, unknown_progress, driver_confinement,
--    ranges_contain, breaks_confinement
-- message: {thing} of chain {head} ({address}, {length} bytes) does not lie wholly in the bounce buffer
--    ({confinement})
--
-- ## Why
-- The device reads the table by DMA, and everything that its entries name. A table from the ordinary allocator is
-- the easiest thing to overlook: the buffers in it may all be bounced.
--
-- ## Likely causes
-- The table is allocated with the request and never mapped; entries are filled with the original addresses, before
-- the mapping.
--
-- ## What to look at
-- The store of the descriptor with INDIRECT, the stores into the table before the publication.
--
-- ## Example: holds: table and entries inside
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x50002000 length=16 target=bus:0x50001000 size=16 flags=1 next_slot=1
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x50002010 length=16 target=bus:0x50001800 size=512 flags=2 next_slot=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50002000 size=32 flags=4 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: violated: table in system memory
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x300000 length=16 target=bus:0x50001000 size=16 flags=1 next_slot=1
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x300010 length=16 target=bus:0x50001800 size=512 flags=2 next_slot=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x300000 size=32 flags=4 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: violated: an entry in system memory
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x50002000 length=16 target=bus:0x50001000 size=16 flags=1 next_slot=1
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x50002010 length=16 target=bus:0x200000 size=512 flags=2 next_slot=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50002000 size=32 flags=4 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: violated: a table that straddles the end
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x5000fff0 length=16 target=bus:0x50001000 size=16 flags=1 next_slot=1
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x50010000 length=16 target=bus:0x50001800 size=512 flags=2 next_slot=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x5000fff0 size=32 flags=4 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: holds: an entry to which nothing leads
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x50002000 length=16 target=bus:0x50001000 size=16 flags=1 next_slot=1
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x50002010 length=16 target=bus:0x50001800 size=512 flags=2 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=2 address=bus:0x50002020 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50002000 size=48 flags=4 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: violated: entries need not follow one another
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x50002000 length=16 target=bus:0x50001000 size=16 flags=1 next_slot=2
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x50002010 length=16 target=bus:0x50001800 size=512 flags=2 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=2 address=bus:0x50002020 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50002000 size=48 flags=4 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: holds: the table is read at the publication, not later
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x50002000 length=16 target=bus:0x50001000 size=16 flags=1 next_slot=1
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x50002010 length=16 target=bus:0x50001800 size=512 flags=2 next_slot=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50002000 size=32 flags=4 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x50002010 length=16 target=bus:0x200000 size=512 flags=2 next_slot=0
--
-- ## Example: inconclusive: an entry that nobody was seen to write
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x50002000 length=16 target=bus:0x50001000 size=16 flags=1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50002000 size=32 flags=4 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: inconclusive: a table larger than is followed
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x50002000 length=16 target=bus:0x50001000 size=16 flags=1 next_slot=1
--     driver dev0/q0 store part=indirect_descriptor slot=1 address=bus:0x50002010 length=16 target=bus:0x50001800 size=512 flags=2 next_slot=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50002000 size=24576 flags=4 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: vacuous: direct descriptors only
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: vacuous: hint mode
--     given: hint-mode
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x300000 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x300000 size=32 flags=4 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: inconclusive: a chain that could not be followed may end in a table
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x50002000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50002000 size=16 flags=4 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x50000086 length=2 value=3
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=2
--
-- ## Example: inconclusive: a table behind an IOMMU
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=iova:0x300000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=iova:0x300000 size=16 flags=4 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: violated: a table whose end wraps around the address space
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0xfffffffffffffff0 size=32 flags=4 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: inconclusive: a table passed more often than tables are followed
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x50002000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50002000 size=16384 flags=4 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x50000086 length=2 value=0
--     driver dev0/q0 store part=available_entry slot=2 address=bus:0x50000088 length=2 value=0
--     driver dev0/q0 store part=available_entry slot=3 address=bus:0x5000008a length=2 value=0
--     driver dev0/q0 store part=available_entry slot=4 address=bus:0x5000008c length=2 value=0
--     driver dev0/q0 store part=available_entry slot=5 address=bus:0x5000008e length=2 value=0
--     driver dev0/q0 store part=available_entry slot=6 address=bus:0x50000090 length=2 value=0
--     driver dev0/q0 store part=available_entry slot=7 address=bus:0x50000092 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=8
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=16
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=24
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=32
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=40
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=48
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=56
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=64
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x50002000 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=72
--
-- ## Example: violated at 91, 93: of a driver that nobody records, what the device was given
--     given: swiotlb-negotiated
--     sees: driver.register_write, device.*, platform.*
--     device dev0/q0 dma_read part=available_index address=bus:0x50000082 length=2 value=1
--     device dev0/q0 dma_read part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     #91 device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x300000 size=32 flags=4 next_slot=0 head=0
--     device dev0/q0 dma_read part=indirect_descriptor slot=0 address=bus:0x300000 length=16 target=bus:0x50001000 size=16 flags=1 next_slot=1 head=0
--     #93 device dev0/q0 dma_read part=indirect_descriptor slot=1 address=bus:0x300010 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--
-- ## Example: holds: only mappings are recorded, and the table was bounced
--     given: system-only
--     sees: driver.map, driver.unmap, driver.doorbell, driver.register_write, platform.region_mapped
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=9 region_origin=declared
--     driver dev0/q0 map part=indirect_table address=bus:0x50001000 length=48 direction=to_device mapping_id=11
--     driver dev0/q0 doorbell register_offset=0x0 width=2 value=0
--
-- ## Example: violated: likewise, and it was not
--     given: system-only
--     sees: driver.map, driver.unmap, driver.doorbell, driver.register_write, platform.region_mapped
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=9 region_origin=declared
--     driver dev0/q0 map part=indirect_table address=bus:0x200000 length=48 direction=to_device mapping_id=11
--     driver dev0/q0 doorbell register_offset=0x0 width=2 value=0
--
-- ## Example: inconclusive: without ACCESS_PLATFORM nothing is mapped, and what is passed is not seen
--     given: system-only
--     sees: driver.map, driver.unmap, driver.doorbell, driver.register_write, platform.region_mapped
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=9 region_origin=declared
--     driver dev0/q0 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--     driver dev0/q0 doorbell register_offset=0x0 width=2 value=0
--
-- ## Example: inconclusive: mapped outside, and taken back by the same thread: adding the chain may have failed
--     given: system-only
--     sees: driver.map, driver.unmap, driver.doorbell, driver.register_write, platform.region_mapped
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=9 region_origin=declared
--     driver/1 dev0/q0 map part=indirect_table address=bus:0x200000 length=48 direction=to_device mapping_id=11
--     driver/1 dev0/q0 unmap part=indirect_table address=bus:0x200000 length=48 direction=to_device mapping_id=11
with passed as (
    select device, queue, publication, head, stored, 'the indirect table' as thing, address, is_bus, size
    from chain_descriptor
    where link = 'indirect'
    union all
    select device, queue, publication, head, stored, 'entry ' || slot || ' of the indirect table', address, is_bus, size
    from driver_buffer
    where is_indirect
    union all
    select device, queue, sequence, head, sequence,
        if(is_table, 'the indirect table', 'entry ' || slot || ' of the indirect table'), address, true, size
    from shown_buffer
    where is_indirect or is_table
    union all
    -- Entries beyond those that are followed, tables that are not followed at all, and what may be a table.
    select device, queue, publication, head, stored, 'the rest of a long indirect table', null, null, null
    from chain_descriptor
    where link = 'indirect' and size // 16 > 1024
    union all
    select c.device, c.queue, c.publication, c.head, c.stored, 'an indirect table of too many', null, null, null
    from chain_descriptor as c
    anti join indirect_entry as i
        on i.device = c.device and i.queue = c.queue and i.publication = c.publication and i.position = c.position
        and i.table_slot = c.slot and i.entry = 0
    where c.link = 'indirect' and (c.size is null or c.size >= 16)
    union all
    select device, queue, publication, head, stored, 'a table at the end of what could not be followed', null, null, null
    from chain_descriptor
    where link in ('unknown', 'too_long')
    union all
    select device, queue, sequence, null, null, 'a table published unseen', null, null, null
    from unknown_progress where step = 'publish'
    union all
    -- Mappings show the table; the buffers that it names count under SWIOTLB-003b, whichever table holds them.
    select device, queue, passed, null, mapped, 'the indirect table', address, true, size
    from mapped_buffer
    where part = 'indirect_table' and passed is not null
),
judged as (
    select
        p.publication, p.stored, p.device, p.queue, p.head, p.thing, p.address, p.size, c.confinement,
        ranges_contain(c.allowed, if(p.is_bus, p.address, null), p.size) as is_inside
    from passed as p
    asof join driver_confinement as c on c.device = p.device and p.publication >= c.since
    where c.confinement is not null
)
select
    publication as sequence, least(publication, stored) as since, device, queue,
    breaks_confinement(confinement, is_inside) as violated,
    thing, head, format('0x{:x}', address) as address, size as length, confinement
from judged
union all
-- A table outside that was mapped, and then perhaps taken back, since adding its chain failed.
select m.mapped, m.mapped, m.device, m.queue, null, 'the indirect table', null, format('0x{:x}', m.address), m.size, c.confinement
from mapped_buffer as m
asof join driver_confinement as c on c.device = m.device and m.mapped >= c.since
where m.part = 'indirect_table' and m.passed is null and c.confinement is not null
  and ranges_contain(c.allowed, m.address, m.size) is not true
