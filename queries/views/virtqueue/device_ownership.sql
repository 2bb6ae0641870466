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
-- is_known: whether its return is seen by what the device writes; not where nothing shows if used entries name every chain
-- queue_since: the enabling of the queue that it belongs to, by the device
--
-- ## Why
-- By the device's own accesses: what it may touch, and when. A chain comes back with the used entry that names its head; with
-- VIRTIO_F_IN_ORDER, where a batch has one entry for all its chains, with the used index that covers its place.
with progress as (
    select device, queue, sequence, source, thread, queue_since, queue_until, size, old_index, advance
    from ring_progress
    where step = 'observe_available' and advance > 0 and is_plausible and queue_since is not null
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
        (position % size)::usmallint as slot,
        lead(sequence) over (partition by device, queue, queue_since, position % size order by sequence) as next_lap
    from unrolled
),
wide as (
    -- Up to four entries in one read; of more the record does not hold the content.
    select device, queue, sequence, source, thread, slot, value, unnest(range(1, (length // 2)::bigint)) as n
    from event
    where event = 'dma_read' and part = 'available_entry' and length between 4 and 8
),
entry as (
    select device, queue, sequence, source, thread, slot, (value & 65535)::usmallint as head
    from event
    where event = 'dma_read' and part = 'available_entry'
    union all
    select device, queue, sequence, source, thread, ring_advance(slot, n)::usmallint,
        ((value >> (n * 16)::ubigint) & 65535)::usmallint
    from wide
),
fetched as (
    select
        p.device, p.queue, p.sequence, p.source, p.thread, p.queue_since, p.queue_until, p.position, p.slot,
        -- A read behind the index that shows the slot's next entry reads that one.
        if(e.sequence < coalesce(p.next_lap, 18446744073709551615), e, null) as entry
    from placed as p
    asof left join entry as e
        on e.device = p.device and e.queue = p.queue and e.slot = p.slot and e.sequence > p.sequence
),
scope as (
    select device, queue, since, in_order from queue_scope where side = 'device'
),
-- What tells the chains of a queue apart when they come back: the head, or the place in the ring.
named as (
    select f.device, f.queue, f.sequence, f.source, f.thread, f.queue_since, f.queue_until, f.position, f.slot,
        f.entry.head as head, f.entry.sequence as fetched, f.entry.source as fetch_source, f.entry.thread as fetch_thread,
        q.in_order, if(q.in_order, 4294967296 | f.position, f.entry.head)::ubigint as name
    from fetched as f
    left join scope as q on q.device = f.device and q.queue = f.queue and q.since = f.queue_since
),
came_back as (
    select r.device, r.queue, r.sequence, if(q.in_order, 4294967296 | r.position, r.head)::ubigint as name
    from device_return as r
    left join scope as q on q.device = r.device and q.queue = r.queue and q.since = r.queue_since
),
returned as (
    select n.*, r.sequence as returned
    from named as n
    asof left join came_back as r
        on r.device = n.device and r.queue = n.queue and r.name = n.name and r.sequence > n.sequence
)
select
    device, queue, position, slot, head, sequence as since, source, thread, fetched, fetch_source, fetch_thread,
    coalesce(if(queue_until is null or returned < queue_until, returned, null), queue_until) as until,
    case when returned is not null and (queue_until is null or returned < queue_until) then 'returned'
         when queue_until is not null then 'disabled'
    end as ended_by,
    in_order is not null as is_known,
    queue_since
from returned
