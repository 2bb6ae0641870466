-- id: INIT-001
-- title: The driver initializes a device in the order that the specification gives
-- level: MUST
-- side: driver
-- spec: drivernormative: General Initialization And Device Operation / Device Initialization (Driver Requirements:
--     Device Initialization)
-- row: INIT-001
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.register_write|device.register_write
-- judges: steps of initialization
-- uses: driver_register, driver_negotiation, status_timeline
-- message: {step} comes before {missing}
--
-- ## Why
-- Reset, ACKNOWLEDGE, DRIVER, features, FEATURES_OK, setup of the queues, DRIVER_OK: each step rests on the one before.
-- A queue that is set up before FEATURES_OK has a layout that is not settled yet; a device that never was reset may
-- still use what another driver gave it. Bits that one write sets together are in order. Over the legacy interface
-- there is no FEATURES_OK. That status is read again after FEATURES_OK is INIT-003. What is said to a device that is
-- gone, and what a vhost-user front end says to its back end, is not judged.
--
-- ## Likely causes
-- Queues allocated by a bus layer before the driver proper negotiates; a boot loader's device taken over without a
-- reset; a resume path that restores registers in their numerical order.
--
-- ## What to look at
-- The device_status writes of this epoch, and whether a reset (a write of 0) begins it.
--
-- ## Example: holds
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=1
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=8
--     driver dev0/q0 register_write register_name=queue_enable value=1
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: violated: DRIVER without ACKNOWLEDGE
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=2
--
-- ## Example: violated: never reset since it appeared
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status value=1
--
-- ## Example: violated: features before DRIVER
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=1
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0 register_write register_name=device_status value=3
--
-- ## Example: violated: a queue before FEATURES_OK
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0/q0 register_write register_name=queue_desc_low value=0x1000
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: violated: DRIVER_OK without FEATURES_OK on the modern registers
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0 register_read register_name=config_generation value=0
--     driver dev0 register_write register_name=device_status value=7
--
-- ## Example: holds: two bits at once, and queue registers read early
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0/q0 register_write register_name=queue_select value=0
--     driver dev0/q0 register_read register_name=queue_size value=8
--     driver dev0 register_write register_name=device_status value=3
--
-- ## Example: holds: the legacy interface knows no FEATURES_OK
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=1
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0/q0 register_write register_name=queue_page_frame value=0x100
--     driver dev0 register_write register_name=device_status value=7
--
-- ## Example: holds: resuming sets DRIVER_OK a second time
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0 register_write register_name=device_status value=31
--     driver dev0 register_write register_name=device_status value=27
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: inconclusive: the recording begins in the middle
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: holds: virtio-mmio queues are switched off behind the reset that ends their use
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=0
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=3
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=11
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=15
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=0
--     driver dev0/q0 register_write register_name=queue_select address=mmio:0x30 value=0
--     driver dev0/q0 register_write register_name=queue_enable address=mmio:0x44 value=0
--     driver dev0/q0 register_read register_name=queue_enable address=mmio:0x44 value=0
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=1
--
-- ## Example: inconclusive: nobody recorded device status
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0/q0 register_write register_name=queue_desc_low value=0x1000
--     driver dev0/q0 register_write register_name=queue_enable value=1
--
-- ## Example: vacuous: a vhost-user front end has an order of its own
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 message_sent value=2
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0 register_write register_name=device_status value=8
--     driver dev0/q0 register_write register_name=queue_desc value=0x7f0000000000 target_space=front_end
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: inconclusive: snapshots tell what was before
--     platform dev0 device_appeared value=2 note="blk"
--     recorder dev0 snapshot register_name=device_status value=15 note=register_write
--     driver dev0 register_write register_name=device_status value=143
--
-- ## Example: inconclusive: the first look shows that somebody had initialized it
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: inconclusive: a status write of unknown value may have been the reset, and what follows rests on it
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status
--     driver dev0 register_write register_name=device_status value=8
--
-- ## Example: holds: a device that is gone reads as all ones
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_write register_name=device_status value=15
--     platform dev0 device_removed
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_status value=255
--     driver dev0 register_write register_name=device_status value=255
--
-- ## Example: violated: plugged in again, and not reset
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=15
--     platform dev0 device_removed
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status value=1
--
-- ## Example: holds: refused, and asked again with FEATURES_OK still in the value
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_enable value=1
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: holds: only the device recorded registers
--     device dev0 register_write register_name=device_status value=0
--     device dev0 register_write register_name=device_status value=3
--     device dev0 register_write register_name=driver_feature feature_word=0 value=0
--     device dev0 register_write register_name=device_status value=11
--     device dev0/q0 register_write register_name=queue_enable value=1
--     device dev0 register_write register_name=device_status value=15
--
-- ## Example: holds: two devices whose steps interleave
--     driver dev0 register_write register_name=device_status value=0
--     driver dev1 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev1 register_write register_name=device_status value=3
--     driver dev0/q0 register_write register_name=queue_enable value=1
--     driver dev1 register_write register_name=device_status value=11
--     driver dev1/q0 register_write register_name=queue_enable value=1
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: vacuous: given up at first sight
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status value=128
with written as (
    select
        s.device, s.epoch, s.sequence, s.value,
        coalesce(s.written_before, if(n.state_known, 0::ubigint, null)) as before
    from status_timeline as s
    join driver_negotiation as n on n.device = s.device and n.epoch = s.epoch
    where s.side = 'driver' and s.action = 'written' and s.value is distinct from 0
      and n.begun_by <> 'removed' and n.transport is distinct from 'vhost_user'
),
setting as (
    -- The first write to driver_feature, and the first to a setup register of each queue, in an epoch. Switching a queue
    -- off is no setup: virtio-mmio drivers do it behind the reset.
    select
        r.device, n.epoch, r.queue, min(r.sequence) as sequence,
        r.register_name = 'driver_feature' as is_feature
    from driver_register as r
    asof join driver_negotiation as n on n.device = r.device and r.sequence >= n.since
    where r.access = 'write'
      and (r.register_name in ('driver_feature', 'queue_size', 'queue_desc', 'queue_desc_low', 'queue_desc_high',
              'queue_driver', 'queue_driver_low', 'queue_driver_high', 'queue_device', 'queue_device_low',
              'queue_device_high')
           or (r.register_name = 'queue_enable' and r.value <> 0))
      and n.begun_by <> 'removed' and n.transport is distinct from 'vhost_user'
    group by r.device, n.epoch, r.queue, is_feature
),
step as (
    select w.device, w.epoch, w.sequence, null::usmallint as queue, b.step, b.missing, b.needed, before | value as bits
    from written as w
    cross join (values
        (2, 'DRIVER', 'ACKNOWLEDGE', 1),
        (8, 'FEATURES_OK', 'DRIVER', 2),
        (4, 'DRIVER_OK', 'FEATURES_OK', 8)) as b(bit, step, missing, needed)
    where w.value & b.bit <> 0 and coalesce(w.before, 0) & b.bit = 0
    union all
    select
        s.device, s.epoch, s.sequence, s.queue,
        if(s.is_feature, 'the first accepted feature word', 'setup of queue ' || coalesce(s.queue::varchar, '?')),
        if(s.is_feature, 'DRIVER', 'FEATURES_OK'), if(s.is_feature, 2, 8),
        if(w.sequence is null, if(n.state_known, 0::ubigint, null), w.before | w.value)
    from setting as s
    join driver_negotiation as n on n.device = s.device and n.epoch = s.epoch
    asof left join written as w on w.device = s.device and w.epoch = s.epoch and s.sequence >= w.sequence
)
select
    s.sequence, n.since, s.device, s.queue,
    if(s.missing = 'FEATURES_OK' and n.legacy is null, nullif(s.bits & s.needed = 0, true), s.bits & s.needed = 0)
        as violated,
    s.step, s.missing
from step as s
join driver_negotiation as n on n.device = s.device and n.epoch = s.epoch
where s.missing <> 'FEATURES_OK' or n.legacy is distinct from true
union all
select
    min(w.sequence), n.since, w.device, null,
    case n.begun_by when 'reset' then false when 'recording' then null else true end,
    'ACKNOWLEDGE', 'a reset'
from written as w
join driver_negotiation as n on n.device = w.device and n.epoch = w.epoch
where w.value & 15 <> 0
group by w.device, n.since, n.begun_by
