-- id: NEG-012
-- title: The driver accepts ACCESS_PLATFORM if it is offered
-- level: SHOULD
-- side: driver
-- spec: drivernormative: Reserved Feature Bits (Driver Requirements: Reserved Feature Bits)
-- row: NEG-012
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.register_write|device.register_write|recorder.snapshot, driver.register_read|device.register_read|recorder.snapshot
-- judges: negotiations
-- uses: driver_negotiation, has_feature
-- message: the device offers VIRTIO_F_ACCESS_PLATFORM (33) and the driver did not accept it
--
-- ## Why
-- The device says that it sits behind translation or may reach only some of the memory. A driver that does not accept
-- the feature goes past the platform's DMA interface; the device may refuse, or fault on its first access.
-- A vhost-user front end is not judged: it may keep the feature to itself where no IOMMU is there.
-- The second half of the sentence (the IOMMU then translates what is passed, or is off) is judged by what faults.
--
-- ## Likely causes
-- A driver written for emulated devices; a platform layer without DMA mapping; a quirk that masks the feature.
--
-- ## What to look at
-- Whether the device answers FEATURES_OK, and the first iommu_faulted event behind it.
--
-- ## Example: holds
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x3
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x3
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: violated
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x3
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
-- ## Example: vacuous: a vhost-user front end without an IOMMU passes on less than the driver accepted
--     driver dev0 message_sent value=2
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x3
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
with judged as (
    select
        coalesce(features_written, driver_ok) as accepted_at, since, device,
        has_feature(offered, offered_known, 33) as is_offered,
        coalesce(has_feature(accepted, accepted_known, 33), if(accepted_whole, false, null)) as is_accepted
    from driver_negotiation
    where legacy is distinct from true and transport is distinct from 'vhost_user'
)
select
    accepted_at as sequence, since, device, null::usmallint as queue,
    is_offered and not is_accepted as violated
from judged
where accepted_at is not null and is_offered is distinct from false
