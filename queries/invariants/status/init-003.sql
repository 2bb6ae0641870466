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
-- uses: driver_register, driver_doorbell, status_timeline, has_bits
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
with attempt as (
    select device, epoch, sequence, value,
        lead(sequence) over (partition by device, epoch order by sequence) as next_attempt
    from status_timeline
    where side = 'driver' and action = 'written' and has_bits(value, 8) and not has_bits(coalesce(written_before, 0), 8)
),
progress as (
    select device, sequence, register_name as what
    from driver_register
    where access = 'write'
      and (register_name in ('queue_size', 'queue_desc', 'queue_desc_low', 'queue_desc_high', 'queue_driver',
               'queue_driver_low', 'queue_driver_high', 'queue_device', 'queue_device_low', 'queue_device_high',
               'queue_enable', 'device_config')
           or (register_name = 'device_status' and has_bits(value, 4)))
    union all
    select device, sequence, 'a doorbell'
    from driver_doorbell
),
boundary as (
    select device, epoch, min(sequence) as since
    from status_timeline
    where side = 'driver'
    group by device, epoch
),
judged as (
    select
        a.device, a.sequence, least(a.next_attempt, b.since) as until,
        r.sequence as read_back, r.value as status, p.sequence as went_on, p.what
    from attempt as a
    asof left join (
        select device, sequence, value from status_timeline where side = 'driver' and action = 'read') as r
        on r.device = a.device and r.sequence > a.sequence
    asof left join progress as p on p.device = a.device and p.sequence >= a.sequence
    asof left join boundary as b on b.device = a.device and b.since > a.sequence
),
bounded as (
    select
        device, sequence,
        if(read_back < coalesce(until, read_back + 1), read_back, null) as read_back,
        status,
        if(went_on < coalesce(until, went_on + 1), went_on, null) as went_on,
        what
    from judged
)
select
    coalesce(went_on, read_back) as sequence, sequence as since, device, null::usmallint as queue,
    case when went_on is null then false
         when read_back is null or read_back > went_on then true
         else not has_bits(status, 8)
    end as violated,
    what as progress,
    if(read_back < went_on, 'it had read device status ' || status, 'it had not read device status') as answer
from bounded
where went_on is not null or read_back is not null
