-- view: memory_map
-- materialize: yes
-- uses: region, range_end
-- since: from here on this map is valid, until the next row; join with asof on sequence >= since
-- ranges: everything that answers to a bus address: disjoint, merged ranges {first_byte, range_end}, for
--     ranges_contain();
--    null where system memory, or the extent of a region, is not known, or so many regions are mapped that nobody means it
--
-- ## Why
-- Whether an address is one at all. Regions alias, move and lie side by side: they are flattened here, for as-of joins. Each
-- change lists all that is mapped then: how much that is, must be bounded before it is done. A region is written out over
-- the changes that it lives through, counted, since a join on its validity would be quadratic.
with change as (
    select since as sequence, 1 as step from region
    union all
    select until, -1 from region where until is not null
),
moment as (
    select sequence as since, sum(sum(step)) over (order by sequence) <= 128 as is_bounded
    from change
    group by sequence
),
placed as (
    select since, is_bounded,
        coalesce(sum(if(is_bounded, 1, 0)) over (
            order by since rows between unbounded preceding and 1 preceding), 0)::bigint as place
    from moment
),
covered as (
    select
        r.region_origin, r.base, r.length,
        unnest(range(f.place, coalesce(u.place, (select count(*) from moment where is_bounded)))) as place
    from region as r
    join placed as f on f.since = r.since
    left join placed as u on u.since = r.until
),
valid as (
    select
        m.since, r.region_origin, r.base::uhugeint as first_byte, range_end(r.base, r.length) as range_end,
        max(range_end(r.base, r.length)) over (
            partition by m.since order by r.base, range_end(r.base, r.length)
            rows between unbounded preceding and 1 preceding) as end_before
    from placed as m
    join covered as r on r.place = m.place
    where m.is_bounded
),
numbered as (
    select since, region_origin, first_byte, range_end,
        count(if(end_before is null or first_byte > end_before, 1, null)) over (
            partition by since order by first_byte, range_end
            rows between unbounded preceding and current row) as part
    from valid
),
merged as (
    select since, part, min(first_byte) as first_byte, max(range_end) as range_end,
        bool_or(first_byte is null or range_end is null) as is_unknown,
        bool_or(region_origin = 'system_memory') as is_system_memory
    from numbered
    group by since, part
)
select
    m.since,
    if(bool_or(g.is_system_memory) and not bool_or(g.is_unknown),
        list({'first_byte': g.first_byte, 'range_end': g.range_end} order by g.first_byte), null) as ranges
from moment as m
left join merged as g on g.since = m.since
group by m.since
