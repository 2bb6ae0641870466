-- id: IND-001
-- title: Indirect descriptors only where VIRTIO_F_INDIRECT_DESC is negotiated
-- level: MUST
-- side: driver
-- spec: drivernormative: Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Descriptor Table / Indirect
--     Descriptors (Driver Requirements: Indirect Descriptors)
-- row: IND-001
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.store, driver.register_write
-- judges: chains
-- uses: driver_chain, features_in_force
-- message: descriptor {slot} of the chain with head {head} has the INDIRECT flag, but VIRTIO_F_INDIRECT_DESC is not
--     negotiated
--
-- ## Why
-- A device that did not negotiate the feature takes the descriptor for an ordinary buffer: it reads the table as the
-- request, or writes its answer over it.
--
-- ## Likely causes
-- The driver tests what the device offers instead of what it accepted itself; the feature was lost in a second negotiation
-- (after a reset) while the queue code kept the old answer.
--
-- ## What to look at
-- driver_feature word 0, bit 28, of this epoch.
--
-- ## Example: holds
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=16 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: violated
--     given: split-queue-plain
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=16 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: holds: direct descriptors need no feature
--     given: split-queue-plain
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: vacuous: the flag on a descriptor that is not published
--     given: split-queue-plain
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=16 flags=0x4 next_slot=0
--
-- ## Example: inconclusive: nobody saw word 0 of the accepted features
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=4
--     driver dev0/q0 register_write register_name=queue_desc value=0x10000
--     driver dev0/q0 register_write register_name=queue_driver value=0x10100
--     driver dev0/q0 register_write register_name=queue_device value=0x10200
--     driver dev0/q0 register_write register_name=queue_enable value=1
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=16 flags=0x4 next_slot=0
--     driver dev0/q0 store part=indirect_descriptor slot=0 address=bus:0x30000 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: holds: after a reset nothing is published, whatever the driver stores
--     given: split-queue-plain
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--     driver dev0 register_write register_name=device_status value=0 ordering=release/mmio
--     device dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x30000 size=16 flags=0x4 next_slot=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=65535
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=0
select
    c.publication as sequence,
    least(c.since, f.since) as since,
    c.device,
    c.queue,
    case when f.indirect_desc then false
         when c.indirect_slot is not null then not f.indirect_desc
         when c.is_whole then false
    end as violated,
    c.head,
    c.indirect_slot as slot
from driver_chain as c
asof left join features_in_force as f
    on f.device = c.device and f.side = 'driver' and c.publication >= f.since
