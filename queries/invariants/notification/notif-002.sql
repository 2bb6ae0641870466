-- id: NOTIF-002
-- title: A doorbell names its queue: by index, or by queue_notif_config_data where that is negotiated
-- level: MUST
-- side: driver
-- spec: drivernormative: Virtio Transport Options / Virtio Over PCI Bus / PCI-specific Initialization And Device
--     Operation / Available Buffer Notifications
--     (Driver Requirements: Available Buffer Notifications)
-- row: NOTIF-002
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.doorbell|device.doorbell, driver.register_write|device.register_write
-- judges: doorbell values
-- uses: driver_doorbell, driver_negotiation, driver_register
-- message: doorbell of queue {queue} names {named} instead of {expected}
--
-- ## Why
-- Queues may share one notification address; the value then is all that tells them apart, and with the wrong one the
-- device looks at another queue, or at none. With NOTIFICATION_DATA (38) the lower 16 bits are the name. With
-- NOTIF_CONFIG_DATA (39) it is what queue_notif_config_data returned for the queue. (The bullet in the chapter's text
-- that ties this to NOTIFICATION_DATA is a slip; its normative block says NOTIF_CONFIG_DATA.)
--
-- ## Likely causes
-- The index of the last selected queue; queue_notify_off, or an offset in bytes, written as the value.
--
-- ## What to look at
-- The doorbell's address beside its value: queue_notify_off times notify_off_multiplier gives the place, not the value.
--
-- ## Example: holds
--     given: negotiated-registers
--     driver dev0/q0 doorbell value=0 width=2 address=bar:0x1000
--     driver dev0/q1 doorbell value=1 width=2 address=bar:0x1004
--
-- ## Example: violated: the value is the offset
--     given: negotiated-registers
--     driver dev0/q1 doorbell value=4 width=2 address=bar:0x1004
--
-- ## Example: holds: with NOTIFICATION_DATA the upper half is the position
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x41
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=15
--     driver dev0/q1 doorbell value=0x50001 width=4 address=bar:0x1004
--
-- ## Example: holds: with NOTIF_CONFIG_DATA the device chooses the value
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x81
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--     driver dev0/q1 register_read register_name=queue_notif_config_data address=bar:0x38 value=0x300
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=15
--     driver dev0/q1 doorbell value=0x300 width=2 address=bar:0x1004
--
-- ## Example: violated: the index in spite of NOTIF_CONFIG_DATA
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x81
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--     driver dev0/q1 register_read register_name=queue_notif_config_data address=bar:0x38 value=0x300
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=15
--     driver dev0/q1 doorbell value=1 width=2 address=bar:0x1004
--
-- ## Example: inconclusive: what the device chose was not seen
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x81
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=15
--     driver dev0/q1 doorbell value=1 width=2 address=bar:0x1004
--
-- ## Example: vacuous: an eventfd carries no name
--     driver dev0 message_sent value=12
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=1
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0/q1 doorbell value=1
--
-- ## Example: inconclusive: without a width it may be an eventfd, whose value is a count
--     given: negotiated-registers
--     device dev0/q0 doorbell value=1
--
-- ## Example: holds: NOTIFICATION_DATA and NOTIF_CONFIG_DATA together
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0xc1
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--     driver dev0/q1 register_read register_name=queue_notif_config_data address=bar:0x38 value=0x300
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=15
--     driver dev0/q1 doorbell value=0x80070300 width=4 address=bar:0x1004
--
-- ## Example: inconclusive: what the device chose was read before the reset
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x81
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--     driver dev0/q1 register_read register_name=queue_notif_config_data address=bar:0x38 value=0x300
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x81
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=15
--     driver dev0/q1 doorbell value=0x400 width=2 address=bar:0x1004
--
-- ## Example: vacuous: virtio-mmio
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=0
--     driver dev0 register_write register_name=driver_feature address=mmio:0x20 feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=15
--     driver dev0/q1 doorbell value=0 width=4 address=mmio:0x50
--
-- ## Example: holds: legacy
--     given: legacy
--     driver dev0/q0 doorbell value=0 width=2 address=io:0xc010
--
-- ## Example: violated: the wrong queue, and the device recorded what it took it for
--     given: negotiated-registers
--     driver dev0/q1 doorbell value=0 width=2 address=bar:0x1004
--     device dev0/q0 doorbell value=0 width=2 address=bar:0x1004
with name_read as (
    select device, queue, sequence, value
    from driver_register
    where access = 'read' and register_name = 'queue_notif_config_data' and queue is not null
),
written as (
    -- One row for each name that a queue's doorbell is written with in an epoch.
    select
        device, epoch, queue, value & 65535 as named, width is not null as is_register_write, min(sequence) as sequence
    from driver_doorbell
    group by device, epoch, queue, named, is_register_write
),
judged as (
    select
        w.sequence, n.since, w.device, w.queue, w.named,
        n.transport is not null and w.is_register_write as is_bound,
        case when n.notif_config_data then if(r.sequence > n.since, r.value & 65535, null)
             when not n.notif_config_data then w.queue
        end as expected
    from written as w
    join driver_negotiation as n on n.device = w.device and n.epoch = w.epoch
    asof left join name_read as r on r.device = w.device and r.queue = w.queue and w.sequence >= r.sequence
    where coalesce(n.transport, 'pci') = 'pci'
)
select
    sequence, since, device, queue,
    if(is_bound, named <> expected, nullif(named <> expected, true)) as violated,
    named, expected
from judged
