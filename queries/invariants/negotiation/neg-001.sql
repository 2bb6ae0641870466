-- id: NEG-001
-- title: The driver accepts only features that the device offers
-- level: MUST
-- side: driver
-- spec: drivernormative: Basic Facilities of a Virtio Device / Feature Bits (Driver Requirements: Feature Bits)
-- row: NEG-001
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.register_write|device.register_write|recorder.snapshot, driver.register_read|device.register_read|recorder.snapshot
-- judges: negotiations
-- uses: driver_negotiation, feature_list
-- message: the driver accepted {surplus}, which the device did not offer
--
-- ## Why
-- A device decides by the accepted bits how it lays out rings, headers and notifications. A bit that it never offered
-- is one that it does not understand: it refuses FEATURES_OK, or each side goes on with another idea of the protocol.
-- Judged are the words as they stand when FEATURES_OK is written: before that a driver may write them in any order and
-- as often as it likes.
--
-- ## Likely causes
-- A fixed set written without the "and" with what was offered; the words of device_feature read with a stale
-- device_feature_select, so that a high word is taken for a low one; a set kept from before a reset.
--
-- ## What to look at
-- The last device_feature read and the last driver_feature write of the word, and the select writes before each.
--
-- ## Example: holds: a subset, with an earlier draft of it that had more
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=0 value=0x10000000
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0xffffffff
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: violated: EVENT_IDX was never offered
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x30000000
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: violated: the device refused the set; accepting it was the fault all the same
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x5
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--
-- ## Example: inconclusive: the word was never read
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: holds: nothing of the unread word was accepted
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: vacuous: still negotiating
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=0 value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x30000000
--
-- ## Example: inconclusive: the recording begins with FEATURES_OK
--     driver dev0 register_read register_name=device_feature feature_word=0 value=0
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: inconclusive: a word was written of which nobody says which
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=driver_feature value=0x30000000
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: inconclusive: what was written last is not recorded
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x30000000
--     driver dev0 register_write register_name=driver_feature feature_word=0
--     driver dev0 register_write register_name=device_status value=11
--
-- ## Example: holds: only the device recorded registers
--     device dev0 register_write register_name=device_status value=0
--     device dev0 register_write register_name=device_feature_select value=0
--     device dev0 register_read register_name=device_feature value=0x10000000
--     device dev0 register_write register_name=device_feature_select value=1
--     device dev0 register_read register_name=device_feature value=0x1
--     device dev0 register_write register_name=driver_feature_select value=1
--     device dev0 register_write register_name=driver_feature value=0x1
--     device dev0 register_write register_name=device_status value=11
--
-- ## Example: violated at 4: both sides recorded, counted once
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=0 value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--     #4 driver dev0 register_write register_name=device_status value=11
--     #5 device dev0 register_write register_name=device_status value=11
--
-- ## Example: holds: first over the legacy interface, then over the modern one
--     driver dev0 register_write register_name=device_status address=io:0xc012 register_offset=0x12 value=0
--     driver dev0 register_read register_name=device_feature address=io:0xc000 register_offset=0x0 value=0x19000000
--     driver dev0 register_write register_name=driver_feature address=io:0xc004 register_offset=0x4 value=0x19000000
--     driver dev0/q0 register_write register_name=queue_page_frame address=io:0xc008 register_offset=0x8 value=0x100
--     driver dev0 register_write register_name=device_status address=io:0xc012 register_offset=0x12 value=7
--     driver dev0 register_write register_name=device_status address=bar:0x14 register_offset=0x14 value=0
--     driver dev0 register_read register_name=device_feature feature_word=0 address=bar:0x4 value=0x10000000
--     driver dev0 register_read register_name=device_feature feature_word=1 address=bar:0x4 value=0x1
--     driver dev0 register_write register_name=driver_feature feature_word=0 address=bar:0xc value=0x10000000
--     driver dev0 register_write register_name=driver_feature feature_word=1 address=bar:0xc value=0x1
--     driver dev0 register_write register_name=device_status address=bar:0x14 register_offset=0x14 value=11
--
-- ## Example: holds: another device offers less
--     driver dev0 register_write register_name=device_status value=0
--     driver dev1 register_write register_name=device_status value=0
--     driver dev0 register_read register_name=device_feature feature_word=0 value=0x10000000
--     driver dev1 register_read register_name=device_feature feature_word=0 value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--     driver dev1 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0 register_write register_name=device_status value=11
--     driver dev1 register_write register_name=device_status value=11
with judged as (
    select
        device, since, coalesce(features_written, driver_ok) as accepted_at,
        accepted & offered_known & ~offered as not_offered,
        accepted & ~offered_known as not_read,
        accepted_whole
    from driver_negotiation
)
select
    accepted_at as sequence, since, device, null::usmallint as queue,
    case when not_offered <> 0 then true when not_read <> 0 or not accepted_whole then null else false end as violated,
    feature_list(not_offered) as surplus
from judged
where accepted_at is not null
