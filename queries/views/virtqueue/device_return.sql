-- view: device_return
-- materialize: yes
-- uses: ring_progress, ring_advance
-- device: number in the run
-- queue: number of the queue
-- sequence: the device's write of the used idx that gave the buffer back
-- source: observer
-- thread: execution context
-- position: place in the used ring, modulo 2^16
-- slot: entry of the used ring
-- entry_written: the device's write of that used entry, null if none was seen
-- entry_source: observer of that write
-- entry_thread: its execution context
-- head: id as written
-- length: len as written
-- ordering: what the write of the used idx orders besides
-- ordering_domain: how far
-- queue_since: the enabling of the queue that it belongs to, by the device
with progress as (
    select device, queue, sequence, source, thread, ordering, ordering_domain, queue_since, size, old_index, advance
    from ring_progress
    where step = 'return' and advance > 0 and is_plausible
),
unrolled as (
    select
        p.device, p.queue, p.sequence, p.source, p.thread, p.ordering, p.ordering_domain, p.queue_since, p.size,
        ring_advance(p.old_index, unnest(range(p.advance))) as position
    from progress as p
),
placed as (
    select
        device, queue, sequence, source, thread, ordering, ordering_domain, queue_since, position,
        (position % size)::usmallint as slot
    from unrolled
),
entry as (
    select device, queue, sequence, source, thread, slot, value as head, size as length
    from event
    where event = 'dma_write' and part = 'used_entry'
)
select
    p.device, p.queue, p.sequence, p.source, p.thread, p.position, p.slot, e.sequence as entry_written,
    e.source as entry_source, e.thread as entry_thread, e.head, e.length,
    p.ordering, p.ordering_domain, p.queue_since
from placed as p
asof left join entry as e
    on e.device = p.device and e.queue = p.queue and e.slot = p.slot and p.sequence > e.sequence
