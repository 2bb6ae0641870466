-- view: device_used_entry
-- materialize: yes
-- uses: device_return, ring_progress, queue_scope, device_ownership, device_unseen
-- sequence: the write of the used idx that hands the entry over
-- device: number in the run
-- queue: number of the queue
-- position: place in the used ring, modulo 2^16
-- slot: entry of the used ring
-- queue_since: the enabling of the queue that it belongs to
-- since: the write of the used idx that handed this slot over the time before, else the enabling of the queue
-- is_first: the first entry that this write hands over
-- in_order: negotiated; then a batch has one entry only, for its last chain, in the slot of its first
-- old_index: the used idx before
-- new_index: the used idx written
-- id_written: the last write of id between since and sequence, null if none was seen
-- length_written: likewise of len, or of the whole entry
-- is_clear: all that was written into the entry between since and sequence is in the record
-- head: id
-- length: len
-- queue_size: entries of the queue
-- chain_since: the read of the available idx that showed the newest chain with that head; null if there is none
-- chain_position: that chain's place in the available ring
-- return_number: 1 if that chain is given back for the first time
-- heads_known: every head that the device had found up to here, and not given back, was seen read from the available ring
-- new_heads_known: likewise, but for chains from before the recording
with covered as (
    select
        r.device, r.queue, r.sequence, r.position, r.slot, p.old_index, p.new_index, r.queue_since,
        r.position = p.old_index as is_first,
        coalesce(
            lag(r.sequence) over (partition by r.device, r.queue, r.queue_since, r.slot order by r.sequence),
            r.queue_since, 0) as since
    from device_return as r
    join ring_progress as p on p.step = 'return' and p.sequence = r.sequence
),
written as (
    select e.device, e.queue, e.sequence, (e.slot % q.size)::usmallint as slot, e.value as id, e.size as length,
        e.size is not null or e.length between 5 and 8 as has_length,
        -- A write of several entries at once, or one whose content is not in the record.
        e.slot is null or e.part = 'device_area' or e.length > 8
            or (e.size is null and (e.value is null or e.length is null)) as is_unclear
    from event as e
    asof join queue_scope as q
        on q.side = 'device' and q.device = e.device and q.queue = e.queue and e.sequence >= q.since
    where e.event = 'dma_write' and e.part in ('used_entry', 'device_area')
),
filled as (
    select c.*,
        if(i.sequence > c.since, i.sequence, null) as id_written, if(i.sequence > c.since, i.id, null) as head,
        if(l.sequence > c.since, l.sequence, null) as length_written, if(l.sequence > c.since, l.length, null) as length,
        coalesce(x.sequence <= c.since, true) as is_clear
    from covered as c
    asof left join (select * from written where id is not null) as i
        on i.device = c.device and i.queue = c.queue and i.slot = c.slot and c.sequence > i.sequence
    asof left join (select * from written where has_length) as l
        on l.device = c.device and l.queue = c.queue and l.slot = c.slot and c.sequence > l.sequence
    asof left join (select * from written where is_unclear) as x
        on x.device = c.device and x.queue = c.queue and c.sequence > x.sequence
),
chain as (
    select device, queue, since, position, head::ubigint as head from device_ownership where head is not null
)
select
    f.sequence, f.device, f.queue, f.position, f.slot, f.queue_since, f.since, f.is_first, q.in_order, f.old_index, f.new_index,
    f.id_written, f.length_written,
    f.is_clear and not (q.begun_before and f.since = f.queue_since) as is_clear,
    f.head, f.length, q.size as queue_size, c.since as chain_since, c.position as chain_position,
    if(c.since is null, null, row_number() over (
        partition by f.device, f.queue, c.since, c.position order by f.sequence, f.id_written)) as return_number,
    coalesce(u.chains_since > f.sequence, true) and u.earlier_since is null as heads_known,
    coalesce(u.chains_since > f.sequence, true) as new_heads_known
from filled as f
asof left join chain as c
    on c.device = f.device and c.queue = f.queue and c.head = f.head and f.sequence > c.since
left join device_unseen as u on u.device = f.device and u.queue = f.queue and u.queue_since = f.queue_since
left join queue_scope as q
    on q.side = 'device' and q.device = f.device and q.queue = f.queue and q.since = f.queue_since
