-- view: pair_reaction
-- materialize: no
-- uses: signal_access, ring_progress, queue_scope
-- pair: S2, S6, S9, S11
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
-- An index is stored, and then one looks whether the other side wants to hear of it, or tells it.
-- S2, driver: available idx, then reading used flags or avail_event to decide about the doorbell (§2.7.13.4).
-- S6, driver: available idx, then the doorbell. A doorbell is no address in the region: never exempt.
-- S9, device: used idx, then reading available flags or used_event to decide about the interrupt.
-- S11, device: used idx, then the interrupt of that queue. A message is no address in the region: never exempt.
-- Whether flags or event words count, EVENT_IDX says.
with reaction as (
    select k.pair, k.step, a.device, a.queue, a.sequence, a.source, a.thread, coalesce(a.part, a.kind) as part, a.by_event_index,
        a.ordering, a.ordering_domain
    from signal_access as a
    join (values ('driver_decides', 'S2', 'publish'), ('doorbell', 'S6', 'publish'), ('device_decides', 'S9', 'return'),
        ('interrupt', 'S11', 'return')) as k(kind, pair, step) on k.kind = a.kind
),
progress as (
    select step, side, device, queue, sequence, source, thread, ordering, ordering_domain, queue_since, queue_until
    from ring_progress
    where step in ('publish', 'return') and advance is distinct from 0
),
-- Where several threads store the index, each answers for its own; one that never does, for the last of the others.
shared as (
    select step, device, queue from progress group by step, device, queue
    having min(thread) <> max(thread) or min(source) <> max(source)
),
answered as (
    select
        r.pair, r.step, p.side, r.device, r.queue, r.sequence, r.source, r.thread, r.part, r.by_event_index, r.ordering,
        r.ordering_domain, p.sequence as first_sequence, p.source as first_source, p.thread as first_thread,
        p.ordering as first_ordering, p.ordering_domain as first_domain, p.queue_since
    from reaction as r
    asof join progress as p
        on p.step = r.step and p.device = r.device and p.queue = r.queue and r.sequence > p.sequence
    where p.queue_until is null or r.sequence < p.queue_until
),
placed as (
    select
        a.pair, a.side, a.device, a.queue, coalesce(o.sequence, a.first_sequence) as first_sequence,
        coalesce(o.source, a.first_source) as first_source, coalesce(o.thread, a.first_thread) as first_thread,
        if(a.step = 'publish', 'available_index', 'used_index') as first_part,
        if(o.sequence is null, a.first_ordering, o.ordering) as first_ordering,
        if(o.sequence is null, a.first_domain, o.ordering_domain) as first_domain,
        case when a.by_event_index is null then false when a.step = 'publish' then q.driver_in_region else q.device_in_region
        end as first_in_region,
        a.sequence as second_sequence, a.source, a.thread, a.part as second_part, a.ordering as second_ordering,
        a.ordering_domain as second_domain,
        case when a.by_event_index is null then false when a.step = 'publish' then q.device_in_region else q.driver_in_region
        end as second_in_region,
        q.order_platform,
        a.by_event_index is null or a.by_event_index = q.event_idx as is_needed
    from answered as a
    asof left join (
        from progress as p semi join shared as s on s.step = p.step and s.device = p.device and s.queue = p.queue
    ) as o
        on o.step = a.step and o.device = a.device and o.queue = a.queue and o.queue_since = a.queue_since
        and o.source = a.source and o.thread = a.thread and a.sequence > o.sequence
    left join queue_scope as q
        on q.side = a.side and q.device = a.device and q.queue = a.queue and q.since = a.queue_since
)
select
    pair, side, device, queue, null::integer as position, first_sequence, first_source, first_thread, first_part,
    first_ordering, first_domain,
    if(first_in_region is false, first_sequence, null) as outside_sequence,
    if(first_in_region is null, first_sequence, null) as unplaced_sequence,
    second_sequence, source, thread, second_part, second_ordering, second_domain, second_in_region, order_platform,
    is_needed
from placed
where is_needed is not false
