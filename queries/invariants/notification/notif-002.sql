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
-- uses: driver_doorbell, driver_negotiation, driver_register, transport
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
with name_read as (
    select device, queue, sequence, value
    from driver_register
    where access = 'read' and register_name = 'queue_notif_config_data' and queue is not null
),
written as (
    -- One row for each name that a queue's doorbell is written with in an epoch.
    select device, epoch, queue, value & 65535 as named, min(sequence) as sequence
    from driver_doorbell
    group by device, epoch, queue, named
),
judged as (
    select
        w.sequence, n.since, w.device, w.queue, w.named, t.transport,
        case when n.notif_config_data then if(r.sequence > n.since, r.value & 65535, null)
             when not n.notif_config_data then w.queue
        end as expected
    from written as w
    join driver_negotiation as n on n.device = w.device and n.epoch = w.epoch
    left join transport as t on t.device = w.device
    asof left join name_read as r on r.device = w.device and r.queue = w.queue and w.sequence >= r.sequence
    where coalesce(t.transport, 'pci') = 'pci'
)
select
    sequence, since, device, queue,
    if(transport is null, nullif(named <> expected, true), named <> expected) as violated,
    named, expected
from judged
