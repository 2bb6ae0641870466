-- id: STAT-003
-- title: After FAILED the driver resets the device before it initializes it again
-- level: MUST
-- side: driver
-- spec: drivernormative: Basic Facilities of a Virtio Device / Device Status Field (Driver Requirements: Device
--     Status Field)
-- row: STAT-003
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.register_write|device.register_write
-- judges: devices given up
-- uses: driver_negotiation, driver_register, status_timeline
-- message: the driver gave up with FAILED (sequence {since}) and then went on with {attempt}, without a reset between
--
-- ## Why
-- FAILED tells the device that nothing more will come. What the device still holds (features, queues, buffers) belongs
-- to an attempt that is over; only a reset brings both sides back to a common start.
--
-- ## Likely causes
-- A retry loop around the probe function that begins behind its reset; a second driver that binds to the device and
-- takes its status for fresh.
--
-- ## What to look at
-- The device_status writes from the one with bit 128 on.
--
-- ## Example: holds: reset, then again
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=131
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=1
--
-- ## Example: holds: gave up for good, and said so twice
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=131
--     driver dev0 register_read register_name=device_status value=131
--     driver dev0 register_write register_name=device_status value=131
--
-- ## Example: violated: a second attempt on top of the first
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=131
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0 register_write register_name=device_status value=139
--
-- ## Example: violated: FAILED taken back
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=131
--     driver dev0 register_write register_name=device_status value=1
--
-- ## Example: vacuous: nobody gave up
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--
-- ## Example: holds: what is cleaned up after giving up is no attempt
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=131
--     driver dev0/q0 register_write register_name=queue_msix_vector value=0xffff
--     driver dev0/q0 register_write register_name=queue_enable value=0
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--
-- ## Example: holds: a driver that is given up says so while it is suspended
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0 register_write register_name=device_status value=31
--     driver dev0 register_read register_name=device_status value=27
--     driver dev0 register_write register_name=device_status value=155
--     driver dev0 register_read register_name=device_status value=155
--
-- ## Example: holds: another device is initialized in the meantime
--     driver dev0 register_write register_name=device_status value=0
--     driver dev1 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=131
--     driver dev1 register_write register_name=device_status value=3
--     driver dev1 register_write register_name=driver_feature feature_word=0 value=0
--
-- ## Example: inconclusive: a write of unknown value may have been the reset
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=131
--     driver dev0 register_write register_name=device_status
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--
-- ## Example: violated: the second attempt in an epoch with several
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=131
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=131
--     driver dev0/q0 register_write register_name=queue_enable value=1
with given_up as (
    select n.device, n.since as epoch_since, n.until, n.failed, s.value as status,
        lead(n.begun_by) over (partition by n.device order by n.epoch) as ended_by
    from driver_negotiation as n
    left join status_timeline as s on s.side = 'driver' and s.device = n.device and s.sequence = n.failed
    where n.transport is distinct from 'vhost_user'
),
going_on as (
    select g.device, g.failed, min(r.sequence) as sequence, arg_min(r.register_name, r.sequence) as register_name
    from driver_register as r
    asof join given_up as g on g.device = r.device and r.sequence >= g.epoch_since
    where r.access = 'write' and r.sequence > g.failed
      and (r.register_name = 'driver_feature'
           or (r.register_name = 'queue_enable' and r.value <> 0)
           or (r.register_name = 'device_status' and (r.value & 128 = 0 or r.value & 15 & ~g.status <> 0)))
    group by g.device, g.failed
)
select
    coalesce(o.sequence, g.failed) as sequence, g.failed as since, g.device, null::usmallint as queue,
    case when o.sequence is not null then true when g.ended_by = 'recording' then null else false end as violated,
    o.register_name as attempt
from given_up as g
left join going_on as o on o.device = g.device and o.failed = g.failed
where g.failed is not null
