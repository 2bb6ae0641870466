-- view: driver_ownership
-- materialize: yes
-- uses: published_entry, driver_return, queue_scope
-- device: number in the run
-- queue: number of the queue
-- position: place in the available ring, modulo 2^16
-- head: head of the chain
-- since: the publication: from here on the chain is the device's, as the driver knows it
-- until: the driver's load of the used entry that gives it back, else the end of the queue's enabling; null while it lasts
-- ended_by: used, disabled (queue disabled or reset), null
-- is_known: false where used entries do not name every chain (IN_ORDER batches)
-- queue_since: the enabling of the queue that it belongs to
--
-- ## Why
-- By the driver's own accesses. Memory is not free again at ended_by = disabled: the device may access it until it presents 0.
with chain as (
    select device, queue, publication, position, head, queue_since, queue_until
    from published_entry
    where head is not null
),
given_back as (
    select c.device, c.queue, c.publication, c.position, c.head, c.queue_since, c.queue_until, r.sequence as used
    from chain as c
    asof left join driver_return as r
        on r.device = c.device and r.queue = c.queue and r.head = c.head and r.sequence > c.publication
)
select
    g.device, g.queue, g.position, g.head, g.publication as since,
    coalesce(if(g.queue_until is null or g.used < g.queue_until, g.used, null), g.queue_until) as until,
    case when g.used is not null and (g.queue_until is null or g.used < g.queue_until) then 'used'
         when g.queue_until is not null then 'disabled'
    end as ended_by,
    q.in_order is false as is_known,
    g.queue_since
from given_back as g
left join queue_scope as q
    on q.side = 'driver' and q.device = g.device and q.queue = g.queue and q.since = g.queue_since
