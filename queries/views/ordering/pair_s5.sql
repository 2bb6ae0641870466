-- view: pair_s5
-- materialize: no
-- uses: driver_ownership, driver_return, descriptor_content, queue_scope
-- pair: S5
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
-- Driver: the load of the used entry that gave a chain back, then the next store to its head's descriptor.
with given_back as (
    select o.device, o.queue, o.head, o.until as sequence, r.source, r.thread, o.queue_since
    from driver_ownership as o
    join driver_return as r on r.device = o.device and r.queue = o.queue and r.sequence = o.until
    where o.ended_by = 'used'
),
reuse as (
    select device, queue, slot, sequence, source, thread
    from descriptor_content
    where part = 'descriptor'
),
pair as (
    -- Each return pairs with the first store behind it only: later ones are ordered by what orders that one.
    select
        g.device, g.queue, g.sequence as first_sequence, g.source as first_source, g.thread as first_thread,
        g.queue_since, r.sequence as second_sequence, r.source, r.thread
    from given_back as g
    asof join reuse as r
        on r.device = g.device and r.queue = g.queue and r.slot = g.head and r.sequence > g.sequence
)
select
    'S5' as pair, 'driver' as side, p.device, p.queue, null::integer as position,
    p.first_sequence, p.first_source, p.first_thread, 'used_entry' as first_part, null::varchar as first_ordering,
    null::varchar as first_domain,
    if(q.device_in_region is false, p.first_sequence, null) as outside_sequence,
    if(q.device_in_region is null, p.first_sequence, null) as unplaced_sequence,
    p.second_sequence, p.source, p.thread, 'descriptor' as second_part, null::varchar as second_ordering,
    null::varchar as second_domain,
    q.desc_in_region as second_in_region, q.order_platform, true as is_needed
from pair as p
left join queue_scope as q
    on q.side = 'driver' and q.device = p.device and q.queue = p.queue and q.since = p.queue_since
-- Behind a reset nothing has to be waited for that came before it.
where q.until is null or p.second_sequence < q.until
