-- id: SPLIT-001
-- title: Every part of a split virtqueue is aligned
-- level: MUST
-- side: driver
-- spec: drivernormative: Basic Facilities of a Virtio Device / Virtqueues (Driver Requirements: Virtqueues)
-- row: SPLIT-001
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.register_write|recorder.snapshot
-- judges: parts of queues
-- uses: queue_config
-- message: the {part} of queue {queue} is enabled at {address}, which is no multiple of {alignment}
--
-- ## Why
-- Both sides access ring words whole: an index or a 16-byte descriptor that straddles an alignment boundary may be torn,
-- and devices compute entry addresses from the base by shifts. Descriptor table: 16; available ring: 2; used ring: 4.
-- Judged where the queue is enabled: half of a 64-bit address that is written first is not yet an address.
--
-- ## Likely causes
-- A ring carved out of a larger allocation behind a header; areas packed one behind the other without rounding up (the
-- used ring behind an available ring of 6 + 2 * N bytes); the halves of an address written to each other's register.
--
-- ## What to look at
-- The queue_desc, queue_driver and queue_device writes before the queue_enable write named here.
--
-- ## Example: holds
--     given: split-queue
--
-- ## Example: violated: the used ring stands two bytes too far
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
--     driver dev0/q0 register_write register_name=queue_size value=4
--     driver dev0/q0 register_write register_name=queue_desc value=0x10000
--     driver dev0/q0 register_write register_name=queue_driver value=0x10100
--     driver dev0/q0 register_write register_name=queue_device value=0x10202
--     driver dev0/q0 register_write register_name=queue_enable value=1
--
-- ## Example: holds: a misaligned half, corrected before the queue is enabled
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
--     driver dev0/q0 register_write register_name=queue_size value=4
--     driver dev0/q0 register_write register_name=queue_desc_high value=1
--     driver dev0/q0 register_write register_name=queue_desc_low value=0x10008
--     driver dev0/q0 register_write register_name=queue_desc_low value=0x10010
--     driver dev0/q0 register_write register_name=queue_driver value=0x10102
--     driver dev0/q0 register_write register_name=queue_device value=0x10204
--     driver dev0/q0 register_write register_name=queue_enable value=1
--
-- ## Example: inconclusive: a recording that began between the two halves
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_desc_high value=0
--     driver dev0/q0 register_write register_name=queue_enable value=1
--
-- ## Example: vacuous: a packed ring, which has alignments of its own
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=5
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=4
--     driver dev0/q0 register_write register_name=queue_desc value=0x10000
--     driver dev0/q0 register_write register_name=queue_driver value=0x10100
--     driver dev0/q0 register_write register_name=queue_device value=0x10202
--     driver dev0/q0 register_write register_name=queue_enable value=1
--
-- ## Example: violated: queue areas at the end of the address space
--     driver dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=4
--     driver dev0/q0 register_write register_name=queue_desc value=0xfffffffffffffff8
--     driver dev0/q0 register_write register_name=queue_driver value=0xfffffffffffffffe
--     driver dev0/q0 register_write register_name=queue_device value=0xfffffffffffffffc
--     driver dev0/q0 register_write register_name=queue_enable value=1
with queue_part as (
    select
        q.device, q.queue, coalesce(q.first_write, q.since) as first_write, q.since as enabled, q.is_packed,
        unnest([
            {name: 'descriptor table', address: q.desc_address, alignment: 16},
            {name: 'available ring', address: q.driver_address, alignment: 2},
            {name: 'used ring', address: q.device_address, alignment: 4}
        ]) as part
    from queue_config as q
    where q.side = 'driver' and q.is_packed is distinct from true
)
select
    enabled as sequence,
    first_write as since,
    device,
    queue,
    not is_packed and part.address % part.alignment <> 0 as violated,
    part.name as part,
    part.address as address,
    part.alignment as alignment
from queue_part
