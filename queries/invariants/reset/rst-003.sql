-- id: RST-003
-- title: The driver takes a reset for complete when device status reads 0
-- level: SHOULD
-- side: driver
-- spec: drivernormative: Basic Facilities of a Virtio Device / Device Reset (Driver Requirements: Device Reset)
-- row: RST-003
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.register_write|device.register_write, driver.register_read|device.register_read
-- judges: resets
-- uses: driver_negotiation, status_timeline, driver_register
-- message: the driver reset the device (sequence {since}) and began again without having read device status as 0
--
-- ## Why
-- A reset takes time; status 0 is the device's only sign that it is done. Until then it may still use the old queues.
-- For PCI's modern registers the transport's own chapter makes it a MUST before beginning again (RST-004); what is freed
-- too early is ORDER-T4's. This sentence binds every transport.
--
-- ## Likely causes
-- A fixed delay instead of a read; a device model whose reset is immediate, so that nobody noticed.
--
-- ## What to look at
-- The device_status reads behind the write of 0, and what they returned.
--
-- ## Example: holds: read until it is 0
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=0
--     driver dev0 register_read register_name=device_status address=mmio:0x70 value=15
--     driver dev0 register_read register_name=device_status address=mmio:0x70 value=0
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=1
--
-- ## Example: violated: virtio-mmio, no read
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=0
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=1
--
-- ## Example: violated: read once, not yet 0
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=0
--     driver dev0 register_read register_name=device_status address=mmio:0x70 value=15
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=1
--
-- ## Example: violated: PCI, no read
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=1
--
-- ## Example: vacuous: reset for good
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=0
--
-- ## Example: inconclusive: the value read is not recorded
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=0
--     driver dev0 register_read register_name=device_status address=mmio:0x70
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=1
--
-- ## Example: holds: virtio-mmio queues are switched off without a read, nothing begins
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=15
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=0
--     driver dev0/q0 register_write register_name=queue_enable address=mmio:0x44 value=0
--     driver dev0 register_read register_name=device_status address=mmio:0x70 value=0
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=1
--
-- ## Example: vacuous: a device that is gone
--     driver dev0 register_write register_name=device_status value=15
--     platform dev0 device_removed
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_status value=255
--     driver dev0 register_write register_name=device_status value=255
--
-- ## Example: vacuous: a snapshot of a device at rest
--     recorder dev0 snapshot register_name=device_status value=0 note=register_write
--     driver dev0 register_write register_name=device_status value=1
--
-- ## Example: holds: the driver traced its writes, the device what was read
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=0
--     device dev0 register_write register_name=device_status address=mmio:0x70 value=0
--     device dev0 register_read register_name=device_status address=mmio:0x70 value=0
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=1
--
-- ## Example: vacuous: a vhost-user front end does not read back
--     driver dev0 message_sent value=39
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=8
--
-- ## Example: vacuous: the reset does not end, and the driver gives up
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=15
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=0
--     driver dev0 register_read register_name=device_status address=mmio:0x70 value=15
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=143
with beginning_again as (
    select r.device, e.epoch, min(r.sequence) as sequence
    from driver_register as r
    asof join driver_negotiation as e on e.device = r.device and r.sequence >= e.since
    where r.access = 'write'
      and (r.register_name = 'driver_feature'
           or (r.register_name = 'queue_enable' and r.value <> 0)
           or (r.register_name = 'device_status' and r.value <> 0 and r.value & 128 = 0))
    group by r.device, e.epoch
),
waited as (
    select
        e.device, e.since, b.sequence as began_again,
        min(s.sequence) filter (s.value = 0) as read_zero,
        bool_or(s.sequence is not null and s.value is null) as is_value_missing
    from driver_negotiation as e
    left join beginning_again as b on b.device = e.device and b.epoch = e.epoch
    left join status_timeline as s
        on s.side = 'driver' and s.device = e.device and s.epoch = e.epoch and s.action = 'read'
        and s.sequence < coalesce(b.sequence, s.sequence + 1)
    where e.begun_by = 'reset' and e.transport is distinct from 'vhost_user'
    group by e.device, e.since, b.sequence
)
select
    coalesce(read_zero, began_again) as sequence, since, device, null::usmallint as queue,
    case when read_zero is not null then false
         when is_value_missing then null
         else true
    end as violated
from waited
where read_zero is not null or began_again is not null
