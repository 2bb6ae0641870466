-- view: ordering_pair
-- materialize: no
-- uses: pair_s1, pair_s3, pair_s5, pair_s7, pair_s8, pair_reaction, pair_request, fence, handover, access_rank
-- pair: S1 to S11, of the table of ordered pairs of split rings
-- side: who accesses
-- device: number in the run
-- queue: number of the queue
-- position: ring position that the pair is about, null if none
-- first_sequence: the access that must come first
-- first_part: the structure that it touches
-- second_sequence: the access that must come after
-- second_part: the structure that it touches
-- source: observer of the second access
-- thread: its execution context
-- needed_order: store_store, load_load, load_store, store_load
-- placement: region (both accesses in the bounce buffer), system (neither), mixed, or null where ORDER_PLATFORM is off or the place is not known
-- exemption: which reading of the exemption applies: strict, per-address, ignore
-- weak_fence: the last fence of that kind before the second access, of any domain; null if none
-- platform_fence: likewise, of the platform's domain
-- order_platform: ORDER_PLATFORM in force
-- found: what orders the pair: none, smp, platform
-- needed: what must: smp or platform; null = it depends on what is not known
-- violated: true / false / null = cannot be known
--
-- ## Why
-- Structure, not luck: is there a barrier of sufficient kind and domain between the two accesses in the thread of the second?
-- Between two threads a hand-over must say that the first came first; without one the answer is unknown. The exemption of the
-- region makes an SMP barrier enough, never none. Each branch names its pair as a constant, so that a rule pays for its own
-- pair alone; pairs that need the same kind of barrier share a look at it.
with fenced as (
    -- Fences that reach further are looked for only where somebody may have to ask for them.
    select p.*, 'store_store' as needed_order, 3 as platform_reach, w.sequence as weak_fence, s.sequence as platform_fence
    from (
        select 'S1' as pair, c.* from pair_s1 as c
        union all select 'S8' as pair, c.* from pair_s8 as c
    ) as p
    asof left join (select * from fence where needed_order = 'store_store') as w
        on w.source = p.source and w.thread = p.thread and p.second_sequence > w.sequence
    asof left join (select * from fence where needed_order = 'store_store' and reach >= 3) as s
        on s.source = if(p.order_platform is false, null, p.source) and s.thread = p.thread
        and p.second_sequence > s.sequence
    union all
    select p.*, 'store_store' as needed_order, 4 as platform_reach, w.sequence as weak_fence, s.sequence as platform_fence
    from (
        select c.* from pair_reaction as c where c.pair in ('S6', 'S11')
    ) as p
    asof left join (select * from fence where needed_order = 'store_store') as w
        on w.source = p.source and w.thread = p.thread and p.second_sequence > w.sequence
    asof left join (select * from fence where needed_order = 'store_store' and reach >= 4) as s
        on s.source = if(p.order_platform is false, null, p.source) and s.thread = p.thread
        and p.second_sequence > s.sequence
    union all
    select p.*, 'load_load' as needed_order, 3 as platform_reach, w.sequence as weak_fence, s.sequence as platform_fence
    from (
        select 'S3' as pair, c.* from pair_s3 as c
        union all select 'S7' as pair, c.* from pair_s7 as c
    ) as p
    asof left join (select * from fence where needed_order = 'load_load') as w
        on w.source = p.source and w.thread = p.thread and p.second_sequence > w.sequence
    asof left join (select * from fence where needed_order = 'load_load' and reach >= 3) as s
        on s.source = if(p.order_platform is false, null, p.source) and s.thread = p.thread
        and p.second_sequence > s.sequence
    union all
    select p.*, 'store_load' as needed_order, 3 as platform_reach, w.sequence as weak_fence, s.sequence as platform_fence
    from (
        select c.* from pair_reaction as c where c.pair in ('S2', 'S9')
        union all select c.* from pair_request as c
    ) as p
    asof left join (select * from fence where needed_order = 'store_load') as w
        on w.source = p.source and w.thread = p.thread and p.second_sequence > w.sequence
    asof left join (select * from fence where needed_order = 'store_load' and reach >= 3) as s
        on s.source = if(p.order_platform is false, null, p.source) and s.thread = p.thread
        and p.second_sequence > s.sequence
    union all
    select p.*, 'load_store' as needed_order, 3 as platform_reach, w.sequence as weak_fence, s.sequence as platform_fence
    from (
        select 'S5' as pair, c.* from pair_s5 as c
    ) as p
    asof left join (select * from fence where needed_order = 'load_store') as w
        on w.source = p.source and w.thread = p.thread and p.second_sequence > w.sequence
    asof left join (select * from fence where needed_order = 'load_store' and reach >= 3) as s
        on s.source = if(p.order_platform is false, null, p.source) and s.thread = p.thread
        and p.second_sequence > s.sequence
),
handed as (
    select
        f.*, x.exemption,
        f.first_source <> f.source or f.first_thread <> f.thread as is_cross_thread,
        h.sequence as taken_over, h.released,
        access_rank(f.needed_order, f.first_ordering, f.first_domain, f.second_ordering, f.second_domain) as own_reach,
        v.source is not null as shows_barriers
    from fenced as f
    cross join profile as x
    left join (select distinct source, actor from source_sees where event = 'barrier') as v
        on v.source = f.source and v.actor = f.side
    asof left join handover as h
        on h.source = if(f.first_source <> f.source or f.first_thread <> f.thread, f.source, null) and h.thread = f.thread
        and h.from_source = f.first_source and h.from_thread = f.first_thread and f.second_sequence > h.sequence
),
measured as (
    select
        h.*,
        -- The last first access behind which a barrier of the platform's domain must stand, null if none needs one; and the
        -- last behind which one may have to.
        case when h.exemption = 'ignore' then h.first_sequence
             when h.second_in_region is false then h.first_sequence
             when h.exemption = 'per-address' then null
             else h.outside_sequence
        end as platform_first,
        case when h.exemption = 'ignore' or h.second_in_region is false then null
             when h.second_in_region is null then h.first_sequence
             when h.exemption = 'per-address' then null
             else h.unplaced_sequence
        end as unsure_first,
        if(h.is_cross_thread, h.released > h.first_sequence, h.weak_fence > h.first_sequence or h.own_reach >= 2) is true as has_weak
    from handed as h
),
judged as (
    select
        m.*,
        case when m.own_reach >= m.platform_reach then true
             when m.is_cross_thread then m.platform_fence > m.taken_over
             else m.platform_fence > m.platform_first
        end is true or m.platform_first is null as has_platform,
        m.own_reach >= m.platform_reach or (m.platform_fence > m.unsure_first) is true or m.unsure_first is null as is_sure
    from measured as m
)
select
    pair, side, device, queue, position, first_sequence, first_part, second_sequence, second_part, source, thread,
    needed_order,
    case when order_platform is false or second_in_region is null or unplaced_sequence is not null then null
         when second_in_region and outside_sequence is null then 'region'
         when second_in_region is false and outside_sequence = first_sequence and pair not in ('S6', 'S11') then 'system'
         else 'mixed'
    end as placement,
    exemption,
    if(weak_fence > first_sequence, weak_fence, null) as weak_fence,
    if(platform_fence > first_sequence, platform_fence, null) as platform_fence,
    order_platform,
    case when not has_weak then 'none'
         when platform_fence > coalesce(platform_first, first_sequence) or own_reach >= platform_reach then 'platform'
         else 'smp'
    end as found,
    case when order_platform is false or (platform_first is null and unsure_first is null) then 'smp'
         when order_platform and platform_first is not null then 'platform'
    end as needed,
    case when thread is null or first_thread is null or is_needed is null then null
         when is_cross_thread then
             -- Without a hand-over nothing says that the first came first; the platform's barrier may stand in either thread.
             if(has_weak and (order_platform is false or (has_platform and is_sure)), false, null)
         when not has_weak then if(shows_barriers, true, null)
         when order_platform is false then false
         when not has_platform then order_platform
         when is_sure then false
    end as violated
from judged
