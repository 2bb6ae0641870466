-- view: published_entry
-- materialize: yes
-- uses: ring_progress, ring_advance
-- device: number in the run
-- queue: number of the queue
-- publication: the driver's store of the available idx that made it available
-- position: its place in the available ring, modulo 2^16
-- slot: the ring entry
-- head: head of the chain; null if that ring entry was never seen stored
-- entry_stored: sequence of the store of the ring entry
-- entry_source: observer of that store
-- entry_thread: its execution context
-- source: observer of the publication
-- thread: execution context of the publication
-- ordering: what the publishing store orders besides
-- ordering_domain: how far
-- queue_since: the enabling of the queue that it belongs to
-- queue_until: its end
with publication as (
    select
        device, queue, sequence, source, thread, ordering, ordering_domain, queue_since, queue_until, size, old_index,
        advance
    from ring_progress
    where step = 'publish' and advance > 0 and is_plausible and queue_since is not null
),
unrolled as (
    select
        p.device, p.queue, p.sequence as publication, p.source, p.thread, p.ordering, p.ordering_domain, p.queue_since,
        p.queue_until, p.size,
        ring_advance(p.old_index, unnest(range(p.advance))) as position
    from publication as p
),
placed as (
    select
        device, queue, publication, source, thread, ordering, ordering_domain, queue_since, queue_until, position,
        (position % size)::usmallint as slot
    from unrolled
),
entry as (
    select device, queue, sequence, source, thread, slot, (value & 65535)::usmallint as head
    from event
    where event = 'store' and part = 'available_entry'
)
select
    p.device, p.queue, p.publication, p.position, p.slot, e.head, e.sequence as entry_stored,
    e.source as entry_source, e.thread as entry_thread, p.source, p.thread,
    p.ordering, p.ordering_domain, p.queue_since, p.queue_until
from placed as p
asof left join entry as e
    on e.device = p.device and e.queue = p.queue and e.slot = p.slot and p.publication > e.sequence
