-- view: driver_ownership
-- materialize: yes
-- uses: published_entry, driver_return, ring_progress, queue_scope
-- device: number in the run
-- queue: number of the queue
-- position: place in the available ring, modulo 2^16
-- head: head of the chain
-- since: the publication: from here on the chain is the device's, as the driver knows it
-- until: the driver's load of the used entry that gives it back, or of the used idx that gives all back; else the end of the
--     queue's enabling; null while it lasts
-- ended_by: used, disabled (queue disabled or reset), null
-- is_known: false where used entries do not name every chain (IN_ORDER batches), or the driver looks at some idx only
-- queue_since: the enabling of the queue that it belongs to
--
-- ## Why
-- By the driver's own accesses. Memory is not free again at ended_by = disabled: the device may access it until it presents 0.
-- A driver that never loads used entries knows what came back by the used idx alone: everything, once it has caught up with
-- the available idx; where it says less than that, nothing shows which chains it means.
with chain as (
    select device, queue, publication, position, head, queue_since, queue_until
    from published_entry
    where head is not null
),
by_index as (
    select distinct c.device, c.queue
    from chain as c
    anti join driver_return as r on r.device = c.device and r.queue = c.queue
),
-- Used entries whose content is not in the record.
unread as (
    select distinct device, queue from driver_return where head is null and length is null
),
observed as (
    select u.device, u.queue, u.queue_since, u.sequence, u.new_index = p.new_index as is_all
    from ring_progress as u
    semi join by_index as b on b.device = u.device and b.queue = u.queue
    asof join (select device, queue, sequence, new_index from ring_progress where step = 'publish') as p
        on p.device = u.device and p.queue = u.queue and u.sequence > p.sequence
    where u.step = 'observe_used' and u.advance <> 0 and u.queue_since is not null
),
given_back as (
    select c.device, c.queue, c.publication, c.position, c.head, c.queue_since, c.queue_until, r.sequence as used,
        x.device is null as is_named
    from chain as c
    anti join by_index as b on b.device = c.device and b.queue = c.queue
    left join unread as x on x.device = c.device and x.queue = c.queue
    asof left join driver_return as r
        on r.device = c.device and r.queue = c.queue and r.head = c.head and r.sequence > c.publication
    union all
    select c.device, c.queue, c.publication, c.position, c.head, c.queue_since, c.queue_until,
        if(o.is_all, o.sequence, null), o.is_all is not false
    from chain as c
    semi join by_index as b on b.device = c.device and b.queue = c.queue
    asof left join observed as o
        on o.device = c.device and o.queue = c.queue and o.queue_since = c.queue_since and o.sequence > c.publication
)
select
    g.device, g.queue, g.position, g.head, g.publication as since,
    coalesce(if(g.queue_until is null or g.used < g.queue_until, g.used, null), g.queue_until) as until,
    case when g.used is not null and (g.queue_until is null or g.used < g.queue_until) then 'used'
         when g.queue_until is not null then 'disabled'
    end as ended_by,
    q.in_order is false and g.is_named as is_known,
    g.queue_since
from given_back as g
left join queue_scope as q
    on q.side = 'driver' and q.device = g.device and q.queue = g.queue and q.since = g.queue_since
