-- view: published_entry
-- materialize: yes
-- uses: ring_progress, queue_scope, ring_advance
-- device: number in the run
-- queue: number of the queue
-- publication: the driver's store of the available idx that made it available
-- position: its place in the available ring, modulo 2^16
-- slot: the ring entry
-- head: head of the chain; null if that ring entry was never seen stored in this epoch
-- entry_stored: sequence of the store of the ring entry
-- entry_source: observer of that store
-- entry_thread: its execution context
-- source: observer of the publication
-- thread: execution context of the publication
-- queue_since: the enabling of the queue that it belongs to
-- queue_until: its end
with publication as (
    select device, queue, sequence, source, thread, queue_since, queue_until, size, old_index, advance
    from ring_progress
    where step = 'publish' and advance > 0 and is_plausible
),
unrolled as (
    select
        p.device, p.queue, p.sequence as publication, p.source, p.thread, p.queue_since, p.queue_until, p.size,
        ring_advance(p.old_index, unnest(range(p.advance))) as position
    from publication as p
),
placed as (
    select
        device, queue, publication, source, thread, queue_since, queue_until, position,
        (position % size)::usmallint as slot
    from unrolled
),
entry as (
    select
        e.device, e.queue, e.sequence, e.source, e.thread, (e.slot % q.size)::usmallint as slot,
        (e.value & 65535)::usmallint as head
    from event as e
    asof join queue_scope as q
        on q.side = 'driver' and q.device = e.device and q.queue = e.queue and e.sequence >= q.epoch_since
    where e.event = 'store' and e.part = 'available_entry'
)
select
    p.device, p.queue, p.publication, p.position, p.slot, e.head, e.sequence as entry_stored,
    e.source as entry_source, e.thread as entry_thread, p.source, p.thread,
    p.queue_since, p.queue_until
from placed as p
asof left join entry as e
    on e.device = p.device and e.queue = p.queue and e.slot = p.slot and p.publication > e.sequence
