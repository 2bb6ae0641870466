-- id: NEG-015
-- title: The driver accepts ORDER_PLATFORM if it is offered
-- level: SHOULD
-- side: driver
-- spec: drivernormative: Reserved Feature Bits (Driver Requirements: Reserved Feature Bits)
-- row: NEG-015
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.register_write|device.register_write|recorder.snapshot, driver.register_read|device.register_read|recorder.snapshot
-- judges: negotiations
-- uses: driver_negotiation, has_feature
-- message: the device offers VIRTIO_F_ORDER_PLATFORM (36) and the driver did not accept it
--
-- ## Why
-- The device says that its accesses are not ordered as another processor's would be. A driver that does not accept the
-- feature uses barriers between processors only, and on real hardware the device then sees the index before the
-- descriptors. A device may refuse to work, or work in a slower mode.
--
-- ## Likely causes
-- A driver whose barriers are fixed at compile time; a list of known features that ends below bit 36.
--
-- ## What to look at
-- The barriers of the same run: without the feature the ordering rules ask for the weaker kind.
--
-- ## Example: holds
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x11
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x11
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: violated
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x11
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: violated: assumed by whoever recorded is not accepted by the driver
--     assume: ORDER_PLATFORM
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x11
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: vacuous: not offered
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: inconclusive: the word of the offer was never read
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: vacuous: the legacy interface
--     given: legacy
with judged as (
    select
        coalesce(features_written, driver_ok) as accepted_at, since, device,
        has_feature(offered, offered_known, 36) as is_offered,
        coalesce(has_feature(accepted, accepted_known, 36), if(accepted_whole, false, null)) as is_accepted
    from driver_negotiation
    where legacy is distinct from true and transport is distinct from 'vhost_user'
)
select
    accepted_at as sequence, since, device, null::usmallint as queue,
    is_offered and not is_accepted as violated
from judged
where accepted_at is not null and is_offered is distinct from false
