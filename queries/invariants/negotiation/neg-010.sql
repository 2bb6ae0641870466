-- id: NEG-010
-- title: The driver accepts VERSION_1 if it is offered
-- level: MUST
-- side: driver
-- spec: drivernormative: Reserved Feature Bits (Driver Requirements: Reserved Feature Bits)
-- row: NEG-010
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.register_write|device.register_write|recorder.snapshot, driver.register_read|device.register_read|recorder.snapshot
-- judges: negotiations
-- uses: driver_negotiation, has_feature
-- message: the device offers VIRTIO_F_VERSION_1 (32) and the driver did not accept it
--
-- ## Why
-- VERSION_1 says that both sides follow the specification instead of the legacy interface: little-endian rings, free
-- placement of the ring parts, the full network header. A device that offered it and does not get it takes the driver
-- for a legacy one, and the meaning of other bits changes with it: bit 27 is then ANY_LAYOUT and no bounce buffer.
--
-- ## Likely causes
-- A driver that knows the first feature word only; the second word written before driver_feature_select was; a legacy
-- driver on the modern registers.
--
-- ## What to look at
-- The driver_feature write with feature_word=1. The legacy registers cannot show bit 32: a run over them is not judged.
--
-- ## Example: holds
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: violated: the word was written without it
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x0
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: violated: the word was never written in an epoch seen from its reset on
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: inconclusive: the recording began in between
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: inconclusive: the word of the offer was never read
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=0 value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: vacuous: a transitional device over the legacy interface
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=0 value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0/q0 register_write register_name=queue_page_frame value=0x100
--     driver dev0 register_write register_name=device_status value=7
--
-- ## Example: vacuous: legacy virtio-mmio shows all feature words
--     driver dev0 register_read register_name=version address=mmio:0x4 value=1
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=0
--     driver dev0 register_read register_name=device_feature address=mmio:0x10 feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature address=mmio:0x20 feature_word=0 value=0
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=7
--
-- ## Example: holds: refused with it, and accepted when asked once more
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x3
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--
-- ## Example: violated: offered over the modern registers after a time over the legacy ones
--     driver dev0 register_write register_name=device_status address=io:0x12 register_offset=0x12 value=0
--     driver dev0 register_read register_name=device_feature address=io:0x0 value=0
--     driver dev0 register_write register_name=driver_feature address=io:0x4 value=0
--     driver dev0 register_write register_name=device_status address=io:0x12 register_offset=0x12 value=7
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_read register_name=device_feature address=bar:0x4 feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--
-- ## Example: inconclusive: what was written to the word is not recorded
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature feature_word=1
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: violated: no features were written at all
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
with judged as (
    select
        coalesce(features_written, driver_ok) as accepted_at, since, device,
        has_feature(offered, offered_known, 32) as is_offered,
        coalesce(has_feature(accepted, accepted_known, 32), if(accepted_whole, false, null)) as is_accepted
    from driver_negotiation
    where legacy is distinct from true and transport is distinct from 'vhost_user'
)
select
    accepted_at as sequence, since, device, null::usmallint as queue,
    is_offered and not is_accepted as violated
from judged
where accepted_at is not null and is_offered is distinct from false
