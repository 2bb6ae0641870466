-- view: pair_request
-- materialize: no
-- uses: signal_access, ring_progress, queue_scope
-- pair: S4, S10
-- side: who accesses
-- device: number in the run
-- queue: number of the queue
-- position: ring position that the pair is about, null if none
-- first_sequence: the access that must come first
-- first_source: its observer
-- first_thread: its execution context
-- first_part: the structure that it touches
-- first_ordering: the ordering that it carries
-- first_domain: how far
-- outside_sequence: the last first access of this pair outside the bounce buffer, null if none
-- unplaced_sequence: the last of which nothing says whether it lies in the bounce buffer, null if none
-- second_sequence: the access that must come after
-- source: its observer
-- thread: its execution context
-- second_part: the structure that it touches
-- second_ordering: the ordering that it carries
-- second_domain: how far
-- second_in_region: it lies in the bounce buffer, null if that is not known
-- order_platform: ORDER_PLATFORM in force
-- is_needed: true; null where nothing says whether this order is needed
--
-- ## Why
-- One asks to be told, and then looks once more.
-- S4, driver: used_event with EVENT_IDX, else available flags 0, then the used idx (§2.7.7.1).
-- S10, device: avail_event with EVENT_IDX, else used flags 0, then the available idx.
-- What counts is the look that finds nothing and after which one waits. One that finds something, or that another request
-- follows, loses no notification: device models move avail_event along with every chain that they take, and look again
-- before they wait. Stores before the queue is enabled only initialise.
with asked as (
    select if(kind = 'driver_asks', 'S4', 'S10') as pair, if(kind = 'driver_asks', 'driver', 'device') as side,
        device, queue, sequence, source, thread, part, by_event_index, ordering, ordering_domain
    from signal_access
    where kind in ('driver_asks', 'device_asks')
),
step as (
    select a.pair, a.side, a.device, a.queue, q.since as queue_since, a.source, a.thread, a.sequence, 'request' as kind, a.part,
        a.ordering, a.ordering_domain, a.by_event_index = q.event_idx as is_needed
    from asked as a
    asof left join queue_scope as q
        on q.side = a.side and q.device = a.device and q.queue = a.queue and a.sequence >= q.since
    where (q.until is null or a.sequence < q.until) and (a.by_event_index = q.event_idx) is not false
    union all
    select if(step = 'observe_used', 'S4', 'S10'), side, device, queue, queue_since, source, thread, sequence,
        if(advance = 0, 'quiet', 'progress'), if(step = 'observe_used', 'used_index', 'available_index'), ordering,
        ordering_domain, null
    from ring_progress
    where step in ('observe_used', 'observe_available')
),
followed as (
    select pair, side, device, queue, queue_since, source, thread, sequence, kind, part, ordering, ordering_domain,
        lead(kind) over own as next_kind,
        max(if(kind = 'progress', sequence, null)) over own as last_progress,
        last_value(if(kind = 'request', {'sequence': sequence, 'part': part, 'ordering': ordering,
            'ordering_domain': ordering_domain, 'is_needed': is_needed}, null) ignore nulls) over own as request
    from step
    window own as (partition by pair, side, device, queue, queue_since, source, thread order by sequence)
)
select
    f.pair, f.side, f.device, f.queue, null::integer as position,
    f.request.sequence as first_sequence, f.source as first_source, f.thread as first_thread, f.request.part as first_part,
    f.request.ordering as first_ordering, f.request.ordering_domain as first_domain,
    if(if(f.pair = 'S4', q.driver_in_region, q.device_in_region) is false, f.request.sequence, null) as outside_sequence,
    if(if(f.pair = 'S4', q.driver_in_region, q.device_in_region) is null, f.request.sequence, null) as unplaced_sequence,
    f.sequence as second_sequence, f.source, f.thread, f.part as second_part,
    f.ordering as second_ordering, f.ordering_domain as second_domain,
    if(f.pair = 'S4', q.device_in_region, q.driver_in_region) as second_in_region, q.order_platform,
    f.request.is_needed as is_needed
from followed as f
left join queue_scope as q
    on q.side = f.side and q.device = f.device and q.queue = f.queue and q.since = f.queue_since
where f.kind = 'quiet' and coalesce(f.next_kind, 'progress') = 'progress'
  and f.request.sequence > coalesce(f.last_progress, 0)
