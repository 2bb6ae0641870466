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
-- needs: driver.store|device.dma_read|driver.map, driver.register_write|device.register_write, platform.region_mapped
-- judges: descriptors
-- uses: driver_buffer, shown_buffer, mapped_buffer, chain_descriptor, unknown_progress, driver_confinement, ranges_contain,
--    breaks_confinement
-- message: {thing} ({address}, {length} bytes) does not lie wholly in the bounce buffer ({confinement})
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
--
-- ## Example: inconclusive: an address behind an IOMMU is no bus address
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=iova:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: inconclusive: nor is an offset into the region
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=region:0x1000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: inconclusive: such an address written apart from the rest
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=8 target=iova:0x200000
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: inconclusive: the recording begins in the middle, and what the first store of the index publishes is not known
--     driver dev0 thread_started note="driver"
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=9 region_origin=declared
--     driver dev0/q0 snapshot note="register_write" register_name=queue_size value=8
--     driver dev0/q0 snapshot note="register_write" register_name=queue_desc value=0x50000000
--     driver dev0/q0 snapshot note="register_write" register_name=queue_driver value=0x50000080
--     driver dev0/q0 snapshot note="register_write" register_name=queue_device value=0x50000100
--     driver dev0/q0 snapshot note="register_write" register_name=queue_enable value=1
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=5
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=5 address=bus:0x5000008e length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=6
--
-- ## Example: vacuous: an index taken back behind the reset publishes nothing
--     given: system-only
--     platform dev0 region_mapped address=bus:0x1000000 length=0x10000 region_id=9 region_origin=declared
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0/q0 store part=available_index address=bus:0x1000082 length=2 value=65535
--
-- ## Example: holds: an empty buffer at the very end holds no byte outside
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50010000 size=0 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: violated: the address of an empty buffer is an address passed all the same
--     given: swiotlb-negotiated
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x200000 size=0 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: holds: a pool in the device tree that several devices share
--     given: swiotlb-negotiated
--     platform dev1 region_mapped address=bus:0x70000000 length=0x10000 region_id=8 region_origin=device_tree region_shared=true
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x70001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: violated: a region in a sibling's BAR, said to be shared, is the sibling's
--     given: swiotlb-negotiated
--     platform dev1 region_mapped address=bus:0x70000000 length=0x10000 region_id=8 region_origin=capability region_shared=true slot=2
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x70001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: violated: in the buffer, but outside the window that was declared besides
--     given: swiotlb-negotiated
--     platform dev0 region_mapped address=bus:0x50000000 length=0x8000 region_id=9 region_origin=declared
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50009000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: violated: a window was declared, and the buffer itself was never seen
--     platform dev0 device_appeared value=2 note="blk"
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=9 region_origin=declared
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x8000000 feature_word=0
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x1 feature_word=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0/q0 register_write register_name=queue_size register_offset=0x18 width=2 value=8
--     driver dev0/q0 register_write register_name=queue_desc register_offset=0x20 width=8 value=0x50000000
--     driver dev0/q0 register_write register_name=queue_driver register_offset=0x28 width=8 value=0x50000080
--     driver dev0/q0 register_write register_name=queue_device register_offset=0x30 width=8 value=0x50000100
--     driver dev0/q0 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: violated at 91: of a driver that nobody records, what the device was given
--     given: swiotlb-negotiated
--     sees: driver.register_write, device.*, platform.*
--     device dev0/q0 dma_read part=available_index address=bus:0x50000082 length=2 value=1
--     device dev0/q0 dma_read part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=1 next_slot=1 head=0
--     #91 device dev0/q0 dma_read part=descriptor slot=1 address=bus:0x50000010 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--
-- ## Example: vacuous: renegotiated without the feature, system memory is legal again
--     given: swiotlb-negotiated
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x0 feature_word=0
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x1 feature_word=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0/q0 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: vacuous: accepted without VERSION_1 the bit is ANY_LAYOUT
--     platform dev0 device_appeared value=2 note="blk"
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=4 region_origin=capability slot=2
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x8000000 feature_word=0
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x0 feature_word=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0/q0 register_write register_name=queue_size register_offset=0x18 width=2 value=8
--     driver dev0/q0 register_write register_name=queue_desc register_offset=0x20 width=8 value=0x50000000
--     driver dev0/q0 register_write register_name=queue_driver register_offset=0x28 width=8 value=0x50000080
--     driver dev0/q0 register_write register_name=queue_device register_offset=0x30 width=8 value=0x50000100
--     driver dev0/q0 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: inconclusive: word 1 was never written, and so nobody knows what bit 27 is
--     platform dev0 device_appeared value=2 note="blk"
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=4 region_origin=capability slot=2
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0x8000000 feature_word=0
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0/q0 register_write register_name=queue_size register_offset=0x18 width=2 value=8
--     driver dev0/q0 register_write register_name=queue_desc register_offset=0x20 width=8 value=0x50000000
--     driver dev0/q0 register_write register_name=queue_driver register_offset=0x28 width=8 value=0x50000080
--     driver dev0/q0 register_write register_name=queue_device register_offset=0x30 width=8 value=0x50000100
--     driver dev0/q0 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: holds: only mappings are recorded, and the doorbell behind one hands it over
--     given: system-only
--     sees: driver.map, driver.unmap, driver.doorbell, driver.register_write, platform.region_mapped
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=9 region_origin=declared
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=11
--     driver dev0/q0 doorbell register_offset=0x0 width=2 value=0
--
-- ## Example: violated: likewise, and the buffer was not bounced
--     given: system-only
--     sees: driver.map, driver.unmap, driver.doorbell, driver.register_write, platform.region_mapped
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=9 region_origin=declared
--     driver dev0/q0 map part=payload address=bus:0x200000 length=16 direction=to_device mapping_id=11
--     driver dev0/q0 doorbell register_offset=0x0 width=2 value=0
--
-- ## Example: violated: no doorbell was needed, and the interrupt's context takes the mapping back
--     given: system-only
--     sees: driver.map, driver.unmap, driver.doorbell, driver.register_write, platform.region_mapped
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=9 region_origin=declared
--     driver/1 dev0/q0 map part=payload address=bus:0x200000 length=16 direction=to_device mapping_id=11
--     driver/2 dev0/q0 unmap part=payload address=bus:0x200000 length=16 direction=to_device mapping_id=11
--
-- ## Example: inconclusive: mapped outside, and taken back by the same thread: adding the chain may have failed
--     given: system-only
--     sees: driver.map, driver.unmap, driver.doorbell, driver.register_write, platform.region_mapped
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=9 region_origin=declared
--     driver/1 dev0/q0 map part=payload address=bus:0x200000 length=16 direction=to_device mapping_id=11
--     driver/1 dev0/q0 unmap part=payload address=bus:0x200000 length=16 direction=to_device mapping_id=11
--     driver/1 dev0/q0 doorbell register_offset=0x0 width=2 value=0
--
-- ## Example: inconclusive: the doorbell of another thread may come before the chain is complete
--     given: system-only
--     sees: driver.map, driver.unmap, driver.doorbell, driver.register_write, platform.region_mapped
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=9 region_origin=declared
--     driver/1 dev0/q0 map part=payload address=bus:0x200000 length=16 direction=to_device mapping_id=11
--     driver/2 dev0/q0 doorbell register_offset=0x0 width=2 value=0
--
-- ## Example: inconclusive: memory of which the driver may have passed a part, and that part lies who knows where
--     given: system-only
--     sees: driver.map, driver.unmap, driver.doorbell, driver.register_write, platform.region_mapped
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=9 region_origin=declared
--     driver dev0 map part=unknown address=bus:0x4fff0000 length=0x20000 direction=from_device mapping_id=11
--     driver dev0/q0 doorbell register_offset=0x0 width=2 value=0
--
-- ## Example: inconclusive: without ACCESS_PLATFORM nothing is mapped, and what is passed is not seen
--     given: system-only
--     sees: driver.map, driver.unmap, driver.doorbell, driver.register_write, platform.region_mapped
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=9 region_origin=declared
--     driver dev0/q0 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--     driver dev0/q0 doorbell register_offset=0x0 width=2 value=0
--
-- ## Example: inconclusive: a buffer is mapped for a device that the recording does not tell
--     given: system-only
--     sees: driver.map, driver.unmap, driver.doorbell, driver.register_write, platform.region_mapped
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=9 region_origin=declared
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=11
--     driver dev0/q0 doorbell register_offset=0x0 width=2 value=0
--     driver map part=payload address=bus:0x50002000 length=16 direction=to_device mapping_id=12
with passed as (
    select device, queue, publication, head, slot, stored, address, is_bus, size, 'descriptor ' || slot || ' of chain ' || head as thing
    from driver_buffer
    where not is_indirect
    union all
    select device, queue, sequence, head, slot, sequence, address, true, size, 'descriptor ' || slot || ' of chain ' || coalesce(head::varchar, 'unknown')
    from shown_buffer where not is_indirect and not is_table
    union all
    -- What lies behind the last hop that was followed is not known, nor what an index that jumps has published.
    select device, queue, publication, head, null, stored, null, null, null, null
    from chain_descriptor
    where link = 'too_long'
    union all
    select device, queue, sequence, null, null, null, null, null, null, null
    from unknown_progress where step = 'publish'
    union all
    select device, queue, passed, null, null, mapped, address, true, size, 'a buffer that the driver mapped and passed'
    from mapped_buffer
    where passed is not null and part = 'payload'
),
judged as (
    select
        p.publication, p.stored, p.device, p.queue, p.slot, p.head, p.thing, p.address, p.size, c.confinement,
        ranges_contain(c.allowed, if(p.is_bus, p.address, null), p.size) as is_inside
    from passed as p
    asof join driver_confinement as c on c.device = p.device and p.publication >= c.since
    where c.confinement is not null
),
-- Whether the device got it, or which part of it, is not known: only what is all inside is beyond doubt.
doubtful as (
    select m.mapped, m.passed, m.device, m.queue, m.address, m.size, c.confinement, ranges_contain(c.allowed, m.address, m.size) as is_inside
    from mapped_buffer as m
    asof join driver_confinement as c on c.device = m.device and m.mapped >= c.since
    where c.confinement is not null and m.part <> 'indirect_table' and (m.passed is null or m.part = 'unknown')
)
select
    publication as sequence, least(publication, stored) as since, device, queue,
    breaks_confinement(confinement, is_inside) as violated,
    slot, head, thing, format('0x{:x}', address) as address, size as length, confinement
from judged
union all
select coalesce(passed, mapped), mapped, device, queue,
    if(is_inside, breaks_confinement(confinement, true), null), null, null, 'memory that the driver mapped', format('0x{:x}', address), size, confinement
from doubtful
where is_inside is not true or passed is not null
union all
-- A buffer of nobody knows which device may be any device's.
select m.mapped, m.mapped, null, null, null, null, null, 'a buffer that the driver mapped', null, null, null
from mapped_buffer as m
where m.device is null and exists (select 1 from driver_confinement as c where c.confinement is not null)
