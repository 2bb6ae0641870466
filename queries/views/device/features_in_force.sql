-- view: features_in_force
-- materialize: yes
-- uses: negotiation_by_side
-- side: whose observation
-- device: number in the run
-- since: from here on these features are in force, until the next row; join with asof on sequence >= since
-- epoch: that side's epoch
-- epoch_since: sequence that begins the epoch
-- features_ok: sequence of the FEATURES_OK write, null before it
-- driver_ok: first write of DRIVER_OK in the epoch, null if none
-- legacy: driven over the legacy interface
-- swiotlb: in force, true / false / null = unknown
-- version_1: in force
-- access_platform: in force
-- order_platform: in force, or assumed
-- event_idx: in force
-- indirect_desc: in force
-- ring_packed: in force
-- in_order: in force
-- notification_data: in force
select
    side, device, since, epoch, since as epoch_since, null::ubigint as features_ok, driver_ok, legacy,
    if(state_known or swiotlb is false, false, null) as swiotlb,
    if(state_known, false, null) as version_1,
    if(state_known, false, null) as access_platform,
    if(p.assume_order_platform, true, if(state_known, false, null)) as order_platform,
    if(state_known, false, null) as event_idx,
    if(state_known, false, null) as indirect_desc,
    if(state_known, false, null) as ring_packed,
    if(state_known, false, null) as in_order,
    if(state_known, false, null) as notification_data
from negotiation_by_side
cross join profile as p
union all
select
    side, device, features_ok, epoch, since, features_ok, driver_ok, legacy, swiotlb, version_1, access_platform,
    order_platform, event_idx, indirect_desc, ring_packed, in_order, notification_data
from negotiation_by_side
where features_ok is not null
