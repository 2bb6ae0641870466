-- id: INIT-004
-- title: A driver that cannot finish the initialization says so with FAILED
-- level: SHOULD
-- side: driver
-- spec: drivernormative: General Initialization And Device Operation / Device Initialization (Driver Requirements:
--     Device Initialization)
-- row: INIT-004
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.register_write|device.register_write, driver.register_read|device.register_read
-- judges: failures of initialization
-- uses: driver_negotiation, status_timeline, has_bits
-- message: the driver had read device status {status} ({reason}) and {outcome} without having set FAILED
--
-- ## Why
-- FAILED is how a device, and whoever looks at it from outside, learns that the driver has given up and is not merely
-- slow. Two failures of the initialization can be seen in a recording: the device refuses FEATURES_OK, or it presents
-- DEVICE_NEEDS_RESET before DRIVER_OK. That a driver goes on with refused features is INIT-003's besides; one that goes
-- on after FAILED is STAT-003's. A driver that tries again and succeeds, with a reset between or without, has not failed:
-- what went wrong was not beyond repair. A status of all ones says that no device is there.
--
-- ## Likely causes
-- An error path that only resets, or returns and leaves the device as it is.
--
-- ## What to look at
-- What the driver writes to device_status after that read. Until the recording ends it may still come.
--
-- ## Example: holds: refused, FAILED, reset
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=131
--     driver dev0 register_write register_name=device_status value=0
--
-- ## Example: violated: refused, reset without a word
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=0
--
-- ## Example: violated: the device needs a reset, and DRIVER_OK is set
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=75
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: violated: refused, and DRIVER_OK is set
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=7
--
-- ## Example: inconclusive: the recording ends behind the refusal
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--
-- ## Example: vacuous: refused, then accepted with fewer features
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--
-- ## Example: vacuous: an error long after DRIVER_OK
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0 register_read register_name=device_status value=79
--     driver dev0 register_write register_name=device_status value=0
--
-- ## Example: vacuous: the old status, read before the reset is done
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_status value=79
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=1
--
-- ## Example: vacuous: refused, reset, and accepted with fewer features
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--
-- ## Example: violated at 4: refused, reset, refused again, and left alone
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     #4 driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=139
--
-- ## Example: vacuous: the device needed a reset, got it, and works
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_read register_name=device_status value=67
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: vacuous: refused, and accepted when asked once more with FEATURES_OK still in the value
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: vacuous: suspended and resumed
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0 register_write register_name=device_status value=31
--     driver dev0 register_read register_name=device_status value=27
--     driver dev0 register_write register_name=device_status value=31
--     driver dev0 register_read register_name=device_status value=15
--
-- ## Example: vacuous: a device that is gone reads as all ones
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     platform dev0 device_removed
--     driver dev0 register_read register_name=device_status value=255
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_status value=255
--
-- ## Example: holds: gives up with FEATURES_OK still in the value
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=139
--
-- ## Example: vacuous: all ones, and nobody recorded that the device was pulled
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=255
--     driver dev0 register_write register_name=device_status value=0
with needs_reset as (
    select s.device, s.epoch, min(s.sequence) as sequence
    from status_timeline as s
    join driver_negotiation as n on n.device = s.device and n.epoch = s.epoch
    where s.side = 'driver' and s.action = 'read' and has_bits(s.value, 64) and s.value <> 255
      and s.written_before <> 0 and s.sequence < coalesce(n.driver_ok, s.sequence + 1)
    group by s.device, s.epoch
),
outcome as (
    select
        n.device, n.epoch, n.until, n.failed, n.features_answer, n.features_read_back, n.driver_ok,
        lead(n.features_ok) over (partition by n.device order by n.epoch) as next_features_ok
    from driver_negotiation as n
    where n.transport is distinct from 'vhost_user'
),
failure as (
    select
        n.device, n.until, n.failed, n.next_features_ok,
        if(n.features_answer = 'refused', n.features_read_back, r.sequence) as seen_at,
        if(n.driver_ok > seen_at, n.driver_ok, null) as driver_ok,
        if(n.features_answer = 'refused', 'FEATURES_OK refused', 'the device needs a reset') as reason
    from outcome as n
    left join needs_reset as r on r.device = n.device and r.epoch = n.epoch
    where r.sequence is not null or n.features_answer = 'refused'
)
select
    coalesce(f.driver_ok, f.failed, f.until, f.seen_at) as sequence, f.seen_at as since, f.device,
    null::usmallint as queue,
    case when f.failed < coalesce(f.driver_ok, f.failed + 1) then false
         when coalesce(f.driver_ok, f.until) is not null then true
    end as violated,
    s.value as status, f.reason, if(f.driver_ok is not null, 'went on to DRIVER_OK', 'reset the device') as outcome
from failure as f
join status_timeline as s on s.side = 'driver' and s.device = f.device and s.sequence = f.seen_at
where f.driver_ok is not null or f.failed is not null or f.next_features_ok is null
