-- id: SPLIT-002
-- title: The size of a split virtqueue is a power of 2
-- level: MUST
-- side: driver
-- spec: drivernormative: Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration
--     structure layout (Driver Requirements: Common configuration structure layout)
-- row: SPLIT-002
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.register_write|recorder.snapshot
-- judges: queue sizes
-- uses: driver_register, driver_negotiation
-- message: queue_size of queue {queue} is set to {size}, which is no power of 2 up to 32768
--
-- ## Why
-- Ring positions are free-running 16-bit indices modulo the queue size. Only where the size divides 2^16 does the
-- position survive the wrap from 65535 to 0; with any other size the two sides disagree from that moment on.
-- Packed rings may have any size. The bound of 32768 is the specification's text ("the maximum Queue Size value").
--
-- ## Likely causes
-- A driver that halves or trims the device's size to fit a memory budget and does not round down; a byte count written
-- instead of a count of entries; 0 written to give a queue up (a queue is given up by not enabling it).
--
-- ## What to look at
-- The queue_size read before it: what did the device offer? Then the driver's arithmetic.
--
-- ## Example: holds
--     given: split-queue
--
-- ## Example: violated: a size trimmed to six entries
--     given: split-queue
--     driver dev0 register_write register_name=device_status value=0
--     device dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=1
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=6
--
-- ## Example: vacuous: a packed ring of six entries
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=5
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=6
--
-- ## Example: inconclusive: nothing shows whether the ring is packed
--     driver dev0/q0 register_write register_name=queue_size value=6
--
-- ## Example: violated: no entries at all
--     driver dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=0
--
-- ## Example: violated: 65535 entries
--     driver dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=65535
--
-- ## Example: holds: the greatest size
--     driver dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=32768
select
    r.sequence,
    n.since,
    r.device,
    r.queue,
    not n.ring_packed and (bit_count(r.value) <> 1 or r.value > 32768) as violated,
    r.value as size
from driver_register as r
asof join driver_negotiation as n on n.device = r.device and r.sequence >= n.since
where r.access = 'write' and r.register_name = 'queue_size' and n.ring_packed is distinct from true
