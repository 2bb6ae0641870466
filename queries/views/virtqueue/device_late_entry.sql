-- view: device_late_entry
-- materialize: no
-- uses: queue_scope, device_used_entry, ring_progress, ring_distance
-- sequence: the write of the used idx that handed the entry over
-- written: the device's write of the entry's len behind it
-- device: number in the run
-- queue: number of the queue
-- slot: entry of the used ring
-- old_index: the used idx before
-- new_index: the used idx written
--
-- ## How
-- Once handed over, a slot is the driver's until the ring has come round. A write to it belongs to the next lap only if the
-- device has found so many chains that the next lap can reach it; else it comes too late for this one. To write once more
-- what stands there changes nothing. Not judged where the device may learn of chains from the doorbell alone.
with written as (
    select e.device, e.queue, e.sequence, q.size, (e.slot % q.size)::usmallint as slot, e.size as length
    from event as e
    asof join queue_scope as q
        on q.side = 'device' and q.device = e.device and q.queue = e.queue and e.sequence >= q.since
    where e.event = 'dma_write' and e.part = 'used_entry' and e.size is not null and q.size > 0
      and q.notification_data is false
),
placed as (
    select w.device, w.queue, w.sequence as written, w.slot, c.sequence, c.old_index, c.new_index,
        ring_distance(w.slot, r.new_index) % w.size as ahead,
        ring_distance(a.new_index, r.new_index) as outstanding
    from written as w
    asof join device_used_entry as c
        on c.device = w.device and c.queue = w.queue and c.slot = w.slot and w.sequence > c.sequence
    asof join (select * from ring_progress where step = 'return') as r
        on r.device = w.device and r.queue = w.queue and w.sequence > r.sequence
    asof join (select * from ring_progress where step = 'observe_available') as a
        on a.device = w.device and a.queue = w.queue and w.sequence > a.sequence
    where c.queue_since = r.queue_since and a.queue_since = r.queue_since
      and coalesce(w.length <> c.length, c.length_written is null)
)
select sequence, written, device, queue, slot, old_index, new_index
from placed
where ahead >= outstanding
