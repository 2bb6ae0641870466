-- view: negotiation_by_side
-- materialize: yes
-- uses: negotiation_words, negotiated, transport
-- side: whose observation
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
with words as (
    select
        n.side, n.device, n.epoch, n.since, n.until, n.begun_by, n.state_known, n.features_written, n.features_ok,
        n.features_answer, n.features_read_back, n.driver_ok, n.failed, n.offered, n.offered_known,
        n.accepted_whole, n.accepted_beyond, n.legacy, t.transport,
        -- Over the legacy interface only bits 0 to 31 exist; a device takes the others as not accepted.
        if(n.legacy, n.accepted & 4294967295::uhugeint, n.accepted) as accepted,
        if(n.legacy, n.accepted_known | ~(4294967295::uhugeint), n.accepted_known) as accepted_known,
        p.swiotlb_bit,
        p.assume_order_platform
    from negotiation_words as n
    cross join profile as p
    left join transport as t on t.device = n.device
)
select
    side, device, epoch, since, until, begun_by, state_known, features_written, features_ok, features_answer,
    features_read_back, driver_ok, failed, offered, offered_known, accepted, accepted_known, accepted_whole,
    accepted_beyond, legacy, transport,
    negotiated(features_ok, state_known, accepted, accepted_known, swiotlb_bit)
        and negotiated(features_ok, state_known, accepted, accepted_known, 32) as swiotlb,
    negotiated(features_ok, state_known, accepted, accepted_known, 32) as version_1,
    negotiated(features_ok, state_known, accepted, accepted_known, 33) as access_platform,
    assume_order_platform or negotiated(features_ok, state_known, accepted, accepted_known, 36) as order_platform,
    negotiated(features_ok, state_known, accepted, accepted_known, 29) as event_idx,
    negotiated(features_ok, state_known, accepted, accepted_known, 28) as indirect_desc,
    negotiated(features_ok, state_known, accepted, accepted_known, 34) as ring_packed,
    negotiated(features_ok, state_known, accepted, accepted_known, 35) as in_order,
    negotiated(features_ok, state_known, accepted, accepted_known, 38) as notification_data,
    negotiated(features_ok, state_known, accepted, accepted_known, 39) as notif_config_data,
    negotiated(features_ok, state_known, accepted, accepted_known, 40) as ring_reset
from words
