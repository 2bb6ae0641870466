-- id: RST-002
-- title: After presenting status 0 the device leaves queues and driver alone until it is initialized again
-- level: MUST
-- side: device
-- spec: devicenormative: Basic Facilities of a Virtio Device / Device Reset (Device Requirements: Device Reset)
-- row: RST-002
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: device.dma_read|device.dma_write|device.interrupt,
--     device.status_presented|device.register_read|driver.register_read
-- judges: resets
-- uses: device_epoch, status_timeline
-- message: the device had presented status 0 (sequence {since}), and then came {what} ({count} in all)
--
-- ## Why
-- Status 0 is the device's word that it is done. From then on the driver may free rings and buffers; a device that still
-- reads or writes them corrupts whatever lies there now. Between the driver's write of 0 and the device's presenting 0
-- its accesses are legal: the reset takes time. Judged is the device's own record, at the moment when it sends, up to the
-- driver's first step of a new initialization; from there on STAT-005 judges.
--
-- ## Likely causes
-- A worker thread or an asynchronous I/O that the reset does not wait for; status cleared first and queues stopped
-- afterwards; an interrupt timer that nobody cancelled.
--
-- ## What to look at
-- The request that the access belongs to, and when it was taken from the queue.
--
-- ## Example: holds: finished what it had, then presented 0
--     device dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     device dev0 register_write register_name=device_status value=11
--     device dev0 register_write register_name=device_status value=15
--     device dev0/q0 dma_read part=available_index address=bus:0x50000082 length=2 value=1
--     device dev0 register_write register_name=device_status value=0
--     device dev0/q0 dma_write part=payload address=bus:0x50001000 length=512
--     device dev0/q0 interrupt slot=1 address=bus:0xfee00000 value=0x41
--     device dev0 status_presented value=0
--
-- ## Example: violated: a late completion
--     device dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x50000104 length=8 value=0 size=1
--     device dev0/q0 dma_write part=used_index address=bus:0x50000102 length=2 value=1
--
-- ## Example: violated: a late interrupt, though the driver receives it even later
--     device dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     device dev0/q0 interrupt slot=1 address=bus:0xfee00000 value=0x41
--     driver dev0 register_write register_name=device_status value=1
--     device dev0 register_write register_name=device_status value=1
--     driver dev0/q0 interrupt slot=1 address=bus:0xfee00000 value=0x41
--
-- ## Example: holds: posted before, received after
--     device dev0/q0 interrupt slot=1 address=bus:0xfee00000 value=0x41
--     device dev0 status_presented value=0
--     driver dev0/q0 interrupt slot=1 address=bus:0xfee00000 value=0x41
--
-- ## Example: inconclusive: an access of which nothing says that it concerns a queue
--     device dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     device dev0 dma_read address=bus:0x1000 length=4
--
-- ## Example: vacuous: no reset was seen to end
--     device dev0/q0 dma_read part=available_index address=bus:0x50000082 length=2 value=1
--     device dev0 register_write register_name=device_status value=0
--
-- ## Example: holds: 0 read twice is one reset, the driver goes on
--     driver dev0 register_write register_name=device_status value=0
--     device dev0/q0 dma_write part=used_index address=bus:0x50000102 length=2 value=1
--     driver dev0 register_read register_name=device_status value=15
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=1
--     driver dev0 register_write register_name=device_status value=15
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x50000000 length=16
--
-- ## Example: holds: another device is at work
--     device dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     device dev1/q0 dma_write part=used_index address=bus:0x60000102 length=2 value=1
--
-- ## Example: holds: over the legacy interface it may begin before DRIVER_OK
--     device dev0 register_write register_name=device_status address=io:0x12 register_offset=0x12 value=0
--     device dev0 status_presented value=0
--     device dev0 register_write register_name=device_status address=io:0x12 register_offset=0x12 value=1
--     device dev0/q0 register_write register_name=queue_page_frame address=io:0x8 value=0x100
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x100000 length=16
--
-- ## Example: vacuous: suspended is not reset
--     device dev0 register_write register_name=device_status value=31
--     device dev0/q0 dma_write part=used_index address=bus:0x50000102 length=2 value=1
--     device dev0/q0 interrupt slot=1 address=bus:0xfee00000 value=0x41
--     device dev0 status_presented value=27
--     device dev0 register_write register_name=device_status value=31
--     device dev0 status_presented value=15
--     device dev0/q0 dma_read part=available_index address=bus:0x50000082 length=2 value=1
--
-- ## Example: violated: a configuration change is announced in between
--     device dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     device dev0 interrupt slot=0 address=bus:0xfee00000 value=0x40
--
-- ## Example: holds: a status write of unknown value may be the next step
--     device dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     device dev0 register_write register_name=device_status
--     device dev0/q0 dma_read part=available_index address=bus:0x50000082 length=2 value=0
with first_step as (
    select device, epoch, min(sequence) as sequence
    from status_timeline
    where side = 'device' and action = 'written' and value <> 0
    group by device, epoch
),
quiet as (
    select e.device, e.since, coalesce(s.sequence, e.until) as until
    from device_epoch as e
    left join first_step as s on s.device = e.device and s.epoch = e.epoch
    where e.begun_by = 'reset'
),
activity as (
    select
        sequence, device, queue,
        if(event = 'interrupt', 'an interrupt', event || ' of ' || coalesce(part, 'unknown')) as what,
        event = 'interrupt' or queue is not null or coalesce(part, 'unknown') <> 'unknown' as is_known
    from event
    where actor = 'device' and event in ('dma_read', 'dma_write', 'interrupt')
),
after_reset as (
    select
        q.device, q.since, min(a.sequence) as sequence, arg_min(a.what, a.sequence) as what,
        arg_min(a.queue, a.sequence) as queue, count(*) as count, bool_or(a.is_known) as is_known
    from activity as a
    asof join quiet as q on q.device = a.device and a.sequence > q.since
    where a.sequence < coalesce(q.until, a.sequence + 1)
    group by q.device, q.since
)
select
    coalesce(a.sequence, q.until, q.since) as sequence, q.since, q.device, a.queue,
    if(a.sequence is null, false, nullif(a.is_known, false)) as violated,
    a.what, a.count
from quiet as q
left join after_reset as a on a.device = q.device and a.since = q.since
