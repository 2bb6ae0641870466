-- view: descriptor_content
-- materialize: yes
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
-- Drivers may write a descriptor's fields apart. Only entries for which that happens pay for filling forward.
with stored as (
    select device, queue, part, slot, address, sequence, source, thread, target, coalesce(target_space, 'bus') = 'bus' as is_bus,
        size, flags, next_slot
    from event
    where event = 'store' and part in ('descriptor', 'indirect_descriptor')
),
apart as (
    select distinct device, queue, slot
    from stored
    where part = 'descriptor' and (target is null or size is null or flags is null or next_slot is null)
)
select
    s.device, s.queue, s.part, s.slot, s.address as place, s.sequence, s.source, s.thread, s.target as address, s.is_bus,
    s.size, s.flags, s.next_slot
from stored as s
anti join apart as a on a.device = s.device and a.queue = s.queue and a.slot = s.slot and s.part = 'descriptor'
union all
select
    s.device, s.queue, s.part, s.slot, null, s.sequence, s.source, s.thread,
    last_value(s.target ignore nulls) over so_far,
    last_value(if(s.target is null, null, s.is_bus) ignore nulls) over so_far,
    last_value(s.size ignore nulls) over so_far,
    last_value(s.flags ignore nulls) over so_far,
    last_value(s.next_slot ignore nulls) over so_far
from stored as s
semi join apart as a on a.device = s.device and a.queue = s.queue and a.slot = s.slot and s.part = 'descriptor'
window so_far as (partition by s.device, s.queue, s.slot order by s.sequence)
