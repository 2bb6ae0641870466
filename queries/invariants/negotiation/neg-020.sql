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
-- judges: negotiations
-- uses: driver_register, driver_negotiation, feature_list, feature_bits
-- message: the driver accepted {added} after it had set FEATURES_OK
--
-- ## Why
-- With FEATURES_OK the device fixes its behaviour. What is written to driver_feature afterwards is ignored by one
-- device and honoured by another: the two sides then differ in what they negotiated. Only a reset opens the choice again.
-- Where the device refused FEATURES_OK nothing is fixed. A vhost-user front end sets features whenever it likes.
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
-- ## Example: vacuous: nobody set FEATURES_OK
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=device_status value=3
--
-- ## Example: holds: rewritten before FEATURES_OK, and again after a reset
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x30000000
--
-- ## Example: vacuous: a vhost-user front end sets the features again to log what the back end writes
--     driver dev0 message_sent value=2
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x14000000
--
-- ## Example: holds: refused, and tried again with another set while FEATURES_OK is still in what it writes
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x20000000
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--
-- ## Example: holds: refused, FEATURES_OK is not set, and the next attempt is never made
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x20000000
--     driver dev0 register_write register_name=device_status value=131
--
-- ## Example: violated at 5: both sides recorded it
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=device_status value=11
--     device dev0 register_write register_name=device_status value=11
--     #5 driver dev0 register_write register_name=driver_feature feature_word=0 value=0x30000000
--     #6 device dev0 register_write register_name=driver_feature feature_word=0 value=0x30000000
--
-- ## Example: violated: a bit beyond all that are known
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_write register_name=driver_feature feature_word=4 value=0x1
--
-- ## Example: inconclusive: the registers are told by snapshots, status before features
--     recorder dev0 snapshot register_name=device_status value=15 note=register_write
--     recorder dev0 snapshot register_name=driver_feature feature_word=0 value=0x10000000 note=register_write
with written as (
    select
        r.device, n.epoch, n.begun_by, r.sequence, r.value,
        if(n.features_answer = 'refused', null, n.features_written) as features_written,
        coalesce(r.feature_word::ubigint, last_value(
            if(r.register_name = 'driver_feature_select', r.value, null) ignore nulls) over earlier) as word_number,
        r.register_name = 'driver_feature' as is_feature
    from driver_register as r
    asof join driver_negotiation as n on n.device = r.device and r.sequence >= n.since
    where r.access = 'write' and r.register_name in ('driver_feature', 'driver_feature_select')
    window earlier as (partition by r.device, n.epoch order by r.sequence)
),
compared as (
    select
        device, epoch, sequence, features_written, word_number, value, begun_by,
        last_value(if(sequence < features_written, value, null) ignore nulls) over (
            partition by device, epoch, word_number order by sequence) as accepted_before
    from written
    where is_feature
),
late as (
    select
        device, epoch, sequence, word_number,
        value & ~coalesce(accepted_before, if(begun_by = 'recording' and value <> 0, null, 0::ubigint)) as new_bits
    from compared
    where sequence > features_written
),
summed as (
    select
        device, epoch,
        min(sequence) filter (new_bits <> 0 and word_number is not null) as sequence,
        bool_or(new_bits is null or (new_bits <> 0 and word_number is null)) as is_unknown,
        bit_or(feature_bits(new_bits, word_number)) as added
    from late
    group by device, epoch
)
select
    coalesce(s.sequence, n.until, n.driver_ok, n.features_written) as sequence, n.since, n.device, null::usmallint as queue,
    case when s.sequence is not null then true
         when s.is_unknown then null
         else false
    end as violated,
    feature_list(coalesce(s.added, 0::uhugeint)) as added
from driver_negotiation as n
left join summed as s on s.device = n.device and s.epoch = n.epoch
where n.features_written is not null and n.transport is distinct from 'vhost_user'
