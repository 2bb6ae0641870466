-- id: INIT-003
-- title: The driver reads status again after FEATURES_OK and stops if the bit is gone
-- level: MUST
-- side: driver
-- spec: drivernormative: General Initialization And Device Operation / Device Initialization (Driver Requirements:
--     Device Initialization)
-- row: INIT-003
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.register_write|device.register_write, driver.register_read|device.register_read
-- judges: FEATURES_OK writes
-- uses: driver_register, driver_doorbell, driver_negotiation, status_timeline, has_bits
-- message: after FEATURES_OK (sequence {since}) the driver went on with {progress}; {answer}
--
-- ## Why
-- Reading FEATURES_OK back is the only way in which a device can refuse a set of features. A driver that does not look
-- goes on with features that the device does not have, and both sides read the same memory differently.
-- Going on is: setting up a queue, writing the configuration, DRIVER_OK, a doorbell.
--
-- ## Likely causes
-- The read left out because "it always works" with one device; the value read but not tested; the read moved behind the
-- set-up of the queues.
--
-- ## What to look at
-- The first device_status read behind the write of bit 8, and what the device presented.
--
-- ## Example: holds
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=8
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: violated: never looked
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=8
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: violated: refused, and went on
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: holds: refused, and gave up
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=131
--
-- ## Example: violated: the read before the write does not count
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: inconclusive: what it read is not recorded
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: vacuous: no step behind FEATURES_OK yet
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: inconclusive: the recording begins behind the read, with DRIVER_OK
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0/q0 doorbell value=0 width=2
--
-- ## Example: vacuous: the recording begins with the read
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0/q0 doorbell value=0 width=2
--
-- ## Example: inconclusive: a snapshot tells the status
--     recorder dev0 snapshot register_name=device_status value=15 note=register_write
--     driver dev0/q0 doorbell value=0 width=2
--
-- ## Example: holds: refused, and asked again with FEATURES_OK still in the value
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: violated: refused twice
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: holds: asked until the device answers
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=8
--
-- ## Example: holds: the driver traced its writes, the device what was read
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     device dev0 register_write register_name=device_status value=11
--     device dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=8
--
-- ## Example: violated at 4: both sides recorded all that there was
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     device dev0 register_write register_name=device_status value=11
--     #4 driver dev0/q0 register_write register_name=queue_size value=8
--     #5 device dev0/q0 register_write register_name=queue_size value=8
--
-- ## Example: holds: another device goes on in the meantime
--     driver dev0 register_write register_name=device_status value=0
--     driver dev1 register_write register_name=device_status value=0
--     driver dev1 register_write register_name=device_status value=11
--     driver dev1 register_read register_name=device_status value=11
--     driver dev0 register_write register_name=device_status value=11
--     driver dev1/q0 register_write register_name=queue_size value=8
--     driver dev1 register_write register_name=device_status value=15
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=8
--
-- ## Example: vacuous: over the legacy interface the bit means nothing
--     driver dev0 register_write register_name=device_status address=io:0x12 register_offset=0x12 value=0
--     driver dev0 register_write register_name=device_status address=io:0x12 register_offset=0x12 value=11
--     driver dev0/q0 register_write register_name=queue_page_frame address=io:0x8 value=0x100
--     driver dev0 register_write register_name=device_status address=io:0x12 register_offset=0x12 value=15
--
-- ## Example: vacuous: a vhost-user front end does not read back
--     driver dev0 message_sent value=2
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=8
--     driver dev0/q0 register_write register_name=queue_size value=8
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: holds: through the window in configuration space, as the device saw it
--     device dev0 capability value=5 slot=0 register_offset=0x84
--     driver dev0 register_write register_name=pci_capability address=pci_config:0x8c register_offset=0x8c width=4 value=0x14
--     driver dev0 register_write register_name=pci_capability address=pci_config:0x94 register_offset=0x94 width=1 value=0
--     device dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=pci_capability address=pci_config:0x94 register_offset=0x94 width=1 value=11
--     device dev0 register_write register_name=device_status address=bar:0x14 value=11
--     device dev0 register_read register_name=device_status address=bar:0x14 value=11
--     driver dev0 register_read register_name=pci_capability address=pci_config:0x94 register_offset=0x94 width=1 value=11
--     driver dev0/q0 register_write register_name=queue_size address=bar:0x18 width=2 value=8
--     device dev0/q0 register_write register_name=queue_size address=bar:0x18 width=2 value=8
--
-- ## Example: vacuous: through the window, and the device recorded nothing
--     device dev0 capability value=5 slot=0 register_offset=0x84
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--     driver dev0 register_write register_name=pci_capability address=pci_config:0x8c register_offset=0x8c width=4 value=0x14
--     driver dev0 register_read register_name=pci_capability address=pci_config:0x94 register_offset=0x94 width=1 value=11
--     driver dev0/q0 register_write register_name=queue_size address=bar:0x18 width=2 value=8
--
-- ## Example: holds: through the window, and whoever recorded it decoded it
--     driver dev0 capability value=5 slot=0 register_offset=0x84
--     driver dev0 register_write register_name=pci_capability address=pci_config:0x8c register_offset=0x8c width=4 value=0x14
--     driver dev0 register_write register_name=device_status address=pci_config:0x94 width=1 value=0
--     driver dev0 register_write register_name=device_status address=pci_config:0x94 width=1 value=11
--     driver dev0 register_read register_name=device_status address=pci_config:0x94 width=1 value=11
--     driver dev0/q0 register_write register_name=queue_size address=bar:0x18 width=2 value=8
--
-- ## Example: violated: what a note says is no access
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_write register_name=device_status value=15 note="register_read"
--     driver dev0 register_read register_name=device_status value=15 note="register_write"
--
-- ## Example: inconclusive: the read may be among what was lost
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver loss value=2
--     driver dev0/q0 register_write register_name=queue_size value=8
with attempt as (
    select
        t.device, t.sequence, t.sets_features_ok,
        least(n.until, lead(t.sequence) over (partition by t.device, t.epoch order by t.sequence)) as until
    from status_timeline as t
    join driver_negotiation as n on n.device = t.device and n.epoch = t.epoch
    where t.side = 'driver' and has_bits(t.value, 8) and t.sets_features_ok is distinct from false
      and n.legacy is distinct from true and n.transport is distinct from 'vhost_user'
),
progress as (
    select device, sequence, register_name as what
    from driver_register
    where access = 'write'
      and (register_name in ('queue_size', 'queue_desc', 'queue_desc_low', 'queue_desc_high', 'queue_driver',
               'queue_driver_low', 'queue_driver_high', 'queue_device', 'queue_device_low', 'queue_device_high',
               'device_config')
           or (register_name = 'queue_enable' and value <> 0)
           or (register_name = 'device_status' and has_bits(value, 4)))
    union all
    select device, sequence, 'a doorbell'
    from driver_doorbell
),
status_read as (
    select device, sequence, value
    from status_timeline
    where side = 'driver' and action = 'read'
),
judged as (
    select
        a.device, a.sequence, a.sets_features_ok,
        if(p.sequence < coalesce(a.until, p.sequence + 1), p.sequence, null) as went_on,
        p.what,
        if(f.sequence < coalesce(a.until, f.sequence + 1), f.sequence, null) as first_read
    from attempt as a
    asof left join progress as p on p.device = a.device and p.sequence >= a.sequence
    asof left join status_read as f on f.device = a.device and f.sequence > a.sequence
),
answered as (
    -- What counts is the last answer that it had before it went on.
    select
        j.device, j.sequence, j.sets_features_ok, j.went_on, j.what, j.first_read,
        if(l.sequence > j.sequence, l.value, null) as status,
        coalesce(l.sequence > j.sequence, false) as has_read
    from judged as j
    asof left join status_read as l on l.device = j.device and coalesce(j.went_on, 0) > l.sequence
)
select
    coalesce(went_on, first_read) as sequence, sequence as since, device, null::usmallint as queue,
    case when went_on is null then false
         when not has_read then nullif(sets_features_ok is true, false)
         else not has_bits(status, 8)
    end as violated,
    what as progress,
    if(has_read, 'it had read device status ' || status, 'it had not read device status') as answer
from answered
where went_on is not null or first_read is not null
