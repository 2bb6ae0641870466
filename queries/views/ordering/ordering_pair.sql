-- view: ordering_pair
-- materialize: no
-- uses: pair_s1, fence, pair_s2, pair_s3, pair_s4, pair_s5, pair_s6, pair_s7, pair_s8, pair_s9, pair_s10, pair_s11,
--    access_rank
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
-- Between two threads only a hand-over can say so; without one the answer is unknown. The exemption of the region makes an
-- SMP barrier enough, never none. Each branch names its pair as a constant, so that a rule pays for its own pair alone.
with between as (
    select
        'S1' as pair, 'store_store' as needed_order, 3 as platform_reach,
        c.side, c.device, c.queue, c.position, c.first_sequence, c.first_source, c.first_thread, c.first_part,
        c.first_ordering, c.first_domain, c.outside_sequence, c.second_sequence, c.source, c.thread,
        c.second_part, c.second_ordering, c.second_domain, c.second_in_region, c.order_platform,
        w.sequence as weak_fence, w.platform_sequence as platform_fence
    from pair_s1 as c
    asof left join (
        select source, thread, sequence, platform_sequence, register_sequence from fence where needed_order = 'store_store'
    ) as w
        on w.source = c.source and w.thread = c.thread and c.second_sequence > w.sequence
    union all
    select
        'S2' as pair, 'store_load' as needed_order, 3 as platform_reach,
        c.side, c.device, c.queue, c.position, c.first_sequence, c.first_source, c.first_thread, c.first_part,
        c.first_ordering, c.first_domain, c.outside_sequence, c.second_sequence, c.source, c.thread,
        c.second_part, c.second_ordering, c.second_domain, c.second_in_region, c.order_platform,
        w.sequence as weak_fence, w.platform_sequence as platform_fence
    from pair_s2 as c
    asof left join (
        select source, thread, sequence, platform_sequence, register_sequence from fence where needed_order = 'store_load'
    ) as w
        on w.source = c.source and w.thread = c.thread and c.second_sequence > w.sequence
    union all
    select
        'S3' as pair, 'load_load' as needed_order, 3 as platform_reach,
        c.side, c.device, c.queue, c.position, c.first_sequence, c.first_source, c.first_thread, c.first_part,
        c.first_ordering, c.first_domain, c.outside_sequence, c.second_sequence, c.source, c.thread,
        c.second_part, c.second_ordering, c.second_domain, c.second_in_region, c.order_platform,
        w.sequence as weak_fence, w.platform_sequence as platform_fence
    from pair_s3 as c
    asof left join (
        select source, thread, sequence, platform_sequence, register_sequence from fence where needed_order = 'load_load'
    ) as w
        on w.source = c.source and w.thread = c.thread and c.second_sequence > w.sequence
    union all
    select
        'S4' as pair, 'store_load' as needed_order, 3 as platform_reach,
        c.side, c.device, c.queue, c.position, c.first_sequence, c.first_source, c.first_thread, c.first_part,
        c.first_ordering, c.first_domain, c.outside_sequence, c.second_sequence, c.source, c.thread,
        c.second_part, c.second_ordering, c.second_domain, c.second_in_region, c.order_platform,
        w.sequence as weak_fence, w.platform_sequence as platform_fence
    from pair_s4 as c
    asof left join (
        select source, thread, sequence, platform_sequence, register_sequence from fence where needed_order = 'store_load'
    ) as w
        on w.source = c.source and w.thread = c.thread and c.second_sequence > w.sequence
    union all
    select
        'S5' as pair, 'load_store' as needed_order, 3 as platform_reach,
        c.side, c.device, c.queue, c.position, c.first_sequence, c.first_source, c.first_thread, c.first_part,
        c.first_ordering, c.first_domain, c.outside_sequence, c.second_sequence, c.source, c.thread,
        c.second_part, c.second_ordering, c.second_domain, c.second_in_region, c.order_platform,
        w.sequence as weak_fence, w.platform_sequence as platform_fence
    from pair_s5 as c
    asof left join (
        select source, thread, sequence, platform_sequence, register_sequence from fence where needed_order = 'load_store'
    ) as w
        on w.source = c.source and w.thread = c.thread and c.second_sequence > w.sequence
    union all
    select
        'S6' as pair, 'store_store' as needed_order, 4 as platform_reach,
        c.side, c.device, c.queue, c.position, c.first_sequence, c.first_source, c.first_thread, c.first_part,
        c.first_ordering, c.first_domain, c.outside_sequence, c.second_sequence, c.source, c.thread,
        c.second_part, c.second_ordering, c.second_domain, c.second_in_region, c.order_platform,
        w.sequence as weak_fence, w.register_sequence as platform_fence
    from pair_s6 as c
    asof left join (
        select source, thread, sequence, platform_sequence, register_sequence from fence where needed_order = 'store_store'
    ) as w
        on w.source = c.source and w.thread = c.thread and c.second_sequence > w.sequence
    union all
    select
        'S7' as pair, 'load_load' as needed_order, 3 as platform_reach,
        c.side, c.device, c.queue, c.position, c.first_sequence, c.first_source, c.first_thread, c.first_part,
        c.first_ordering, c.first_domain, c.outside_sequence, c.second_sequence, c.source, c.thread,
        c.second_part, c.second_ordering, c.second_domain, c.second_in_region, c.order_platform,
        w.sequence as weak_fence, w.platform_sequence as platform_fence
    from pair_s7 as c
    asof left join (
        select source, thread, sequence, platform_sequence, register_sequence from fence where needed_order = 'load_load'
    ) as w
        on w.source = c.source and w.thread = c.thread and c.second_sequence > w.sequence
    union all
    select
        'S8' as pair, 'store_store' as needed_order, 3 as platform_reach,
        c.side, c.device, c.queue, c.position, c.first_sequence, c.first_source, c.first_thread, c.first_part,
        c.first_ordering, c.first_domain, c.outside_sequence, c.second_sequence, c.source, c.thread,
        c.second_part, c.second_ordering, c.second_domain, c.second_in_region, c.order_platform,
        w.sequence as weak_fence, w.platform_sequence as platform_fence
    from pair_s8 as c
    asof left join (
        select source, thread, sequence, platform_sequence, register_sequence from fence where needed_order = 'store_store'
    ) as w
        on w.source = c.source and w.thread = c.thread and c.second_sequence > w.sequence
    union all
    select
        'S9' as pair, 'store_load' as needed_order, 3 as platform_reach,
        c.side, c.device, c.queue, c.position, c.first_sequence, c.first_source, c.first_thread, c.first_part,
        c.first_ordering, c.first_domain, c.outside_sequence, c.second_sequence, c.source, c.thread,
        c.second_part, c.second_ordering, c.second_domain, c.second_in_region, c.order_platform,
        w.sequence as weak_fence, w.platform_sequence as platform_fence
    from pair_s9 as c
    asof left join (
        select source, thread, sequence, platform_sequence, register_sequence from fence where needed_order = 'store_load'
    ) as w
        on w.source = c.source and w.thread = c.thread and c.second_sequence > w.sequence
    union all
    select
        'S10' as pair, 'store_load' as needed_order, 3 as platform_reach,
        c.side, c.device, c.queue, c.position, c.first_sequence, c.first_source, c.first_thread, c.first_part,
        c.first_ordering, c.first_domain, c.outside_sequence, c.second_sequence, c.source, c.thread,
        c.second_part, c.second_ordering, c.second_domain, c.second_in_region, c.order_platform,
        w.sequence as weak_fence, w.platform_sequence as platform_fence
    from pair_s10 as c
    asof left join (
        select source, thread, sequence, platform_sequence, register_sequence from fence where needed_order = 'store_load'
    ) as w
        on w.source = c.source and w.thread = c.thread and c.second_sequence > w.sequence
    union all
    select
        'S11' as pair, 'store_store' as needed_order, 4 as platform_reach,
        c.side, c.device, c.queue, c.position, c.first_sequence, c.first_source, c.first_thread, c.first_part,
        c.first_ordering, c.first_domain, c.outside_sequence, c.second_sequence, c.source, c.thread,
        c.second_part, c.second_ordering, c.second_domain, c.second_in_region, c.order_platform,
        w.sequence as weak_fence, w.register_sequence as platform_fence
    from pair_s11 as c
    asof left join (
        select source, thread, sequence, platform_sequence, register_sequence from fence where needed_order = 'store_store'
    ) as w
        on w.source = c.source and w.thread = c.thread and c.second_sequence > w.sequence
),
measured as (
    select
        b.side, b.device, b.queue, b.position, b.first_sequence, b.first_source, b.first_thread, b.first_part,
        b.first_ordering, b.first_domain, b.outside_sequence, b.second_sequence, b.source, b.thread,
        b.second_part, b.second_ordering, b.second_domain, b.second_in_region, b.order_platform, b.pair,
        b.needed_order, b.platform_reach, b.weak_fence, b.platform_fence,
        x.exemption,
        access_rank(b.needed_order, b.first_ordering, b.first_domain, b.second_ordering, b.second_domain) as own_reach,
        b.first_source <> b.source or b.first_thread <> b.thread as is_cross_thread,
        -- The last first access behind which a barrier of the platform's domain must stand, null if none needs one.
        case when x.exemption = 'ignore' then b.first_sequence
             when b.second_in_region is not true then b.first_sequence
             when x.exemption = 'per-address' then null
             else b.outside_sequence
        end as platform_first
    from between as b
    cross join profile as x
),
judged as (
    select
        m.side, m.device, m.queue, m.position, m.first_sequence, m.first_source, m.first_thread, m.first_part,
        m.first_ordering, m.first_domain, m.outside_sequence, m.second_sequence, m.source, m.thread,
        m.second_part, m.second_ordering, m.second_domain, m.second_in_region, m.order_platform, m.pair,
        m.needed_order, m.weak_fence, m.platform_fence, m.exemption, m.platform_reach, m.own_reach,
        m.is_cross_thread, m.platform_first,
        coalesce(m.weak_fence > m.first_sequence, false) or m.own_reach >= 2 as has_weak,
        m.platform_first is null or coalesce(m.platform_fence > m.platform_first, false)
            or m.own_reach >= m.platform_reach as has_platform
    from measured as m
)
select
    pair, side, device, queue, position, first_sequence, first_part, second_sequence, second_part, source, thread,
    needed_order,
    case when order_platform is false or second_in_region is null then null
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
    case when order_platform is false or platform_first is null then 'smp'
         when order_platform and (exemption = 'ignore' or second_in_region is not null) then 'platform'
    end as needed,
    case when thread is null or first_thread is null then null
         when not has_weak then if(is_cross_thread, null, true)
         when has_platform then false
         when is_cross_thread then if(order_platform is false, false, null)
         -- Whether the pair is exempt is not known: that does not matter only where nobody asks for the platform's order.
         when exemption <> 'ignore' and second_in_region is null then if(order_platform is false, false, null)
         else order_platform
    end as violated
from judged
