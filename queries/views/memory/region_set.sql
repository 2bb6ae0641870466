-- view: region_set
-- materialize: yes
-- uses: device, region, capability, range_end
-- device: number in the run
-- since: from here on this set is valid, until the next row; join with asof on sequence >= since
-- bounce_ranges: where the device's bounce buffer is mapped: disjoint, merged ranges {first_byte, range_end}, empty if
--   it is mapped nowhere, null if none was ever seen
-- declared_ranges: the same for declared windows; null = none declared yet
-- bounce_attribute: how the driver's processor maps the bounce buffer, null if unknown or mixed
-- has_no_buffer: the memory map is recorded, and neither it nor a capability shows a bounce buffer of this device
--
-- ## Why
-- Several regions may be valid at once, alias one another and move: they are flattened here, so that as-of joins work. Which
-- of them are a bounce buffer, the profile says; what a driver prefers without being told to is one in any profile.
with moment as (
    select d.device, d.first_sequence as since from device as d
    union
    select d.device, r.since
    from region as r join device as d on d.device = r.device or r.device is null or r.region_shared
    union
    select d.device, r.until
    from region as r join device as d on d.device = r.device or r.device is null or r.region_shared
    where r.until is not null
),
mine as (
    select
        d.device, r.since, r.until, r.region_origin = 'declared' as is_declared, r.region_attribute,
        r.base::uhugeint as first_byte, range_end(r.base, r.length) as range_end
    from region as r
    cross join profile as p
    join device as d on d.device = r.device or r.device is null or (r.region_shared and r.region_origin <> 'capability')
    where r.region_origin in ('declared', 'preferred') or list_contains(p.region_origins, r.region_origin)
),
valid as (
    select m.device, m.since, r.is_declared, r.first_byte, r.range_end, r.region_attribute,
        max(r.range_end) over (
            partition by m.device, m.since, r.is_declared order by r.first_byte, r.range_end
            rows between unbounded preceding and 1 preceding) as end_before
    from moment as m
    join mine as r on r.device = m.device and m.since >= r.since and (r.until is null or m.since < r.until)
),
numbered as (
    select device, since, is_declared, first_byte, range_end, region_attribute,
        count(if(end_before is null or first_byte > end_before, 1, null)) over (
            partition by device, since, is_declared order by first_byte, range_end
            rows between unbounded preceding and current row) as part
    from valid
),
merged as (
    select device, since, is_declared, part, min(first_byte) as first_byte,
        if(bool_or(range_end is null), null, max(range_end)) as range_end,
        if(bool_and(region_attribute is not null) and count(distinct region_attribute) = 1, min(region_attribute), null)
            as region_attribute
    from numbered
    group by device, since, is_declared, part
),
listed as (
    -- A region of unknown place or length is no bound: then the set is not known.
    select device, since,
        bool_or(first_byte is null or range_end is null) filter (not is_declared) as is_bounce_unknown,
        bool_or(first_byte is null or range_end is null) filter (is_declared) as is_declared_unknown,
        list({'first_byte': first_byte, 'range_end': range_end} order by first_byte)
            filter (not is_declared) as bounce_ranges,
        list({'first_byte': first_byte, 'range_end': range_end} order by first_byte)
            filter (is_declared) as declared_ranges,
        if(count(distinct region_attribute) filter (not is_declared) = 1,
            min(region_attribute) filter (not is_declared), null) as bounce_attribute
    from merged
    group by device, since
),
seen as (
    select device,
        min(since) filter (not is_declared) as first_bounce,
        min(since) filter (is_declared) as first_declared
    from mine
    group by device
),
mapped as (
    select d.device, min(r.since) as first_region
    from region as r
    join device as d on d.device = r.device or r.device is null
    where r.region_origin is distinct from 'declared'
    group by d.device
    having bool_and(r.region_origin is not null)
),
presenting as (
    select distinct device from capability where capability_type = 10
)
select
    m.device, m.since,
    -- A profile without any source of such a region knows of none.
    case when len(p.region_origins) = 0 then []
         when m.since >= s.first_bounce and l.is_bounce_unknown is not true then coalesce(l.bounce_ranges, [])
    end as bounce_ranges,
    if(m.since >= s.first_declared and l.is_declared_unknown is not true, coalesce(l.declared_ranges, []), null)
        as declared_ranges,
    l.bounce_attribute,
    s.first_bounce is null and c.device is null and coalesce(m.since >= a.first_region, false) as has_no_buffer
from moment as m
cross join profile as p
left join listed as l on l.device = m.device and l.since = m.since
left join seen as s on s.device = m.device
left join mapped as a on a.device = m.device
left join presenting as c on c.device = m.device
