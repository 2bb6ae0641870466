-- id: STAT-005
-- title: The device consumes no buffer and sends no used buffer notification before DRIVER_OK
-- level: MUST
-- side: device
-- spec: devicenormative: Basic Facilities of a Virtio Device / Device Status Field (Device Requirements: Device
--     Status Field)
-- row: STAT-005
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: device.dma_read|device.dma_write|device.interrupt, device.register_write|driver.register_write
-- judges: first uses of queues
-- uses: device_negotiation, device_epoch, status_timeline
-- message: the first {what} on queue {queue} comes before DRIVER_OK
--
-- ## Why
-- Until DRIVER_OK the driver is still placing and filling its queues: a descriptor that is read too early is half
-- written, and an interrupt meets a handler that is not there. Judged is the first use of each queue in an epoch, by
-- the device's own record. Reading indices and flags early is no use of a buffer. Over the legacy interface devices
-- must allow use before DRIVER_OK. Between its reset and the driver's next step RST-002 judges. A vhost-user back end
-- begins when its front end says so, whatever the status.
--
-- ## Likely causes
-- A device that starts its queue when queue_enable is written, or at the first doorbell whatever the status; a worker
-- thread that outlived the reset.
--
-- ## What to look at
-- A doorbell before DRIVER_OK (INIT-005) is the driver's fault, and the device should have ignored it.
--
-- ## Example: holds
--     driver dev0 register_write register_name=device_status value=0
--     device dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     device dev0 register_write register_name=device_status value=11
--     device dev0/q0 register_write register_name=queue_enable value=1
--     device dev0 register_write register_name=device_status value=15
--     device dev0/q0 dma_read part=available_index address=bus:0x50000082 length=2 value=1
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x50000000 length=16
--
-- ## Example: violated: a descriptor is fetched at queue_enable
--     device dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     device dev0 register_write register_name=device_status value=11
--     device dev0/q0 register_write register_name=queue_enable value=1
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x50000000 length=16
--     device dev0 register_write register_name=device_status value=15
--
-- ## Example: violated: an interrupt for a queue
--     device dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     device dev0 register_write register_name=device_status value=11
--     device dev0/q0 register_write register_name=queue_enable value=1
--     device dev0/q0 interrupt slot=1 address=bus:0xfee00000 value=0x41
--
-- ## Example: vacuous: indices may be looked at, and the configuration may change
--     device dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     device dev0 register_write register_name=device_status value=11
--     device dev0/q0 register_write register_name=queue_enable value=1
--     device dev0/q0 dma_read part=available_index address=bus:0x50000082 length=2 value=0
--     device dev0 interrupt slot=0 address=bus:0xfee00000 value=0x40
--
-- ## Example: holds: the old epoch lasts until the device presents 0
--     device dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     device dev0 register_write register_name=device_status value=11
--     device dev0/q0 register_write register_name=queue_enable value=1
--     device dev0 register_write register_name=device_status value=15
--     device dev0 register_write register_name=device_status value=0
--     device dev0/q0 dma_write part=used_index address=bus:0x50000102 length=2 value=1
--     device dev0 status_presented value=0
--
-- ## Example: vacuous: the legacy interface
--     device dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     device dev0 register_write register_name=device_status value=3
--     device dev0/q0 register_write register_name=queue_page_frame value=0x100
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x100000 length=16
--
-- ## Example: inconclusive: the recording began after DRIVER_OK, or did it?
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x50000000 length=16
--     device dev0 register_read register_name=device_status value=15
--
-- ## Example: vacuous: a vhost-user back end starts with its kick
--     device dev0 message_received value=12
--     device dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     device dev0 register_write register_name=device_status value=8
--     device dev0/q0 register_write register_name=queue_enable value=1
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x50000000 length=16
--     device dev0 register_write register_name=device_status value=15
--
-- ## Example: inconclusive: snapshots tell what was before
--     platform dev0 device_appeared value=2 note="blk"
--     recorder dev0 snapshot register_name=device_status value=15 note=status_presented
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x50000000 length=16
--     driver dev0 register_write register_name=device_status value=0
--
-- ## Example: holds: only the driver recorded registers; resumed after SUSPEND
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_enable value=1
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0 register_write register_name=device_status value=31
--     driver dev0 register_read register_name=device_status value=27
--     driver dev0 register_write register_name=device_status value=31
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x50000000 length=16
--
-- ## Example: holds: the driver reads 0 twice, and goes on
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=1
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_enable value=1
--     driver dev0 register_write register_name=device_status value=15
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x50000000 length=16
--
-- ## Example: violated: the interrupt of one device, the DRIVER_OK of another
--     device dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     device dev1 register_write register_name=device_status value=0
--     device dev1 status_presented value=0
--     device dev0 register_write register_name=device_status value=11
--     device dev1 register_write register_name=device_status value=15
--     device dev0/q0 register_write register_name=queue_enable value=1
--     device dev0/q0 interrupt slot=1 address=bus:0xfee00000 value=0x41
--
-- ## Example: inconclusive: a status write of unknown value may have been DRIVER_OK
--     device dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     device dev0 register_write register_name=device_status value=11
--     device dev0/q0 register_write register_name=queue_enable value=1
--     device dev0 register_write register_name=device_status
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x50000000 length=16
with first_step as (
    select device, epoch, min(sequence) as sequence
    from status_timeline
    where side = 'device' and action = 'written' and value <> 0
    group by device, epoch
),
use as (
    select device, queue, sequence, if(event = 'interrupt', 'notification', coalesce(part, 'unknown')) as what
    from event
    where actor = 'device' and (
        (event = 'interrupt' and queue is not null)
        or (event = 'dma_write' and coalesce(part, 'unknown') in ('unknown', 'payload', 'used_entry', 'used_index',
            'packed_descriptor'))
        or (event = 'dma_read' and coalesce(part, 'unknown') in ('unknown', 'payload', 'descriptor',
            'indirect_descriptor')))
),
first_use as (
    select
        u.device, e.epoch, u.queue,
        min(u.sequence) as sequence,
        min(u.sequence) filter (u.what <> 'unknown') as known_sequence,
        arg_min(u.what, u.sequence) as what
    from use as u
    asof join device_epoch as e on e.device = u.device and u.sequence >= e.since
    left join first_step as s on s.device = e.device and s.epoch = e.epoch
    where e.begun_by <> 'reset' or u.sequence > s.sequence
    group by u.device, e.epoch, u.queue
)
select
    u.sequence, n.since, u.device, u.queue,
    case when u.sequence >= n.driver_ok then false
         when not n.state_known or n.legacy is null then null
         when u.known_sequence < coalesce(n.driver_ok, u.known_sequence + 1) then true
    end as violated,
    if(u.what = 'notification', 'used buffer notification', 'access to ' || u.what) as what
from first_use as u
join device_negotiation as n on n.device = u.device and n.epoch = u.epoch
where n.legacy is distinct from true and n.transport is distinct from 'vhost_user'
