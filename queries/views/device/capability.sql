-- view: capability
-- materialize: yes
-- side: driver (found it) or device (presents it); a side that recorded none has the other's
-- sequence: place in the run
-- device: number in the run
-- capability_type: cfg_type; 10 = SWIOTLB
-- bar: BAR number
-- bar_offset: where in that BAR the structure begins
-- length: the structure's length, null if unknown
-- place: the capability's offset in configuration space
with presented as (
    select sequence, actor, device, value, slot, address, length, register_offset
    from event
    where (event = 'capability' or (event = 'snapshot' and note = 'capability')) and device is not null
),
recorded as (
    select device, bool_or(actor = 'driver') as by_driver, bool_or(actor = 'device') as by_device
    from presented
    group by device
)
select
    s.side, p.sequence, p.device, p.value as capability_type, p.slot as bar, p.address as bar_offset, p.length,
    p.register_offset as place
from presented as p
join recorded as r on r.device = p.device
cross join (values ('driver'), ('device')) as s(side)
where p.actor = s.side
   or p.actor not in ('driver', 'device')
   or not if(s.side = 'driver', r.by_driver, r.by_device)
