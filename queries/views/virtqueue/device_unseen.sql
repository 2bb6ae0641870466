-- view: device_unseen
-- materialize: yes
-- uses: descriptor_read, device_ownership, queue_scope, ring_progress
-- device: number in the run
-- queue: number of the queue
-- queue_since: the enabling of the queue that it belongs to, by the device
-- until: its end, null while it lasts
-- chains_since: from here on the device may have found chains that its record does not show; null if none
-- links_since: from here on it may have read descriptors whose content its record does not show; null if none
-- earlier_since: where chains may be outstanding from before the recording: the queue's enabling; null if none may
-- since: the first of these
--
-- ## Why
-- Whether a device was led to what it accesses can only be said as far as its record shows what led it. It does not where a
-- head or a descriptor was read and its content not recorded, where several were read at once, where the available index
-- comes with the doorbell or its reads are not recorded, and where the recording began with the queue in use.
with indexed as (
    select distinct device, queue, queue_since from ring_progress where step = 'observe_available'
),
chain as (
    select device, queue, queue_since, since as sequence from device_ownership where head is null
    union all
    select device, queue, queue_since, sequence
    from ring_progress
    where step = 'observe_available' and advance <> 0 and is_plausible is not true and queue_since is not null
    union all
    select q.device, q.queue, q.since, q.since
    from queue_scope as q
    left join indexed as i on i.device = q.device and i.queue = q.queue and i.queue_since = q.since
    where q.side = 'device' and (q.notification_data is distinct from false or i.device is null)
),
link as (
    select device, queue, sequence
    from descriptor_read
    where not is_complete
),
scoped as (
    select device, queue, queue_since, sequence as chains_since, null::ubigint as links_since, null::ubigint as earlier_since
    from chain
    union all
    select l.device, l.queue, q.since, null, l.sequence, null
    from link as l
    asof join queue_scope as q
        on q.side = 'device' and q.device = l.device and q.queue = l.queue and l.sequence >= q.since
    union all
    select device, queue, since, null, null, since from queue_scope where side = 'device' and begun_before
),
earliest as (
    select device, queue, queue_since, min(chains_since) as chains_since, min(links_since) as links_since,
        min(earlier_since) as earlier_since
    from scoped
    group by device, queue, queue_since
)
select
    e.device, e.queue, e.queue_since, q.until, e.chains_since, e.links_since, e.earlier_since,
    least(e.chains_since, e.links_since, e.earlier_since) as since
from earliest as e
join queue_scope as q
    on q.side = 'device' and q.device = e.device and q.queue = e.queue and q.since = e.queue_since
