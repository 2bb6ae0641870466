-- id: INIT-005
-- title: The driver rings no doorbell before DRIVER_OK
-- level: MUST
-- side: driver
-- spec: drivernormative: General Initialization And Device Operation / Device Initialization (Driver Requirements:
--     Device Initialization)
-- row: INIT-005
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.doorbell|device.doorbell, driver.register_write|device.register_write
-- uses: driver_doorbell, driver_negotiation
-- message: the first doorbell of queue {queue} comes before DRIVER_OK
--
-- ## Why
-- Before DRIVER_OK the device is not live: it may ignore the notification, and nothing repeats it. The buffers that
-- were put in early then wait for ever. Judged is the first doorbell of each queue in an epoch against the driver's own
-- write of DRIVER_OK. Drivers over the legacy interface may use the device earlier.
--
-- ## Likely causes
-- Receive or event queues filled in the set-up function; a restore path that kicks before it sets the status. Linux
-- had this in its SCSI driver (commit 52c9cf1ac3d3).
--
-- ## What to look at
-- The doorbell's note or thread; where DRIVER_OK is written.
--
-- ## Example: holds
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0/q0 doorbell value=0 width=2
--
-- ## Example: violated
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0/q0 doorbell value=0 width=2
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: violated: the old DRIVER_OK went with the reset
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0/q0 doorbell value=0 width=2
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0/q0 doorbell value=0 width=2
--
-- ## Example: holds: a device that records the doorbell late
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0/q0 doorbell value=0 width=2
--     device dev0/q0 doorbell value=0 width=2
--     device dev0 register_write register_name=device_status value=15
--
-- ## Example: vacuous: the legacy interface
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0/q0 register_write register_name=queue_page_frame value=0x100
--     driver dev0/q0 doorbell value=0 width=2
--
-- ## Example: inconclusive: no status seen
--     driver dev0/q0 doorbell value=0 width=2
with first_doorbell as (
    select device, epoch, queue, min(sequence) as sequence
    from driver_doorbell
    group by device, epoch, queue
)
select
    d.sequence, n.since, d.device, d.queue,
    case when d.sequence >= n.driver_ok then false
         when n.legacy is null or not n.state_known then null
         else true
    end as violated
from first_doorbell as d
join driver_negotiation as n on n.device = d.device and n.epoch = d.epoch
where n.legacy is distinct from true
