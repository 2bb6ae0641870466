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
-- judges: first doorbells of queues
-- uses: driver_doorbell, driver_negotiation
-- message: the first doorbell of queue {queue} comes before DRIVER_OK
--
-- ## Why
-- Before DRIVER_OK the device is not live: it may ignore the notification, and nothing repeats it. The buffers that
-- were put in early then wait for ever. Judged is the first doorbell of each queue in an epoch against the driver's own
-- write of DRIVER_OK. Drivers over the legacy interface may use the device earlier. An eventfd that only the device
-- recorded may be served when the driver is already past its next reset.
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
--
-- ## Example: inconclusive: an eventfd may be served late, behind the next reset
--     device dev0 register_write register_name=device_status address=bar:0x14 value=0
--     device dev0 register_write register_name=device_status address=bar:0x14 value=11
--     device dev0 register_write register_name=device_status address=bar:0x14 value=15
--     device dev0 register_write register_name=device_status address=bar:0x14 value=0
--     device dev0/q0 doorbell value=1
--
-- ## Example: violated: only the device recorded, and the doorbell is a register write
--     device dev0 register_write register_name=device_status address=bar:0x14 value=0
--     device dev0 register_write register_name=device_status address=bar:0x14 value=11
--     device dev0/q0 doorbell value=0 width=2 address=bar:0x1000
--     device dev0 register_write register_name=device_status address=bar:0x14 value=15
--
-- ## Example: vacuous: a vhost-user front end sets the status last
--     driver dev0 message_sent value=12
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=8
--     driver dev0/q0 doorbell value=1
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: holds: resumed after SUSPEND
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0 register_write register_name=device_status value=31
--     driver dev0 register_read register_name=device_status value=27
--     driver dev0 register_write register_name=device_status value=31
--     driver dev0/q0 doorbell value=0 width=2
--
-- ## Example: inconclusive: snapshots tell what was before
--     platform dev0 device_appeared value=2 note="blk"
--     recorder dev0 snapshot register_name=device_status value=15 note=status_presented
--     driver dev0/q0 doorbell value=0 width=2
--     driver dev0 register_write register_name=device_status value=0
--
-- ## Example: holds: each device by its own DRIVER_OK
--     driver dev0 register_write register_name=device_status value=0
--     driver dev1 register_write register_name=device_status value=0
--     driver dev1 register_write register_name=device_status value=15
--     driver dev1/q0 doorbell value=0 width=2
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0/q0 doorbell value=0 width=2
with first_doorbell as (
    select device, epoch, queue, min(sequence) as sequence,
        arg_min(recorded_by = 'driver' or width is not null, sequence) as is_in_order
    from driver_doorbell
    group by device, epoch, queue
)
select
    d.sequence, n.since, d.device, d.queue,
    case when d.sequence >= n.driver_ok then false
         when n.legacy is null or not n.state_known or not d.is_in_order then null
         else true
    end as violated
from first_doorbell as d
join driver_negotiation as n on n.device = d.device and n.epoch = d.epoch
where n.legacy is distinct from true and n.transport is distinct from 'vhost_user'
