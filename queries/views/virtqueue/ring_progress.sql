-- view: ring_progress
-- materialize: yes
-- uses: queue_scope, ring_distance
-- step: publish (driver stores available idx), observe_available (device reads it), return (device writes used idx),
--    observe_used (driver loads it)
-- side: who did it
-- device: number in the run
-- queue: number of the queue
-- sequence: place in the run
-- source: observer
-- thread: execution context
-- ordering: what the access orders besides
-- ordering_domain: how far
-- queue_since: the enabling of the queue that it belongs to, by this side; null if none is known
-- queue_until: its end
-- size: entries of the queue, null if unknown
-- old_index: the index before, by this side's own accesses; 0 for the first of an enabling, or what the driver had stored
--    before it, where that alone explains the step; what a snapshot says where the recording began later; null where nothing
--    shows it
-- new_index: the index from here on, modulo 2^16
-- advance: how many entries that is, modulo 2^16
-- is_plausible: the advance is at most the queue's size, and not so large all together that no ring could hold it
--
-- ## Why
-- Ring indices run freely and wrap. A hostile or broken one may jump: what is not plausible is never unrolled.
with step as (
    select
        case event when 'store' then 'publish' when 'dma_read' then 'observe_available' when 'dma_write' then 'return'
            else 'observe_used' end as step,
        actor as side, device, queue, sequence, source, thread, ordering, ordering_domain, value, false as is_snapshot
    from event
    where (event in ('store', 'dma_read') and part = 'available_index')
       or (event in ('dma_write', 'load') and part = 'used_index')
    union all
    -- A recording that begins in the middle says where the indices stand.
    select i.step, i.side, e.device, e.queue, e.sequence, null, null, null, null, e.value, true
    from event as e
    join (values ('publish', 'driver', 'available_index'), ('observe_available', 'device', 'available_index'),
        ('return', 'device', 'used_index'), ('observe_used', 'driver', 'used_index')) as i(step, side, part) on i.part = e.part
    where e.event = 'snapshot'
),
scoped as (
    select
        s.step, s.side, s.device, s.queue, s.sequence, s.source, s.thread, s.ordering, s.ordering_domain,
        (s.value & 65535)::integer as new_index, s.is_snapshot, q.size,
        if(q.until is null or s.sequence < q.until, q.since, null) as queue_since,
        q.until as queue_until,
        q.begun_before
    from step as s
    asof left join queue_scope as q
        on q.side = s.side and q.device = s.device and q.queue = s.queue and s.sequence >= q.since
),
-- A driver may fill its ring before it enables the queue: such stores publish nothing yet.
early as (
    select s.device, s.queue, s.sequence, s.new_index, q.since
    from (select device, queue, sequence, new_index from scoped where step = 'publish' and queue_since is null) as s
    asof join (select device, queue, since, epoch_since from queue_scope where side = 'driver') as q
        on q.device = s.device and q.queue = s.queue and s.sequence < q.since
    where q.epoch_since <= s.sequence
),
filled as (
    select device, queue, since, arg_max(new_index, sequence) as new_index from early group by device, queue, since
),
stepped as (
    select
        s.step, s.side, s.device, s.queue, s.sequence, s.source, s.thread, s.ordering, s.ordering_domain, s.new_index, s.size,
        s.queue_since, s.queue_until, s.is_snapshot,
        coalesce(lag(s.new_index) over before, case
            when s.begun_before or s.queue_since is null then null
            when s.new_index > s.size then coalesce(f.new_index, 0)
            else 0
        end) as old_index
    from scoped as s
    left join filled as f
        on s.step = 'publish' and f.device = s.device and f.queue = s.queue and f.since = s.queue_since
    window before as (partition by s.step, s.device, s.queue, s.queue_since order by s.sequence)
),
measured as (
    select
        step, side, device, queue, sequence, source, thread, ordering, ordering_domain, new_index, size, queue_since,
        queue_until, old_index,
        ring_distance(new_index, old_index) as advance
    from stepped as s
    anti join early as e on s.step = 'publish' and e.device = s.device and e.queue = s.queue and e.sequence = s.sequence
    where not is_snapshot
),
-- Of each chain some entry is written or read by somebody: a recording may hold one side only, and a batch in order has one
-- used entry for many chains.
entry_access as (
    select device, queue, event, count(*) as entries
    from event
    where part in ('available_entry', 'used_entry') and event in ('store', 'dma_read', 'dma_write', 'load')
    group by device, queue, event
),
written as (
    select device, queue, max(entries) as entries from entry_access group by device, queue
),
total as (
    select step, device, queue, sum(advance) as advance
    from measured
    where advance <= size
    group by step, device, queue
),
bounded as (
    select t.step, t.device, t.queue, t.advance <= coalesce(w.entries, 0) * 2 + 65536 as is_bounded
    from total as t
    left join written as w on w.device = t.device and w.queue = t.queue
)
select
    m.step, m.side, m.device, m.queue, m.sequence, m.source, m.thread, m.ordering, m.ordering_domain, m.queue_since,
    m.queue_until, m.size, m.old_index, m.new_index, m.advance,
    m.advance <= m.size and coalesce(b.is_bounded, true) as is_plausible
from measured as m
left join bounded as b on b.step = m.step and b.device = m.device and b.queue = m.queue
