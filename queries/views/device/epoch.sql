-- view: epoch
-- materialize: yes
-- uses: register_access, device
-- side: whose epoch: the driver's ends at its write of 0 to device status, the device's when it presents 0
-- device: number in the run
-- epoch: 0 = since the device's first event, then one more with each reset or removal, per side
-- since: sequence that begins it
-- until: sequence that ends it, null while it lasts
-- begun_by: recording (what was before is unknown), appeared, reset, removed
-- status_seen: whether this side's record of the device has any device status access
--
-- ## Why
-- In the window between the driver's write of 0 and the device's presenting 0 the device's DMA is still legal (virtio 1.3
-- §2.4): that is why there are two.
with status as (
    select side, device, sequence, access, value,
        last_value(if(access = 'write', value, null) ignore nulls)
            over (partition by side, device order by sequence) as last_written
    from register_access
    where register_name = 'device_status'
),
presented as (
    select device, sequence, value
    from event
    where event = 'status_presented' or (event = 'snapshot' and note = 'status_presented')
),
boundary as (
    select side, device, sequence, 'reset' as begun_by
    from status
    where side = 'driver' and access = 'write' and value = 0
    union all
    select 'device', device, sequence, 'reset'
    from presented
    where value = 0
    union all
    -- A device whose presenting nobody recorded has presented 0 once it is read so.
    select side, device, sequence, 'reset'
    from status
    where side = 'device' and access = 'read' and value = 0 and last_written = 0
      and device not in (select p.device from presented as p where p.device is not null)
    union all
    select s.side, e.device, e.sequence, 'removed'
    from event as e
    cross join (values ('driver'), ('device')) as s(side)
    where e.event = 'device_removed'
    union all
    select s.side, d.device, d.first_sequence, if(d.appeared = d.first_sequence, 'appeared', 'recording')
    from device as d
    cross join (values ('driver'), ('device')) as s(side)
),
distinct_boundary as (
    select side, device, sequence, max(begun_by) as begun_by
    from boundary
    where device is not null
    group by side, device, sequence
),
seen as (
    select side, device from status group by side, device
)
select
    b.side,
    b.device,
    row_number() over (partition by b.side, b.device order by b.sequence) - 1 as epoch,
    b.sequence as since,
    lead(b.sequence) over (partition by b.side, b.device order by b.sequence) as until,
    b.begun_by,
    s.device is not null as status_seen
from distinct_boundary as b
left join seen as s on s.side = b.side and s.device = b.device
