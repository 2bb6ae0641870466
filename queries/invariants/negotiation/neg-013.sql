-- id: NEG-013
-- title: Where ACCESS_PLATFORM is not offered the driver passes physical addresses only
-- level: MUST
-- side: driver
-- spec: drivernormative: Reserved Feature Bits (Driver Requirements: Reserved Feature Bits)
-- row: NEG-013
-- profiles: swiotlb-rfc1, swiotlb-draft0, virtio-1.4, restricted-dma
-- precision: exact
-- basis: normative
-- needs: driver.register_write|device.register_write|recorder.snapshot, driver.register_read|device.register_read|recorder.snapshot, platform.region_mapped
-- judges: addresses
-- uses: driver_negotiation, memory_map, queue_config, driver_buffer, chain_descriptor, has_feature, ranges_contain
-- message: {what} at {place} is no physical address: nothing is mapped there, and ACCESS_PLATFORM is not offered
--
-- ## Why
-- Without ACCESS_PLATFORM the device uses addresses as they are, whatever the platform says of an IOMMU. The address of
-- a translated mapping, or one of the processor's virtual ones, then hits memory that belongs to somebody else, or none.
-- An address counts as physical if all of its bytes lie in what the platform has mapped; one of a translated mapping
-- that happens to be a physical address too is not found out. The condition is that the bit is not offered: what
-- holds for one that is offered and not accepted the specification leaves open.
--
-- ## Likely causes
-- A driver that maps through the platform's DMA interface in any case, in a machine with an IOMMU (Linux: a missing
-- look at the feature before the mapping); a pointer passed as it is; an address kept from before a region moved.
--
-- ## What to look at
-- The map event of the same address, and the IOMMU's mappings; the region events before it.
--
-- ## Example: holds: rings and buffers in system memory
--     given: one-chain-published
--     platform region_mapped address=bus:0x80000000 length=0x1000 region_id=2 region_origin=bar
--
-- ## Example: violated: a buffer beyond all memory
--     given: one-chain-published
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x100020 length=16 target=bus:0xffff800000101000 size=8 flags=0 next_slot=0 head=2
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x100086 length=2 value=2
--     driver dev0/q0 store part=available_index address=bus:0x100082 length=2 value=2
--
-- ## Example: violated: the descriptor area, though no buffer was published
--     platform region_mapped address=bus:0x100000 length=0x100000 region_id=1 region_origin=system_memory
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=8
--     driver dev0/q0 register_write register_name=queue_desc value=0xf0000000
--     driver dev0/q0 register_write register_name=queue_driver value=0x100080
--     driver dev0/q0 register_write register_name=queue_device value=0x100100
--     driver dev0/q0 register_write register_name=queue_enable value=1
--
-- ## Example: holds: a descriptor that was never published may hold anything
--     given: one-chain-published
--     driver dev0/q0 store part=descriptor slot=5 address=bus:0x100050 length=16 target=bus:0xffff800000101000 size=8 flags=0 next_slot=0
--
-- ## Example: vacuous: the feature is offered, addresses may be translated
--     platform region_mapped address=bus:0x100000 length=0x100000 region_id=1 region_origin=system_memory
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x3
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_desc value=0xf0000000
--     driver dev0/q0 register_write register_name=queue_enable value=1
--
-- ## Example: inconclusive: what is offered was never read
--     platform region_mapped address=bus:0x100000 length=0x100000 region_id=1 region_origin=system_memory
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_desc value=0xf0000000
--     driver dev0/q0 register_write register_name=queue_enable value=1
--
-- ## Example: violated: the legacy interface cannot offer it
--     platform region_mapped address=bus:0x100000 length=0x100000 region_id=1 region_origin=system_memory
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=0 value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0/q0 register_read register_name=queue_size value=8
--     driver dev0/q0 register_write register_name=queue_page_frame value=0xf0000
--     driver dev0 register_write register_name=device_status value=7
--
-- ## Example: inconclusive: nobody says where memory is
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_desc value=0xf0000000
--     driver dev0/q0 register_write register_name=queue_enable value=1
--
-- ## Example: holds: 64-bit addresses in halves, the high ones first
--     platform region_mapped address=bus:0x100000000 length=0x100000 region_id=1 region_origin=system_memory
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_read register_name=queue_size value=256
--     driver dev0/q0 register_write register_name=queue_size value=8
--     driver dev0/q0 register_write register_name=queue_desc_high value=1
--     driver dev0/q0 register_write register_name=queue_desc_low value=0
--     driver dev0/q0 register_write register_name=queue_driver_high value=1
--     driver dev0/q0 register_write register_name=queue_driver_low value=0x80
--     driver dev0/q0 register_write register_name=queue_device_low value=0x100
--     driver dev0/q0 register_write register_name=queue_device_high value=1
--     driver dev0/q0 register_write register_name=queue_enable value=1
--
-- ## Example: inconclusive: half an address
--     platform region_mapped address=bus:0x100000 length=0x100000 region_id=1 region_origin=system_memory
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=8
--     driver dev0/q0 register_write register_name=queue_desc_low value=0xf0000000
--     driver dev0/q0 register_write register_name=queue_enable value=1
--
-- ## Example: inconclusive: a vhost-user front end passes its own virtual addresses
--     platform region_mapped address=bus:0x100000 length=0x100000 region_id=1 region_origin=system_memory
--     driver dev0 message_sent value=9
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=8
--     driver dev0/q0 register_write register_name=queue_desc value=0x7f0012340000 target_space=front_end
--     driver dev0/q0 register_write register_name=queue_driver value=0x7f0012341000 target_space=front_end
--     driver dev0/q0 register_write register_name=queue_device value=0x7f0012342000 target_space=front_end
--     driver dev0/q0 register_write register_name=queue_enable value=1
--
-- ## Example: inconclusive: resumed without a new look at the offer
--     platform region_mapped address=bus:0x100000 length=0x100000 region_id=1 region_origin=system_memory
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x3
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=8
--     driver dev0/q0 register_write register_name=queue_desc value=0xf0000000
--     driver dev0/q0 register_write register_name=queue_enable value=1
with passed as (
    select publication as sequence, device, queue, 'buffer of descriptor ' || slot as what, address, size::ubigint as size
    from driver_buffer
    union all
    select publication, device, queue, 'indirect table of descriptor ' || slot, address, size::ubigint
    from chain_descriptor
    where link = 'indirect'
    union all
    select q.since, q.device, q.queue, a.what,
        case a.what when 'descriptor area' then q.desc_address when 'driver area' then q.driver_address
            else q.device_address end,
        case a.what when 'descriptor area' then q.desc_length when 'driver area' then q.driver_length
            else q.device_length end
    from queue_config as q
    cross join (values ('descriptor area'), ('driver area'), ('device area')) as a(what)
    where q.side = 'driver'
),
not_offered as (
    select device, since, if(legacy, true, not has_feature(offered, offered_known, 33)) as is_not_offered
    from driver_negotiation
),
judged as (
    select
        p.sequence, n.since, p.device, p.queue, p.what, p.address, n.is_not_offered,
        ranges_contain(m.ranges, p.address, p.size) as is_mapped
    from passed as p
    asof join not_offered as n on n.device = p.device and p.sequence >= n.since
    asof left join memory_map as m on p.sequence >= m.since
    where n.is_not_offered is distinct from false
)
select
    sequence, since, device, queue,
    not is_mapped and is_not_offered as violated,
    what, printf('0x%x', address) as place
from judged
