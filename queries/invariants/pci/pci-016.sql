-- id: PCI-016
-- title: The driver writes no queue_size that the queue's layout does not allow
-- level: MUST
-- side: driver
-- spec: drivernormative: Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration
--     structure layout
--     (Driver Requirements: Common configuration structure layout)
-- row: PCI-016
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.register_write|device.register_write|recorder.snapshot
-- judges: queue_size writes
-- uses: driver_register, driver_negotiation
-- message: {size} written to queue_size of queue {queue}, which is {layout}
--
-- ## Why
-- A split ring's indices run freely over 16 bits and only a power of 2 divides them; a packed ring may have any size but
-- 0. The device may take the value as it stands and compute its positions with it. Which layout the queue has is decided
-- by the features of the epoch, whether the size was written before or after FEATURES_OK.
--
-- ## Likely causes
-- A size derived from memory or from the number of processors and not rounded; 0 written to give a queue up.
--
-- ## What to look at
-- The size that the device offered, and bit 34 of the accepted features.
--
-- ## Example: holds
--     given: negotiated-registers
--
-- ## Example: violated: not a power of 2
--     given: negotiated-registers
--     driver dev0/q0 register_write register_name=queue_size address=bar:0x18 width=2 value=6
--
-- ## Example: violated: 0 is none either
--     driver dev0/q0 register_write register_name=queue_size address=bar:0x18 width=2 value=0
--
-- ## Example: holds: a packed ring may have six entries
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x5
--     driver dev0/q0 register_write register_name=queue_size address=bar:0x18 width=2 value=6
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--     driver dev0 register_read register_name=device_status address=bar:0x14 value=11
--
-- ## Example: violated: a packed ring of no entries
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x5
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--     driver dev0 register_read register_name=device_status address=bar:0x14 value=11
--     driver dev0/q0 register_write register_name=queue_size address=bar:0x18 width=2 value=0
--
-- ## Example: inconclusive: the layout is not known
--     driver dev0/q0 register_write register_name=queue_size address=bar:0x18 width=2 value=6
--
-- ## Example: vacuous: virtio-mmio has its own sentence
--     driver dev0/q0 register_write register_name=queue_size address=mmio:0x38 width=4 value=6
--
-- ## Example: vacuous: the largest size, read before packed rings are negotiated, is no write
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0/q0 register_read register_name=queue_size address=bar:0x18 value=6
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x5
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--     driver dev0 register_read register_name=device_status address=bar:0x14 value=11
--     driver dev0/q0 register_write register_name=queue_enable address=bar:0x1c value=1
--
-- ## Example: inconclusive: nothing says which transport
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=6
--
-- ## Example: vacuous: a vhost-user front end
--     driver dev0 message_sent value=8
--     driver dev0/q0 register_write register_name=queue_size value=6
--
-- ## Example: violated at 5: both sides recorded it
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--     driver dev0 register_read register_name=device_status address=bar:0x14 value=11
--     #5 driver dev0/q0 register_write register_name=queue_size address=bar:0x18 width=2 value=6
--     #6 device dev0/q0 register_write register_name=queue_size address=bar:0x18 width=2 value=6
--
-- ## Example: inconclusive: the value is not recorded
--     given: negotiated-registers
--     driver dev0/q0 register_write register_name=queue_size address=bar:0x18 width=2
with written as (
    select
        r.sequence, n.since, r.device, r.queue, r.value & 65535 as size, n.transport,
        if(n.features_written is null and not coalesce(n.legacy, false), null, n.ring_packed) as is_packed
    from driver_register as r
    asof join driver_negotiation as n on n.device = r.device and r.sequence >= n.since
    where r.access = 'write' and r.register_name = 'queue_size' and coalesce(n.transport, 'pci') = 'pci'
),
judged as (
    select
        sequence, since, device, queue, size, transport, is_packed,
        case when size = 0 then true
             when bit_count(size) = 1 then false
             when bit_count(size) > 1 then not is_packed
        end as is_bad
    from written
)
select
    sequence, since, device, queue,
    if(transport is null, nullif(is_bad, true), is_bad) as violated,
    size, if(is_packed, 'packed', if(is_packed is null, 'split or packed', 'split')) as layout
from judged
