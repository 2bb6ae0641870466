-- id: PCI-013
-- title: The device presents queue_size 0 for a queue that it does not have
-- level: MUST
-- side: device
-- spec: devicenormative: Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration
--     structure layout
--     (Device Requirements: Common configuration structure layout)
-- row: PCI-013
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: device.register_read|driver.register_read
-- judges: queue sizes presented
-- uses: device_register, device_negotiation, has_feature, range_end
-- message: queue_size of queue {queue} reads {size}, and the device has {queues} queues
--
-- ## Why
-- Size 0 is how a driver learns that a queue does not exist. One that finds another size sets the queue up, puts
-- buffers in and waits: nobody will ever use them. Judged are the queues beyond num_queues that are no administration
-- queues; of one below it nothing else says whether it is there.
--
-- ## Likely causes
-- Registers of the queue selected before still shown after queue_select went out of range; a default size presented
-- without a look at the index.
--
-- ## What to look at
-- The queue_select write before the read, and num_queues.
--
-- ## Example: holds
--     given: negotiated-registers
--     driver dev0/q1 register_read register_name=queue_size address=bar:0x18 width=2 value=0
--
-- ## Example: violated
--     given: negotiated-registers
--     driver dev0/q1 register_read register_name=queue_size address=bar:0x18 width=2 value=8
--
-- ## Example: vacuous: how many queues there are was never read
--     driver dev0/q1 register_read register_name=queue_size address=bar:0x18 width=2 value=8
--
-- ## Example: vacuous: an administration queue lies beyond num_queues
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x201
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--     driver dev0 register_read register_name=device_status address=bar:0x14 value=11
--     driver dev0 register_read register_name=num_queues address=bar:0x12 value=1
--     driver dev0 register_read register_name=admin_queue_index address=bar:0x3c value=4
--     driver dev0 register_read register_name=admin_queue_num address=bar:0x3e value=1
--     driver dev0/q4 register_read register_name=queue_size address=bar:0x18 value=8
--
-- ## Example: inconclusive: where the administration queues are was never read
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x201
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--     driver dev0 register_read register_name=device_status address=bar:0x14 value=11
--     driver dev0 register_read register_name=num_queues address=bar:0x12 value=1
--     driver dev0/q4 register_read register_name=queue_size address=bar:0x18 value=8
--
-- ## Example: inconclusive: administration queues are offered and were declined
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_read register_name=device_feature address=bar:0x4 feature_word=1 value=0x201
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--     driver dev0 register_read register_name=num_queues address=bar:0x12 value=1
--     driver dev0/q4 register_read register_name=queue_size address=bar:0x18 value=8
--
-- ## Example: violated at 4: both sides recorded the read
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x1
--     device dev0 register_read register_name=num_queues address=bar:0x12 value=1
--     #4 device dev0/q1 register_read register_name=queue_size address=bar:0x18 value=8
--     #5 driver dev0/q1 register_read register_name=queue_size address=bar:0x18 value=8
--
-- ## Example: vacuous: another device has fewer queues
--     driver dev0 register_read register_name=num_queues address=bar:0x12 value=2
--     driver dev1 register_read register_name=num_queues address=bar:0x12 value=1
--     driver dev0/q1 register_read register_name=queue_size address=bar:0x18 value=8
--     driver dev1/q0 register_read register_name=queue_size address=bar:0x18 value=8
--
-- ## Example: inconclusive: read before anything was negotiated, and the recording ends there
--     driver dev0 register_read register_name=num_queues address=bar:0x12 value=1
--     driver dev0/q4 register_read register_name=queue_size address=bar:0x18 value=8
with presented as (
    select device, queue, sequence, value
    from device_register
    where access = 'read' and register_name = 'queue_size' and queue is not null
),
told as (
    -- The device's numbers of queues do not change while it is there.
    select
        device,
        min(sequence) filter (register_name = 'num_queues') as told_at,
        max(value) filter (register_name = 'num_queues') as queues,
        max(value) filter (register_name = 'admin_queue_index') as admin_first,
        max(value) filter (register_name = 'admin_queue_num') as admin_count
    from device_register
    where access = 'read' and register_name in ('num_queues', 'admin_queue_index', 'admin_queue_num')
    group by device
),
judged as (
    select
        p.sequence, least(t.told_at, p.sequence) as since, p.device, p.queue, p.value, t.queues,
        has_feature(n.accepted, n.accepted_known, 41) as has_admin_queues,
        has_feature(n.offered, n.offered_known, 41) as may_have_admin_queues,
        p.queue >= t.admin_first and p.queue < range_end(t.admin_first, t.admin_count) as is_admin_queue
    from presented as p
    join told as t on t.device = p.device
    asof join device_negotiation as n on n.device = p.device and p.sequence >= n.since
    where p.queue >= t.queues and n.transport is distinct from 'mmio'
)
select
    sequence, since, device, queue,
    -- A queue there may be an administration queue, which a device need not hide from a driver that does not want any.
    case when value = 0 then false
         when is_admin_queue is false or (has_admin_queues is false and may_have_admin_queues is distinct from true)
         then value > 0
    end as violated,
    value as size, queues
from judged
where not coalesce(has_admin_queues and is_admin_queue, false)
