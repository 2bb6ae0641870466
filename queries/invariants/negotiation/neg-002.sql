-- id: NEG-002
-- title: The driver accepts no feature without the features that it requires
-- level: MUST
-- side: driver
-- spec: drivernormative: Basic Facilities of a Virtio Device / Feature Bits (Driver Requirements: Feature Bits)
-- row: NEG-002
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.register_write|device.register_write|recorder.snapshot, platform.device_appeared|recorder.snapshot
-- judges: features with a requirement
-- uses: driver_negotiation, device, feature_requirement, has_feature, feature_mask
-- message: {feature} was accepted without {required_names}
--
-- ## Why
-- Some features only refine another one: segmentation offload without checksum offload, commands of a control queue
-- that does not exist. The device has no meaning for the refinement alone. The requirements are those of the device
-- types' sections "Feature bit requirements"; the specification states none for bits 24 to 43. A vhost-user front end
-- passes on only what concerns its back end, and is not judged.
--
-- ## Likely causes
-- One feature masked out by a quirk or an option, its dependants not; a device that offers too much and a driver that
-- relies on the offer being consistent.
--
-- ## What to look at
-- What the device offered: if it offered the one without the other, both sides are at fault.
--
-- ## Example: holds: TSO4 with GUEST_CSUM on a network device
--     platform dev0 device_appeared value=1 note="net"
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x82
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: violated: TSO4 without GUEST_CSUM
--     platform dev0 device_appeared value=1 note="net"
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x80
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: holds: one of two alternatives is enough
--     platform dev0 device_appeared value=1 note="net"
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x302
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: inconclusive: RSS accepted, the word with CTRL_VQ was not seen
--     platform dev0 device_appeared value=1 note="net"
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x10000001
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: vacuous: the same bits mean something else on a block device
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x80
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: inconclusive: nothing says what the device is
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x80
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: inconclusive: RSS accepted, the word with CTRL_VQ may have been written before the recording
--     platform dev0 snapshot value=1 note=device_appeared
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x10000001
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: inconclusive: a feature of the upper bits, and nothing says what the device is
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x10000001
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: vacuous: a vhost-user front end keeps the control queue to itself
--     platform dev0 device_appeared value=1 note="net"
--     driver dev0 message_sent value=2
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x400000
--     driver dev0 register_write register_name=device_status value=11
with negotiation as (
    select
        n.device, n.since, coalesce(n.features_written, n.driver_ok) as accepted_at, n.accepted, n.accepted_known,
        d.device_type
    from driver_negotiation as n
    join device as d on d.device = n.device
    where (n.features_written is not null or n.driver_ok is not null) and n.transport is distinct from 'vhost_user'
),
dependant as (
    select
        n.accepted_at, n.since, n.device, r.feature, r.required_names,
        list_transform(r.required, lambda b: has_feature(n.accepted, n.accepted_known, b)) as is_accepted
    from negotiation as n
    join feature_requirement as r on r.device_type = n.device_type
    where has_feature(n.accepted, n.accepted_known, r.feature_bit)
)
select
    accepted_at as sequence, since, device, null::usmallint as queue,
    case when list_contains(is_accepted, true) then false
         when len(list_filter(is_accepted, lambda a: a is null)) > 0 then null
         else true
    end as violated,
    feature, required_names
from dependant
union all
select accepted_at, since, device, null, null, 'a feature', 'what it requires'
from negotiation
where device_type is null and accepted & (feature_mask(range(0, 24)) | feature_mask(range(50, 128))) <> 0
