-- view: confinement
-- materialize: yes
-- uses: features_in_force, region_set
-- side: whose observation of the negotiation
-- device: number in the run
-- since: from here on this is so, until the next row; join with asof on sequence >= since
-- confinement: negotiated; negotiated and declared; declared, and negotiated with a buffer not seen; declared, not negotiated;
--   declared; unknown = the feature may be negotiated; null = not confined. For breaks_confinement()
-- allowed: the ranges in which every address must lie, for ranges_contain(); null = not confined, or not known
-- bounce_ranges: where the bounce buffer is mapped, negotiated or not (hint mode)
-- declared_ranges: the declared windows, null if none was declared
-- has_no_buffer: the memory map is recorded, and shows no bounce buffer of this device
-- bounce_attribute: how the driver's processor maps it
-- swiotlb: the feature in force, true / false / null
-- version_1: VERSION_1 in force, true / false / null
-- order_platform: ORDER_PLATFORM in force or assumed, true / false / null
-- features_ok: sequence of the FEATURES_OK write, null before it
-- legacy: driven over the legacy interface; null if nothing shows which
-- epoch: that side's epoch
-- epoch_since: sequence that begins this side's epoch
with moment as (
    select side, device, since from features_in_force
    union
    select s.side, r.device, r.since
    from region_set as r cross join (values ('driver'), ('device')) as s(side)
),
joined as (
    select
        m.side, m.device, m.since, f.swiotlb, f.version_1, f.order_platform, f.features_ok, f.legacy, f.epoch,
        f.epoch_since, r.bounce_ranges, r.declared_ranges,
        r.bounce_attribute, r.has_no_buffer
    from moment as m
    asof left join features_in_force as f on f.side = m.side and f.device = m.device and m.since >= f.since
    asof left join region_set as r on r.device = m.device and m.since >= r.since
)
select
    side, device, since,
    case when swiotlb and declared_ranges is not null and bounce_ranges is null
         then 'declared, and negotiated with a buffer not seen'
         when swiotlb and declared_ranges is not null then 'negotiated and declared'
         when swiotlb then 'negotiated'
         when declared_ranges is not null and swiotlb is false then 'declared, not negotiated'
         when declared_ranges is not null then 'declared'
         when swiotlb is null then 'unknown'
    end as confinement,
    case when swiotlb and declared_ranges is not null and bounce_ranges is not null then
             list_filter(flatten([[{
                     'first_byte': greatest(a.first_byte, b.first_byte),
                     'range_end': least(a.range_end, b.range_end)} for a in bounce_ranges] for b in declared_ranges]),
                 lambda r: r.first_byte < r.range_end)
         when declared_ranges is not null then declared_ranges
         when swiotlb then bounce_ranges
         when swiotlb is null then bounce_ranges
    end as allowed,
    bounce_ranges,
    declared_ranges,
    has_no_buffer,
    bounce_attribute,
    swiotlb,
    version_1,
    order_platform,
    features_ok,
    legacy,
    epoch,
    epoch_since
from joined
