-- id: NOTIF-001
-- title: A doorbell is 16 bits wide, with NOTIFICATION_DATA 32
-- level: MUST
-- side: driver
-- spec: drivernormative: Virtio Transport Options / Virtio Over PCI Bus / PCI-specific Initialization And Device
--     Operation / Available Buffer Notifications
--     (Driver Requirements: Available Buffer Notifications)
-- row: NOTIF-001
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.doorbell|device.doorbell, driver.register_write|device.register_write
-- judges: doorbell widths
-- uses: driver_doorbell, driver_negotiation
-- message: doorbell of queue {queue} written with {width} bytes instead of {expected}
--
-- ## Why
-- The device decodes a doorbell by its width: with NOTIFICATION_DATA the upper half carries the ring position, without
-- it there is no upper half. A device that gets the wrong width drops the write, or takes the index for a position.
-- The sentences bind PCI; virtio-mmio always writes 32 bits, and an eventfd has no width.
--
-- ## Likely causes
-- A 32-bit write helper used for every register; a driver that accepted NOTIFICATION_DATA with all other offered bits.
--
-- ## What to look at
-- driver_feature word 1, bit 6 (feature 38).
--
-- ## Example: holds
--     given: negotiated-registers
--     driver dev0/q0 doorbell value=0 width=2 address=bar:0x1000
--
-- ## Example: violated: 32 bits without the feature
--     given: negotiated-registers
--     driver dev0/q0 doorbell value=0 width=4 address=bar:0x1000
--
-- ## Example: holds: 32 bits with the feature
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x41
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--     driver dev0 register_read register_name=device_status address=bar:0x14 value=11
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=15
--     driver dev0/q0 doorbell value=0x10000 width=4 address=bar:0x1000
--
-- ## Example: violated: 16 bits with the feature
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x41
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--     driver dev0 register_read register_name=device_status address=bar:0x14 value=11
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=15
--     driver dev0/q0 doorbell value=0 width=2 address=bar:0x1000
--
-- ## Example: holds: the legacy interface
--     driver dev0 register_write register_name=device_status address=io:0x12 value=0
--     driver dev0 register_write register_name=driver_feature address=io:0x4 feature_word=0 value=0
--     driver dev0/q0 register_write register_name=queue_page_frame address=io:0x8 value=0x100
--     driver dev0 register_write register_name=device_status address=io:0x12 value=7
--     driver dev0/q0 doorbell value=0 width=2 address=io:0x10
--
-- ## Example: vacuous: virtio-mmio writes 32 bits
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=0
--     driver dev0 register_write register_name=driver_feature address=mmio:0x20 feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=15
--     driver dev0/q0 doorbell value=0 width=4 address=mmio:0x50
--
-- ## Example: inconclusive: the feature word was not seen
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=15
--     driver dev0/q0 doorbell value=0 width=2 address=bar:0x1000
--
-- ## Example: inconclusive: the width was not recorded
--     given: negotiated-registers
--     driver dev0/q0 doorbell value=0
--
-- ## Example: holds: both sides recorded each doorbell, the device it as an eventfd
--     given: negotiated-registers
--     driver dev0/q0 doorbell value=0 width=2 address=bar:0x1000
--     device dev0/q0 doorbell value=1
--
-- ## Example: holds: only the device recorded doorbells
--     given: negotiated-registers
--     device dev0/q0 doorbell value=0 width=2 address=bar:0x1000
--
-- ## Example: vacuous: an eventfd of a vhost-user front end has no width
--     driver dev0 message_sent value=12
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=1
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0/q1 doorbell value=1
--
-- ## Example: inconclusive: the doorbell belongs to what was negotiated before the recording
--     driver dev0/q0 doorbell value=0x10000 width=4 address=bar:0x1000
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--
-- ## Example: violated: each device by its own features
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev1 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x41
--     driver dev1 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=15
--     driver dev1 register_write register_name=device_status address=bar:0x14 value=15
--     driver dev0/q0 doorbell value=0x10000 width=4 address=bar:0x1000
--     driver dev1/q0 doorbell value=0x10000 width=4 address=bar:0x1000
with written as (
    -- One row for each width that a queue's doorbell is written with in an epoch.
    select device, epoch, queue, width, min(sequence) as sequence
    from driver_doorbell
    group by device, epoch, queue, width
),
judged as (
    select
        w.sequence, n.since, w.device, w.queue, w.width, n.transport,
        if(n.notification_data, 4, if(n.notification_data is null, null, 2)) as expected
    from written as w
    join driver_negotiation as n on n.device = w.device and n.epoch = w.epoch
    where coalesce(n.transport, 'pci') = 'pci'
)
select
    sequence, since, device, queue,
    if(transport is null, nullif(width <> expected, true), width <> expected) as violated,
    width, expected
from judged
