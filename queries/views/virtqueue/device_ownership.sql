-- view: device_ownership
-- materialize: yes
-- uses: ring_progress, device_return, queue_scope, ring_advance
-- device: number in the run
-- queue: number of the queue
-- position: place in the available ring, modulo 2^16
-- slot: entry of the available ring
-- head: head of the chain, as the device read it; null if it was not seen to
-- since: the device's read of the available idx that showed the entry
-- source: observer
-- thread: execution context of that read
-- fetched: its read of the ring entry, null if none was seen
-- fetch_source: observer of the fetch
-- fetch_thread: execution context of the fetch
-- until: its write of the used idx that gives the chain back, else the end of the queue's enabling; null while it lasts
-- ended_by: returned, disabled, null
-- is_known: false where used entries do not name every chain (IN_ORDER batches)
-- queue_since: the enabling of the queue that it belongs to, by the device
--
-- ## Why
-- By the device's own accesses: what it may touch, and when.
with progress as (
    select device, queue, sequence, source, thread, queue_since, queue_until, size, old_index, advance
    from ring_progress
    where step = 'observe_available' and advance > 0 and is_plausible
),
unrolled as (
    select
        p.device, p.queue, p.sequence, p.source, p.thread, p.queue_since, p.queue_until, p.size,
        ring_advance(p.old_index, unnest(range(p.advance))) as position
    from progress as p
),
placed as (
    select
        device, queue, sequence, source, thread, queue_since, queue_until, position,
        (position % size)::usmallint as slot
    from unrolled
),
entry as (
    select device, queue, sequence, source, thread, slot, (value & 65535)::usmallint as head
    from event
    where event = 'dma_read' and part = 'available_entry'
),
fetched as (
    select
        p.device, p.queue, p.sequence, p.source, p.thread, p.queue_since, p.queue_until, p.position, p.slot, e.head,
        e.sequence as fetched, e.source as fetch_source, e.thread as fetch_thread
    from placed as p
    asof left join entry as e
        on e.device = p.device and e.queue = p.queue and e.slot = p.slot and e.sequence > p.sequence
),
returned as (
    select f.device, f.queue, f.sequence, f.source, f.thread, f.queue_since, f.queue_until, f.position, f.slot, f.head,
        f.fetched, f.fetch_source, f.fetch_thread, r.sequence as returned
    from fetched as f
    asof left join device_return as r
        on r.device = f.device and r.queue = f.queue and r.head = f.head and r.sequence > f.sequence
)
select
    r.device, r.queue, r.position, r.slot, r.head, r.sequence as since, r.source, r.thread, r.fetched, r.fetch_source,
    r.fetch_thread,
    coalesce(if(r.queue_until is null or r.returned < r.queue_until, r.returned, null), r.queue_until) as until,
    case when r.returned is not null and (r.queue_until is null or r.returned < r.queue_until) then 'returned'
         when r.queue_until is not null then 'disabled'
    end as ended_by,
    q.in_order is false as is_known,
    r.queue_since
from returned as r
left join queue_scope as q
    on q.side = 'device' and q.device = r.device and q.queue = r.queue and q.since = r.queue_since
