-- id: NEG-003
-- title: The driver accepts no feature that is reserved, or that its transport or device type does not have
-- level: MUST
-- side: driver
-- spec: drivernormative: Basic Facilities of a Virtio Device / Feature Bits (Driver Requirements: Feature Bits)
-- row: NEG-003
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.register_write|device.register_write|recorder.snapshot
-- judges: negotiations
-- uses: driver_negotiation, device, device_type_features, has_feature, feature_list, feature_mask
-- message: the driver accepted {undefined}, which is reserved or undefined for this transport and device type
--
-- ## Why
-- What a reserved bit will mean nobody knows yet; whoever accepts it promises a behaviour that a later version of the
-- specification defines, and a device that implements that version will hold the driver to it.
-- Bit 27 is VIRTIO_F_SWIOTLB under the profiles of that proposal, VIRTIO_F_ANY_LAYOUT on the legacy interface, and
-- reserved otherwise: negotiated together with VERSION_1 under the profile virtio-1.4 it is a violation.
--
-- ## Likely causes
-- All offered bits written back; an experimental or vendor feature in a released driver; a driver for several
-- transports with one list of features; a profile that is not the one that the run was made for (see --profile).
--
-- ## What to look at
-- Did the device offer the bit? Then it breaks the same rule on its side. Which profile does the report's first line name?
--
-- ## Example: holds: a block device on PCI, SWIOTLB under its own profile
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x38000244
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x33
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: violated: bit 45 is reserved
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x2001
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: violated: bit 20 is none of a block device
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x100000
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: violated: bit 27 under virtio 1.4
--     profile: virtio-1.4
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x8000000
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: holds: bit 27 on the legacy interface is ANY_LAYOUT
--     profile: virtio-1.4
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status address=io:0x12 value=0
--     driver dev0 register_write register_name=device_status address=io:0x12 value=3
--     driver dev0 register_write register_name=driver_feature address=io:0x4 feature_word=0 value=0x9000000
--     driver dev0/q0 register_write register_name=queue_page_frame address=io:0x8 value=0x100
--     driver dev0 register_write register_name=device_status address=io:0x12 value=7
--
-- ## Example: violated: SR_IOV belongs to PCI
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=0
--     driver dev0 register_write register_name=driver_feature address=mmio:0x20 feature_word=1 value=0x21
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=11
--
-- ## Example: inconclusive: SR_IOV, and nothing says which transport
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x21
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: inconclusive: bit 20, and nothing says what the device is
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x100000
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: vacuous: on the vhost-user channel bits 24, 26 and 30 mean something else
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 message_sent value=2
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x54000000
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: violated: bit 128 is reserved
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature feature_word=4 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: inconclusive: bit 27 under virtio 1.4, and whether VERSION_1 was accepted lies before the recording
--     profile: virtio-1.4
--     platform dev0 snapshot value=2 note=device_appeared
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=0 value=0x8000000
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--
-- ## Example: holds: bit 27 on the legacy interface, though the driver writes FEATURES_OK there
--     profile: virtio-1.4
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status address=io:0x12 register_offset=0x12 value=0
--     driver dev0 register_write register_name=device_status address=io:0x12 register_offset=0x12 value=3
--     driver dev0 register_write register_name=driver_feature address=io:0x4 feature_word=0 value=0x9000000
--     driver dev0 register_write register_name=device_status address=io:0x12 register_offset=0x12 value=11
--     driver dev0/q0 register_write register_name=queue_page_frame address=io:0x8 value=0x100
--     driver dev0 register_write register_name=device_status address=io:0x12 register_offset=0x12 value=15
--
-- ## Example: violated: a legacy register touched does not make a negotiated VERSION_1 legacy
--     profile: virtio-1.4
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=0 value=0x8000000
--     driver dev0 register_write register_name=driver_feature address=bar:0xc feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--     driver dev0/q0 register_write register_name=queue_page_frame address=io:0x8 value=0
--
-- ## Example: inconclusive: the recording begins with FEATURES_OK
--     platform dev0 snapshot value=2 note=device_appeared
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--
-- ## Example: holds: bits 41 and 42 of a network device over virtio-mmio are its own
--     platform dev0 device_appeared value=1 note="net"
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=0
--     driver dev0 register_write register_name=driver_feature address=mmio:0x20 feature_word=1 value=0x601
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=11
with mask as (
    -- Bit 30 has a SHOULD NOT of its own (NEG-022), so it counts as defined here.
    select
        feature_mask([28, 29, 30, 32, 33, 34, 35, 36, 38, 39, 40, 43]) as general,
        feature_mask([37, 41]) as pci_only,
        feature_mask([24, 27]) as legacy_only,
        feature_mask(range(0, 24)) | feature_mask(range(50, 128)) | feature_mask([41, 42]) as device_type_bits,
        feature_mask(range(44, 50)) as provisional
),
negotiation as (
    select
        n.device, n.since, coalesce(n.features_written, n.driver_ok) as accepted_at, n.accepted, n.transport,
        n.accepted_beyond, n.accepted_whole,
        not has_feature(n.accepted, n.accepted_known, 32) as without_version_1,
        f.features as type_features, p.swiotlb_bit, p.name = 'dmb' as has_provisional_bit
    from driver_negotiation as n
    cross join profile as p
    join device as d on d.device = n.device
    left join device_type_features as f on f.device_type = d.device_type
    where (n.features_written is not null or n.driver_ok is not null)
      and n.transport is distinct from 'vhost_user'
),
judged as (
    select
        n.accepted_at, n.since, n.device, n.accepted_beyond, n.accepted_whole,
        n.accepted & ~m.general & ~coalesce(n.type_features, 0::uhugeint)
            & ~if(n.transport = 'pci', m.pci_only, 0::uhugeint)
            & ~if(n.without_version_1, m.legacy_only, 0::uhugeint)
            & ~if(n.swiotlb_bit is null, 0::uhugeint, feature_mask([n.swiotlb_bit])) as suspect,
        if(n.type_features is null, m.device_type_bits, 0::uhugeint)
            | if(n.transport is null, m.pci_only, 0::uhugeint)
            | if(n.without_version_1 is null, m.legacy_only, 0::uhugeint)
            | if(n.has_provisional_bit, m.provisional, 0::uhugeint) as undecided
    from negotiation as n
    cross join mask as m
)
select
    accepted_at as sequence, since, device, null::usmallint as queue,
    case when suspect & ~undecided <> 0 or accepted_beyond then true
         when suspect <> 0 or not accepted_whole then null
         else false
    end as violated,
    concat_ws(', ', nullif(feature_list(suspect & ~undecided), ''), if(accepted_beyond, 'bits from 128 on', null))
        as undefined
from judged
