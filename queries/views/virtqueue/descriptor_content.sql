-- view: descriptor_content
-- materialize: yes
-- uses: byte_distance, descriptor_place
-- device: number in the run
-- queue: number of the queue
-- part: descriptor (of the ring's table) or indirect_descriptor
-- slot: entry of its table
-- place: bus address of the entry, null if unknown
-- sequence: the driver's store; from here on the entry holds what follows
-- source: observer of the store
-- thread: execution context of the store
-- address: addr
-- is_bus: whether that is a bus address, which is what regions are compared with
-- size: len
-- flags: NEXT 1, WRITE 2, INDIRECT 4
-- next_slot: next
--
-- ## Why
-- Drivers may write a descriptor's fields apart. Only entries for which that happens pay for filling forward. An entry of the
-- ring's table is known by its slot, as long as the table lies where it is and nobody fills it as a whole; one of an
-- indirect table by its place.
with stored as (
    select device, queue, part, slot,
        try_cast(descriptor_place(address, length, target, size, flags, next_slot) as ubigint) as place, sequence, source, thread,
        target, coalesce(target_space, 'bus') = 'bus' as is_bus, size, flags, next_slot
    from event
    where event = 'store' and part in ('descriptor', 'indirect_descriptor')
),
ring as (
    from stored where part = 'descriptor'
),
ring_apart as (
    select distinct device, queue, slot
    from ring
    where target is null or size is null or flags is null or next_slot is null
),
indirect as (
    from stored where part = 'indirect_descriptor'
),
indirect_apart as (
    select distinct device, place
    from indirect
    where place is not null and (target is null or size is null or flags is null or next_slot is null)
),
-- What is filled forward together: one entry of one table, since the table was last filled as a whole.
apart as (
    select s.*, s.queue as own_queue, s.slot as own_slot, byte_distance(s.place, s.slot::uinteger * 16) as own_place,
        c.sequence as cleared
    from ring as s
    semi join ring_apart as a on a.device = s.device and a.queue = s.queue and a.slot = s.slot
    asof left join (select device, queue, sequence from event where event = 'store' and part = 'descriptor_area') as c
        on c.device = s.device and c.queue = s.queue and s.sequence > c.sequence
    union all
    select s.*, null, null, s.place::hugeint, null
    from indirect as s
    semi join indirect_apart as a on a.device = s.device and a.place = s.place
)
select
    s.device, s.queue, s.part, s.slot, s.place, s.sequence, s.source, s.thread, s.target as address, s.is_bus, s.size, s.flags,
    s.next_slot
from ring as s
anti join ring_apart as a on a.device = s.device and a.queue = s.queue and a.slot = s.slot
union all
select
    s.device, s.queue, s.part, s.slot, s.place, s.sequence, s.source, s.thread, s.target, s.is_bus, s.size, s.flags, s.next_slot
from indirect as s
anti join indirect_apart as a on a.device = s.device and a.place = s.place
union all
select
    device, queue, part, slot, place, sequence, source, thread,
    last_value(target ignore nulls) over so_far,
    last_value(if(target is null, null, is_bus) ignore nulls) over so_far,
    last_value(size ignore nulls) over so_far,
    last_value(flags ignore nulls) over so_far,
    last_value(next_slot ignore nulls) over so_far
from apart
window so_far as (partition by part, device, own_queue, own_slot, own_place, cleared order by sequence)
