-- id: NEG-020
-- title: After FEATURES_OK the driver accepts no further features
-- level: MUST
-- side: driver
-- spec: drivernormative: General Initialization And Device Operation / Device Initialization (Driver Requirements:
--     Device Initialization)
-- row: NEG-020
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.register_write|device.register_write
-- uses: driver_register, driver_epoch, status_timeline, feature_list, feature_bits, has_bits
-- message: the driver accepted {added} after it had set FEATURES_OK
--
-- ## Why
-- With FEATURES_OK the device fixes its behaviour. What is written to driver_feature afterwards is ignored by one
-- device and honoured by another: the two sides then differ in what they negotiated. Only a reset opens the choice again.
--
-- ## Likely causes
-- A feature that the driver decides on while it sets up its queues (packed rings, a control queue); a helper that writes
-- all words again after FEATURES_OK was refused.
--
-- ## What to look at
-- The order of the driver_feature writes and the device_status write with bit 8.
--
-- ## Example: holds: written again with the same and with fewer bits
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x30000000
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x30000000
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--
-- ## Example: violated: EVENT_IDX came late
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x30000000
--
-- ## Example: violated: the word comes from driver_feature_select
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature_select value=0
--     driver dev0 register_write register_name=driver_feature value=0x10000000
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_write register_name=driver_feature_select value=1
--     driver dev0 register_write register_name=driver_feature value=0x1
--
-- ## Example: inconclusive: what was accepted before lies before the recording
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--
-- ## Example: vacuous: rewritten before FEATURES_OK, and again after a reset
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x30000000
with written as (
    select
        r.device, e.epoch, e.since, e.begun_by, r.sequence, r.value,
        coalesce(r.feature_word::ubigint, last_value(
            if(r.register_name = 'driver_feature_select', r.value, null) ignore nulls) over earlier) as word_number,
        r.register_name = 'driver_feature' as is_feature
    from driver_register as r
    asof join driver_epoch as e on e.device = r.device and r.sequence >= e.since
    where r.access = 'write' and r.register_name in ('driver_feature', 'driver_feature_select')
    window earlier as (partition by r.device, e.epoch order by r.sequence)
),
fixed as (
    select device, epoch, min(sequence) as features_written
    from status_timeline
    where side = 'driver' and action = 'written' and has_bits(value, 8)
    group by device, epoch
),
compared as (
    select
        w.device, w.since, w.sequence, f.features_written, w.word_number, w.value, w.begun_by,
        last_value(if(w.sequence < f.features_written, w.value, null) ignore nulls) over (
            partition by w.device, w.epoch, w.word_number order by w.sequence) as accepted_before
    from written as w
    join fixed as f on f.device = w.device and f.epoch = w.epoch
    where w.is_feature
),
judged as (
    select
        device, since, sequence, word_number,
        value & ~coalesce(accepted_before, if(begun_by = 'recording' and value <> 0, null, 0::ubigint)) as new_bits
    from compared
    where sequence > features_written
)
select
    sequence, since, device, null::usmallint as queue,
    if(word_number is null and new_bits <> 0, null, new_bits <> 0) as violated,
    feature_list(coalesce(feature_bits(new_bits, word_number), 0::uhugeint)) as added
from judged
