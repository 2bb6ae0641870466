-- macro: judged_pairs
-- uses: fence, handover, access_rank
--
-- ## Meaning
-- Ordered pairs of one of the views pair_*, named by candidates, with what orders each, what must, and whether that is enough:
-- a table of the columns of ordering_pair. wanted_order is what the pair needs (store_store, load_load, store_load, load_store);
-- wanted_reach how far a barrier of the platform's domain must reach: 3 devices, 4 device registers.
--
-- ## Why
-- Structure, not luck: is there a barrier of sufficient kind and domain between the two accesses in the thread of the second?
-- Between two threads a hand-over must say that the first came first; without one the answer is unknown. The exemption of the
-- region makes an SMP barrier enough, never none. A macro, so that a rule pays for its own pair alone.
create macro judged_pairs(candidates, wanted_order, wanted_reach) as table
with fenced as (
    -- Fences that reach further are looked for only where somebody may have to ask for them.
    select p.*, w.sequence as weak_fence, s.sequence as platform_fence
    from query_table(candidates) as p
    asof left join (select source, thread, sequence from fence where needed_order = wanted_order) as w
        on w.source = p.source and w.thread = p.thread and p.second_sequence > w.sequence
    asof left join (select source, thread, sequence from fence where needed_order = wanted_order and reach >= wanted_reach) as s
        on s.source = if(p.order_platform is false, null, p.source) and s.thread = p.thread
        and p.second_sequence > s.sequence
),
handed as (
    select
        f.*, x.exemption,
        f.first_source <> f.source or f.first_thread <> f.thread as is_cross_thread,
        h.sequence as taken_over, h.released,
        access_rank(wanted_order, f.first_ordering, f.first_domain, f.second_ordering, f.second_domain) as own_reach,
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
        case when m.own_reach >= wanted_reach then true
             when m.is_cross_thread then m.platform_fence > m.taken_over
             else m.platform_fence > m.platform_first
        end is true or m.platform_first is null as has_platform,
        m.own_reach >= wanted_reach or (m.platform_fence > m.unsure_first) is true or m.unsure_first is null as is_sure
    from measured as m
)
select
    pair, side, device, queue, position, first_sequence, first_part, second_sequence, second_part, source, thread,
    wanted_order as needed_order,
    case when order_platform is false or second_in_region is null or unplaced_sequence is not null then null
         when second_in_region and outside_sequence is null then 'region'
         when second_in_region is false and outside_sequence = first_sequence and wanted_reach = 3 then 'system'
         else 'mixed'
    end as placement,
    exemption,
    if(weak_fence > first_sequence, weak_fence, null) as weak_fence,
    if(platform_fence > first_sequence, platform_fence, null) as platform_fence,
    order_platform,
    case when not has_weak then 'none'
         when platform_fence > coalesce(platform_first, first_sequence) or own_reach >= wanted_reach then 'platform'
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
