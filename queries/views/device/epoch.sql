-- view: epoch
-- materialize: yes
-- uses: register_access, device
-- side: whose epoch: the driver's ends at its write of 0 to device status, the device's when it presents 0
-- device: number in the run
-- epoch: 0 = since the device's first event, then one more with each reset or removal, per side
-- since: sequence that begins it
-- until: sequence that ends it, null while it lasts
-- begun_by: recording (what was before is unknown), appeared, reset, removed, renegotiated
-- status_seen: whether this side's record of the device has any device status access, or is of a conversation without one
--
-- ## Why
-- In the window between the driver's write of 0 and the device's presenting 0 the device's DMA is still legal (virtio 1.3
-- §2.4): that is why there are two.
-- A write to device status whose value is not recorded may have been a reset: what was before it counts no more. What is
-- said to a device that is gone resets nothing. A device whose state had to be told by snapshots, or whose status was not 0
-- when it was first looked at, was there before the recording.
-- A vhost-user conversation has no device status: there an epoch is from SET_FEATURES (request 2) to GET_VRING_BASE (11), and
-- the next begins with the next SET_FEATURES.
with conversation as (
    select device, sequence, value, lag(value) over (partition by device order by sequence) as value_before
    from event
    where event = 'message_received' and value in (2, 11) and device is not null
),
status as (
    select side, device, sequence, access, value, is_snapshot,
        last_value(if(access = 'write', value, null) ignore nulls)
            over (partition by side, device order by sequence) as last_written,
        lag(if(access = 'read', value, null)) over (partition by side, device order by sequence) as read_before
    from register_access
    where register_name = 'device_status'
),
presented as (
    select device, sequence, value
    from event
    where event = 'status_presented' or (event = 'snapshot' and note = 'status_presented')
),
presence as (
    select device, sequence, event = 'device_removed' as is_gone,
        coalesce(lag(event) over (partition by device order by sequence) = 'device_removed', false) as was_gone
    from event
    where event in ('device_appeared', 'device_removed') and device is not null
),
told as (
    select distinct device from event where event = 'snapshot' and device is not null
),
reset as (
    select side, device, sequence, if(value = 0, 'reset', 'recording') as begun_by
    from status
    where access = 'write' and not is_snapshot and ((side = 'driver' and value = 0) or value is null)
    union all
    select 'device', device, sequence, 'reset'
    from presented
    where value = 0
    union all
    select side, device, sequence, 'reset'
    from status
    where side = 'device' and access = 'read' and value = 0 and last_written = 0 and read_before is distinct from 0
      and device not in (select p.device from presented as p where p.value = 0 and p.device is not null)
),
appearance as (
    select device, sequence
    from presence
    where not is_gone and was_gone
    union all
    select device, first_sequence
    from device
    where appeared = first_sequence and device not in (select t.device from told as t)
),
boundary as (
    select r.side, r.device, r.sequence, r.begun_by
    from reset as r
    asof left join presence as p on p.device = r.device and r.sequence >= p.sequence
    where p.is_gone is distinct from true
    union all
    select s.side, p.device, p.sequence, 'removed'
    from presence as p
    cross join (values ('driver'), ('device')) as s(side)
    where p.is_gone
    union all
    select a.side, a.device, a.sequence, if(f.access = 'read' and f.value is distinct from 0, 'recording', 'appeared')
    from (from appearance cross join (values ('driver'), ('device')) as s(side)) as a
    asof left join status as f on f.side = a.side and f.device = a.device and f.sequence > a.sequence
    union all
    select s.side, d.device, d.first_sequence, 'recording'
    from device as d
    cross join (values ('driver'), ('device')) as s(side)
    where d.first_sequence not in (select a.sequence from appearance as a)
),
again as (
    select device, sequence from conversation where value = 2 and value_before = 11
),
distinct_boundary as (
    select side, device, sequence, max(begun_by) as begun_by
    from (
        select side, device, sequence, begun_by from boundary
        union all
        select s.side, a.device, a.sequence, 'renegotiated'
        from again as a cross join (values ('driver'), ('device')) as s(side)
    )
    where device is not null
    group by side, device, sequence
),
seen as (
    select side, device from status group by side, device
    union
    select s.side, c.device from conversation as c cross join (values ('driver'), ('device')) as s(side)
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
