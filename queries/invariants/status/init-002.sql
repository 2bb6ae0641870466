-- id: INIT-002
-- title: The driver does not write the device's configuration before FEATURES_OK
-- level: MUST
-- side: driver
-- spec: drivernormative: General Initialization And Device Operation / Device Initialization (Driver Requirements:
--     Device Initialization)
-- row: INIT-002
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.register_write|device.register_write
-- judges: writes to the configuration
-- uses: driver_register, driver_negotiation
-- message: device configuration (offset {register_offset}) is written before FEATURES_OK
--
-- ## Why
-- Which fields the device configuration has, and what a write to them does, depends on the features that are still
-- being negotiated. Reading it is allowed from the start. A device may drop or misread an early write.
-- Legacy devices must take such writes: an epoch over the legacy interface is not judged.
--
-- ## Likely causes
-- Settings applied in the probe function (a MAC address, a cache mode, a balloon size) before the features are final.
--
-- ## What to look at
-- The device_status writes around it; over which registers the device is driven.
--
-- ## Example: holds: read before, written after
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_read register_name=device_config register_offset=0 value=8
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_write register_name=device_config register_offset=32 value=1
--
-- ## Example: violated
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_config register_offset=32 value=1
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: vacuous: the legacy interface
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_config register_offset=0 value=1
--     driver dev0/q0 register_write register_name=queue_page_frame value=0x100
--     driver dev0 register_write register_name=device_status value=7
--
-- ## Example: inconclusive: nothing shows which interface it is
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=device_config register_offset=0 value=1
--
-- ## Example: inconclusive: the recording may have begun behind FEATURES_OK
--     driver dev0 register_write register_name=device_config register_offset=0 value=1
--     driver dev0/q0 register_write register_name=queue_enable value=1
--
-- ## Example: inconclusive: the recording begins between FEATURES_OK and DRIVER_OK
--     driver dev0 register_write register_name=device_config register_offset=0 address=bar:0x3000 value=1
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=15
--
-- ## Example: holds: the recording begins in the middle, and DRIVER_OK is seen
--     driver dev0 register_read register_name=device_status address=bar:0x14 value=11
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=15
--     driver dev0 register_write register_name=device_config register_offset=0 address=bar:0x3000 value=1
--
-- ## Example: violated: the driver gives up before FEATURES_OK; where status lies shows the interface
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=3
--     driver dev0 register_write register_name=device_config register_offset=32 value=1
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=131
--
-- ## Example: vacuous: legacy I/O ports, no queue set up yet
--     driver dev0 register_write register_name=device_status address=io:0xc012 register_offset=0x12 value=0
--     driver dev0 register_write register_name=device_status address=io:0xc012 register_offset=0x12 value=3
--     driver dev0 register_write register_name=device_config register_offset=0 address=io:0xc014 value=1
--
-- ## Example: holds: refused, written behind it by a driver that went on (INIT-003)
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--     driver dev0 register_read register_name=device_status address=bar:0x14 value=3
--     driver dev0 register_write register_name=device_config register_offset=32 value=1
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=15
select
    r.sequence, n.since, r.device, null::usmallint as queue,
    case when r.sequence >= coalesce(n.features_written, if(n.state_known, null, n.driver_ok)) then false
         when n.legacy is null or not n.state_known then null
         else true
    end as violated,
    r.register_offset
from driver_register as r
asof join driver_negotiation as n on n.device = r.device and r.sequence >= n.since
where r.access = 'write' and r.register_name = 'device_config' and n.legacy is distinct from true
  and n.transport is distinct from 'vhost_user'
