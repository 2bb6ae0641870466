-- view: device_return
-- materialize: yes
-- uses: ring_progress, queue_scope, ring_advance
-- device: number in the run
-- queue: number of the queue
-- sequence: the device's write of the used idx that gave the buffer back
-- source: observer
-- thread: execution context
-- position: place in the used ring, modulo 2^16
-- slot: entry of the used ring
-- entry_written: the device's write of that used entry, null if none was seen
-- head: id as written
-- length: len as written
-- queue_since: the enabling of the queue that it belongs to, by the device
with progress as (
    select device, queue, sequence, source, thread, queue_since, size, old_index, advance
    from ring_progress
    where step = 'return' and advance > 0 and is_plausible
),
unrolled as (
    select
        p.device, p.queue, p.sequence, p.source, p.thread, p.queue_since, p.size,
        ring_advance(p.old_index, unnest(range(p.advance))) as position
    from progress as p
),
placed as (
    select device, queue, sequence, source, thread, queue_since, position, (position % size)::usmallint as slot
    from unrolled
),
entry as (
    select e.device, e.queue, e.sequence, (e.slot % q.size)::usmallint as slot, e.value as head, e.size as length
    from event as e
    asof join queue_scope as q
        on q.side = 'device' and q.device = e.device and q.queue = e.queue and e.sequence >= q.since
    where e.event = 'dma_write' and e.part = 'used_entry'
)
select
    p.device, p.queue, p.sequence, p.source, p.thread, p.position, p.slot, e.sequence as entry_written, e.head, e.length,
    p.queue_since
from placed as p
asof left join entry as e
    on e.device = p.device and e.queue = p.queue and e.slot = p.slot and p.sequence > e.sequence
