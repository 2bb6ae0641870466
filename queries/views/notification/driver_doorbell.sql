-- view: driver_doorbell
-- materialize: yes
-- uses: driver_epoch
-- sequence: place in the run
-- device: number in the run
-- queue: the queue whose notification address was written, null if unknown
-- epoch: the driver's epoch
-- epoch_since: sequence that begins it
-- value: what was written, null if unknown
-- width: bytes written; null if unknown, as of an eventfd
-- recorded_by: the driver, or where the driver recorded no doorbell at all, who did: somebody between, else the device
--
-- ## Why
-- A doorbell is recorded by both sides: before it by the driver, when it arrives by the device. The driver is judged by
-- its own record as long as there is one.
with rung as (
    select sequence, actor, device, queue, value, width
    from event
    where event = 'doorbell' and device is not null
),
recorded as (
    select device,
        case when bool_or(actor = 'driver') then 'driver'
             when bool_or(actor <> 'device') then 'other'
             else 'device'
        end as recorder
    from rung
    group by device
)
select
    r.sequence, r.device, r.queue, e.epoch, e.since as epoch_since, r.value, r.width, r.actor as recorded_by
from rung as r
join recorded as d on d.device = r.device
asof join driver_epoch as e on e.device = r.device and r.sequence >= e.since
where d.recorder = if(r.actor in ('driver', 'device'), r.actor, 'other')
