-- id: STAT-002
-- title: The driver clears no device status bit
-- level: MUST
-- side: driver
-- spec: drivernormative: Basic Facilities of a Virtio Device / Device Status Field (Driver Requirements: Device
--     Status Field)
-- row: STAT-002
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.register_write|device.register_write
-- judges: status writes
-- uses: status_timeline, driver_negotiation
-- message: device status was {status_before} and the driver wrote {status}, which clears {cleared}
--
-- ## Why
-- Each bit records a finished step; only a write of 0, the reset, takes them back, all at once. A device that sees
-- DRIVER_OK or FEATURES_OK go away cannot tell whether its queues and features still count.
-- Judged are the bits that the driver sets: ACKNOWLEDGE, DRIVER, FEATURES_OK, DRIVER_OK, FAILED. What the device itself
-- takes back (FEATURES_OK refused, DRIVER_OK while suspended) the driver does not clear, and DEVICE_NEEDS_RESET is the
-- device's own.
--
-- ## Likely causes
-- A write of the new bit alone instead of the old status with the new bit; a shadow copy of the status that another
-- part of the driver changed.
--
-- ## What to look at
-- The device_status write before this one and the reads in between.
--
-- ## Example: holds: one bit after the other
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=1
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: violated: DRIVER_OK written alone
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=1
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_write register_name=device_status value=4
--
-- ## Example: holds: a reset clears everything
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=1
--
-- ## Example: holds: the old status read in the reset window is not taken back
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_status value=15
--     driver dev0 register_write register_name=device_status value=1
--
-- ## Example: holds: the device refused FEATURES_OK, the driver gives up
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=131
--
-- ## Example: holds: the device clears DRIVER_OK when it is suspended
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0 register_write register_name=device_status value=31
--     driver dev0 register_write register_name=device_status value=27
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: holds: a stale copy without the device's NEEDS_RESET
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0 register_read register_name=device_status value=79
--     driver dev0 register_write register_name=device_status value=143
--
-- ## Example: inconclusive: the recording begins with it
--     driver dev0 register_write register_name=device_status value=4
--
-- ## Example: violated at 6: DRIVER_OK taken back after the device had resumed
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0 register_write register_name=device_status value=31
--     driver dev0 register_read register_name=device_status value=27
--     driver dev0 register_write register_name=device_status value=15
--     #6 driver dev0 register_write register_name=device_status value=11
--
-- ## Example: holds: what it reads while suspended it writes back
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0 register_write register_name=device_status value=31
--     driver dev0 register_read register_name=device_status value=27
--     driver dev0 register_write register_name=device_status value=27
--     driver dev0 register_write register_name=device_status value=31
--     driver dev0 register_read register_name=device_status value=15
--
-- ## Example: inconclusive: a write of unknown value may have been a reset
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0 register_write register_name=device_status
--     driver dev0 register_write register_name=device_status value=1
--
-- ## Example: violated at 3: both sides recorded it
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     #3 driver dev0 register_write register_name=device_status value=4
--     #4 device dev0 register_write register_name=device_status value=11
--     #5 device dev0 register_write register_name=device_status value=4
--
-- ## Example: holds: each device has its own status
--     driver dev0 register_write register_name=device_status value=0
--     driver dev1 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev1 register_write register_name=device_status value=1
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: holds: refused, tried again without FEATURES_OK, as the device shows it
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: holds: first the legacy interface, reset, then the modern one
--     driver dev0 register_write register_name=device_status address=io:0x12 register_offset=0x12 value=0
--     driver dev0 register_write register_name=device_status address=io:0x12 register_offset=0x12 value=7
--     driver dev0 register_write register_name=device_status address=bar:0x14 register_offset=0x14 value=0
--     driver dev0 register_read register_name=device_status address=bar:0x14 register_offset=0x14 value=0
--     driver dev0 register_write register_name=device_status address=bar:0x14 register_offset=0x14 value=1
with written as (
    select
        s.sequence, n.since, s.device, s.value, s.seen_since,
        coalesce(s.written_before, if(n.state_known, 0::ubigint, null)) as written_before
    from status_timeline as s
    join driver_negotiation as n on n.device = s.device and n.epoch = s.epoch
    where s.side = 'driver' and s.action = 'written' and s.value is distinct from 0
      and n.transport is distinct from 'vhost_user'
),
judged as (
    select
        sequence, since, device, value,
        written_before & coalesce(seen_since, written_before) as status_before,
        -- ACKNOWLEDGE, DRIVER, FEATURES_OK, FAILED; DRIVER_OK unless the device may have been suspended since.
        if(written_before & 16 <> 0, 139::ubigint, 143::ubigint) as judged_bits
    from written
)
select
    sequence, since, device, null::usmallint as queue,
    status_before & judged_bits & ~value <> 0 as violated,
    status_before, value as status, status_before & judged_bits & ~value as cleared
from judged
