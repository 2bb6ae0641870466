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
with given_up as (
    select n.device, n.since as epoch_since, n.until, n.failed, s.value as status
    from driver_negotiation as n
    join status_timeline as s on s.side = 'driver' and s.device = n.device and s.sequence = n.failed
    where n.failed is not null
),
going_on as (
    select g.device, g.failed, min(r.sequence) as sequence, arg_min(r.register_name, r.sequence) as register_name
    from given_up as g
    join driver_register as r on r.device = g.device and r.sequence > g.failed
    where r.access = 'write' and r.sequence < coalesce(g.until, r.sequence + 1)
      and (r.register_name = 'driver_feature'
           or (r.register_name = 'queue_enable' and r.value <> 0)
           or (r.register_name = 'device_status' and (r.value & 128 = 0 or r.value & 15 & ~g.status <> 0)))
    group by g.device, g.failed
)
select
    coalesce(o.sequence, g.failed) as sequence, g.failed as since, g.device, null::usmallint as queue,
    o.sequence is not null as violated,
    o.register_name as attempt
from given_up as g
left join going_on as o on o.device = g.device and o.failed = g.failed
