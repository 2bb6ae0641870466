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
    where step = 'return' and advance > 0 and is_plausible and queue_since is not null
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
),
handed_over as (
    select
        p.device, p.queue, p.sequence, p.source, p.thread, p.position, p.slot, e.sequence as entry_written,
        e.source as entry_source, e.thread as entry_thread, e.head, e.length,
        p.ordering, p.ordering_domain, p.queue_since
    from placed as p
    asof left join entry as e
        on e.device = p.device and e.queue = p.queue and e.slot = p.slot and p.sequence > e.sequence
),
-- Id and len may be written apart: then the other one is that of an earlier write, back to when the slot went out before.
half as (
    select h.*, coalesce(b.sequence, h.queue_since) as since
    from handed_over as h
    asof left join placed as b
        on b.device = h.device and b.queue = h.queue and b.queue_since = h.queue_since and b.slot = h.slot
        and h.sequence > b.sequence
    where h.entry_written is not null and (h.head is null or h.length is null)
)
select
    device, queue, sequence, source, thread, position, slot, entry_written, entry_source, entry_thread, head, length,
    ordering, ordering_domain, queue_since
from handed_over
where entry_written is null or (head is not null and length is not null)
union all
select
    h.device, h.queue, h.sequence, h.source, h.thread, h.position, h.slot, h.entry_written, h.entry_source, h.entry_thread,
    coalesce(h.head, if(i.sequence > h.since, i.head, null)), coalesce(h.length, if(l.sequence > h.since, l.length, null)),
    h.ordering, h.ordering_domain, h.queue_since
from half as h
asof left join (from entry where head is not null) as i
    on i.device = h.device and i.queue = h.queue and i.slot = h.slot and h.sequence > i.sequence
asof left join (from entry where length is not null) as l
    on l.device = h.device and l.queue = h.queue and l.slot = h.slot and h.sequence > l.sequence
