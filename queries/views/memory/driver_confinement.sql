-- view: driver_confinement
-- materialize: no
-- uses: confinement
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
-- epoch_since: sequence that begins the driver's epoch
select
    device, since, confinement, allowed, bounce_ranges, declared_ranges, has_no_buffer, bounce_attribute, swiotlb,
    version_1, order_platform, features_ok, legacy, epoch, epoch_since
from confinement
where side = 'driver'
