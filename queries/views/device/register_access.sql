-- view: register_access
-- materialize: yes
-- side: driver or device: whose observation this row belongs to
-- sequence: place in the run
-- thread: execution context of whoever recorded it
-- device: number in the run
-- queue: the queue that the register belongs to, null for the others
-- access: read or write
-- register_name: decoded register
-- value: what was read or written, null if unknown
-- width: bytes
-- slot: BAR number or vector where the register has one
-- register_offset: byte offset in its structure
-- address_space: where the register lies
-- address: its place there
-- feature_word: word of a feature register, null if unknown
-- value_space: space of the value where it is an address; null = bus, as for all that is none
-- is_snapshot: it was so when the recording began: in what order such things came about is not known
-- recorded_by: actor that recorded it; differs from side where that side recorded no register at all
--
-- ## Why
-- A side that recorded registers of a device is judged by its own record only; one that recorded none, by the other's.
with access as (
    select
        sequence, actor, thread, device, queue, register_name, value, width, slot, register_offset,
        address_space, address, feature_word,
        target_space as value_space, event = 'snapshot' as is_snapshot,
        if(event = 'register_write' or note = 'register_write', 'write', 'read') as access
    from event
    where (event in ('register_read', 'register_write')
           or (event = 'snapshot' and note in ('register_read', 'register_write')))
      and device is not null
),
recorded as (
    select device, bool_or(actor = 'driver') as by_driver, bool_or(actor = 'device') as by_device
    from access
    group by device
)
select
    s.side, a.sequence, a.thread, a.device, a.queue, a.access, a.register_name, a.value, a.width, a.slot,
    a.register_offset, a.address_space, a.address, a.feature_word, a.value_space, a.is_snapshot, a.actor as recorded_by
from access as a
join recorded as r on r.device = a.device
cross join (values ('driver'), ('device')) as s(side)
where a.actor = s.side
   or a.actor not in ('driver', 'device')
   or not if(s.side = 'driver', r.by_driver, r.by_device)
