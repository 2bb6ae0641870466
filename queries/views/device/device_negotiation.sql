-- view: device_negotiation
-- materialize: no
-- uses: negotiation_by_side
-- device: number in the run
-- epoch: this side's epoch
-- since: sequence that begins the epoch
-- until: sequence that ends it, null while it lasts
-- begun_by: recording (what was before is unknown), appeared, reset, removed, renegotiated
-- state_known: the epoch's start and its status are in the record: what is not there did not happen
-- features_written: the FEATURES_OK write that counts: the first accepted one, else the last; null if there was none
-- features_ok: sequence from which features are in force (legacy: DRIVER_OK), null if none ever are
-- features_answer: accepted, refused, or unknown (neither re-read nor gone on); null without a FEATURES_OK write
-- features_read_back: sequence of the first status read after that write, null if there was none
-- driver_ok: first write of DRIVER_OK, null if none
-- failed: first write of FAILED, null if none
-- offered: features read, 128 bits; judge with has_feature(offered, offered_known, bit)
-- offered_known: mask of the words that were read
-- accepted: features written before FEATURES_OK, whatever the order and however often rewritten
-- accepted_known: mask of the words that were written (legacy: all, the upper ones count as not accepted)
-- accepted_whole: nothing else can have been accepted: the epoch was seen from its start, and of each write its word and
--    its value
-- accepted_beyond: whether a bit from 128 on was accepted
-- legacy: driven over the legacy interface; null if nothing shows which
-- transport: pci, mmio or vhost_user; null if nothing shows which
-- swiotlb: negotiated, true / false / null = unknown; the profile says which bit, and only together with VERSION_1
-- version_1: negotiated
-- access_platform: negotiated
-- order_platform: negotiated, or assumed by whoever recorded or checks
-- event_idx: negotiated
-- indirect_desc: negotiated
-- ring_packed: negotiated
-- in_order: negotiated
-- notification_data: negotiated
-- notif_config_data: negotiated
-- ring_reset: negotiated
select
    device, epoch, since, until, begun_by, state_known, features_written, features_ok, features_answer,
    features_read_back, driver_ok, failed, offered, offered_known, accepted, accepted_known, accepted_whole,
    accepted_beyond, legacy, transport, swiotlb, version_1,
    access_platform, order_platform, event_idx, indirect_desc, ring_packed, in_order, notification_data,
    notif_config_data, ring_reset
from negotiation_by_side
where side = 'device'
