-- view: driver_return
-- materialize: yes
-- uses: ring_progress
-- device: number in the run
-- queue: number of the queue
-- sequence: the driver's load of the used entry
-- source: observer
-- thread: execution context
-- slot: entry of the used ring
-- head: id as loaded
-- length: len as loaded
-- index_seen: the driver's load of the used idx before it in this queue, null if none
-- address: where the used entry lies
-- ordering: what the load orders besides
-- ordering_domain: how far
select
    e.device, e.queue, e.sequence, e.source, e.thread, e.slot, e.value as head, e.size as length,
    p.sequence as index_seen, e.address,
    e.ordering, e.ordering_domain
from event as e
asof left join (select device, queue, sequence from ring_progress where step = 'observe_used') as p
    on p.device = e.device and p.queue = e.queue and e.sequence > p.sequence
where e.event = 'load' and e.part = 'used_entry'
