-- view: negotiation_words
-- materialize: yes
-- uses: register_access, epoch, status_timeline, feature_bits, has_bits
-- side: whose observation
-- device: number in the run
-- epoch: that side's epoch
-- since: sequence that begins the epoch
-- until: sequence that ends it, null while it lasts
-- begun_by: as in epoch
-- features_written: the FEATURES_OK write that counts: the first accepted one, else the last; null if there was none
--    (legacy: always null)
-- features_ok: sequence from which features are in force (legacy: DRIVER_OK), null if none ever are (refused, not reached,
--    not seen)
-- features_answer: accepted, refused, or unknown (neither re-read nor gone on); null without a FEATURES_OK write
-- features_read_back: sequence of the first status read after that write, null if there was none
-- driver_ok: first write of DRIVER_OK, null if none
-- failed: first write of FAILED, null if none
-- offered: features read, 128 bits; judge with has_feature(offered, offered_known, bit)
-- offered_known: mask of the words that were read
-- accepted: features written before FEATURES_OK, whatever the order and however often rewritten
-- accepted_known: mask of the words that were written
-- accepted_whole: nothing else can have been accepted: the epoch was seen from its start, and of each write its word and
--    its value
-- accepted_beyond: whether a bit from 128 on was accepted
-- legacy: driven over the legacy interface; null if nothing shows which
-- state_known: the epoch's start and its status are in the record: what is not there did not happen
--
-- ## Why
-- Both interfaces share most register names. The legacy one cannot reach VERSION_1: whoever accepted it uses the modern
-- one, whatever else he touches. Else registers that only one interface has decide, then where status and features were
-- written, then the version register of virtio-mmio, which holds for the device. The reset that begins the epoch shows
-- nothing: it may have come from whoever drove the device before.
-- A vhost-user conversation has no device status: what SET_FEATURES said last before the first queue was started is in
-- force, and what was offered once is offered to the end.
with register as (
    select
        a.side, a.device, e.epoch, a.sequence, a.access, a.register_name, a.value, a.address_space, a.register_offset,
        coalesce(a.feature_word,
            last_value(if(a.access = 'write' and a.register_name = 'device_feature_select', a.value, null) ignore nulls)
                over earlier,
            if(a.address_space = 'io', 0, null)) as offered_word,
        coalesce(a.feature_word,
            last_value(if(a.access = 'write' and a.register_name = 'driver_feature_select', a.value, null) ignore nulls)
                over earlier,
            if(a.address_space = 'io', 0, null)) as accepted_word
    from register_access as a
    asof join epoch as e on e.side = a.side and e.device = a.device and a.sequence >= e.since
    window earlier as (partition by a.side, a.device, e.epoch order by a.sequence)
),
spoken as (
    select r.side, r.device, r.epoch,
        min(r.sequence) filter (r.register_name = 'queue_enable' and r.value <> 0) as started,
        max(r.sequence) filter (r.register_name = 'driver_feature') as features_written
    from register as r
    where r.access = 'write' and r.register_name in ('queue_enable', 'driver_feature')
      and r.device in (select e.device from event as e where e.event = 'message_received' and e.value = 2)
    group by r.side, r.device, r.epoch
),
offered_before as (
    select e.side, e.device, e.epoch, 'device_feature' as register_name, r.offered_word as word_number,
        arg_max_null(r.value, r.sequence) as value
    from spoken as s
    join epoch as e on e.side = s.side and e.device = s.device and e.epoch = s.epoch
    join register as r on r.side = s.side and r.device = s.device and r.epoch < s.epoch
    where r.register_name = 'device_feature' and r.access = 'read'
    group by e.side, e.device, e.epoch, r.offered_word
),
milestone as (
    select side, device, epoch,
        min(sequence) filter (action = 'written' and has_bits(value, 4)) as driver_ok,
        min(sequence) filter (action = 'written' and has_bits(value, 128)) as failed,
        bool_or(has_bits(value, 8) and sets_features_ok is distinct from false) as has_attempt
    from status_timeline
    group by side, device, epoch
),
version as (
    select side, device, min(value) as number
    from register_access
    where register_name = 'version' and access = 'read'
    group by side, device
    having count(distinct value) = 1
),
sign as (
    select side, device, epoch,
        bool_or(register_name in ('queue_page_frame', 'guest_page_size', 'queue_align')) as legacy_register,
        bool_or(register_name in ('queue_enable', 'queue_desc', 'queue_desc_low', 'queue_driver', 'queue_driver_low',
            'queue_device', 'queue_device_low', 'config_generation')) as modern_register,
        bool_or(access = 'write' and address_space = 'io' and value <> 0
            and ((register_name = 'device_status' and register_offset = 18)
                 or (register_name = 'driver_feature' and register_offset = 4))) as legacy_place,
        bool_or(access = 'write' and address_space = 'bar' and value <> 0
            and register_name in ('device_status', 'driver_feature')) as modern_place,
        bool_or(register_name = 'driver_feature' and access = 'write' and accepted_word = 1 and has_bits(value, 1))
            as accepts_version_1
    from register
    group by side, device, epoch
),
interface as (
    select
        e.side, e.device, e.epoch, coalesce(m.driver_ok, p.started) as driver_ok, m.failed,
        case when s.accepts_version_1 then false
             when s.legacy_register then true
             when s.modern_register then false
             when s.legacy_place then true
             when s.modern_place or m.has_attempt then false
             when v.number = 1 then true
             when v.number = 2 then false
        end as legacy
    from epoch as e
    left join sign as s on s.side = e.side and s.device = e.device and s.epoch = e.epoch
    left join milestone as m on m.side = e.side and m.device = e.device and m.epoch = e.epoch
    left join version as v on v.side = e.side and v.device = e.device
    left join spoken as p on p.side = e.side and p.device = e.device and p.epoch = e.epoch
),
attempt as (
    select t.side, t.device, t.epoch, t.sequence,
        lead(t.sequence) over (partition by t.side, t.device, t.epoch order by t.sequence) as next_attempt
    from status_timeline as t
    join interface as i on i.side = t.side and i.device = t.device and i.epoch = t.epoch
    where has_bits(t.value, 8) and t.sets_features_ok is distinct from false and i.legacy is distinct from true
),
going_on as (
    select side, device, epoch, max(sequence) as last_sign
    from register
    where access = 'write'
      and ((register_name = 'device_status' and has_bits(value, 4)) or (register_name = 'queue_enable' and value = 1))
    group by side, device, epoch
),
answered as (
    select
        a.side, a.device, a.epoch, a.sequence,
        if(a.next_attempt is null or s.sequence < a.next_attempt, s.sequence, null) as read_back,
        if(a.next_attempt is null or s.sequence < a.next_attempt, s.value, null) as answer,
        g.last_sign >= a.sequence as went_on
    from attempt as a
    asof left join (select side, device, epoch, sequence, value from status_timeline where action <> 'written') as s
        on s.side = a.side and s.device = a.device and s.epoch = a.epoch and s.sequence > a.sequence
    left join going_on as g on g.side = a.side and g.device = a.device and g.epoch = a.epoch
),
judged as (
    select side, device, epoch, sequence, read_back,
        case when has_bits(answer, 8) then 'accepted'
             when answer is not null then 'refused'
             when went_on then 'accepted'
             else 'unknown'
        end as result
    from answered
),
chosen as (
    select side, device, epoch,
        coalesce(min(sequence) filter (result = 'accepted'), max(sequence)) as features_written,
        min(sequence) filter (result = 'accepted') as features_ok,
        coalesce(arg_min(result, sequence) filter (result = 'accepted'), arg_max(result, sequence)) as features_answer,
        coalesce(
            arg_min(read_back, sequence) filter (result = 'accepted'), arg_max(read_back, sequence)) as read_back
    from judged
    group by side, device, epoch
    union all
    select side, device, epoch, features_written, features_written, 'accepted', null
    from spoken
    where features_written is not null
),
word as (
    -- The last access to each word up to the FEATURES_OK write counts; over the legacy interface, up to DRIVER_OK.
    select r.side, r.device, r.epoch, r.register_name,
        if(r.register_name = 'device_feature', r.offered_word, r.accepted_word) as word_number,
        arg_max_null(r.value, r.sequence) as value
    from register as r
    left join chosen as c on c.side = r.side and c.device = r.device and c.epoch = r.epoch
    left join interface as i on i.side = r.side and i.device = r.device and i.epoch = r.epoch
    where ((r.register_name = 'device_feature' and r.access = 'read')
           or (r.register_name = 'driver_feature' and r.access = 'write'))
      and r.sequence <= coalesce(c.features_written, i.driver_ok, r.sequence)
    group by r.side, r.device, r.epoch, r.register_name, word_number
    union all
    select side, device, epoch, register_name, word_number, value
    from offered_before
),
feature_set as (
    select side, device, epoch,
        bit_or(feature_bits(value, word_number))
            filter (register_name = 'device_feature' and word_number <= 3) as offered,
        bit_or(feature_bits(4294967295, word_number))
            filter (register_name = 'device_feature' and word_number <= 3 and value is not null) as offered_known,
        bit_or(feature_bits(value, word_number))
            filter (register_name = 'driver_feature' and word_number <= 3) as accepted,
        bit_or(feature_bits(4294967295, word_number))
            filter (register_name = 'driver_feature' and word_number <= 3 and value is not null) as accepted_known,
        bool_and(word_number is not null and value is not null)
            filter (register_name = 'driver_feature') as is_accepted_whole,
        bool_or(word_number > 3 and value <> 0) filter (register_name = 'driver_feature') as accepted_beyond
    from word
    group by side, device, epoch
)
select
    e.side, e.device, e.epoch, e.since, e.until, e.begun_by,
    c.features_written,
    if(i.legacy, i.driver_ok, c.features_ok) as features_ok,
    c.features_answer,
    c.read_back as features_read_back,
    i.driver_ok,
    i.failed,
    coalesce(f.offered, 0::uhugeint) as offered,
    coalesce(f.offered_known, 0::uhugeint) as offered_known,
    coalesce(f.accepted, 0::uhugeint) as accepted,
    coalesce(f.accepted_known, 0::uhugeint) as accepted_known,
    coalesce(e.begun_by <> 'recording' and e.status_seen and coalesce(f.is_accepted_whole, f.offered_known <> 0), false)
        as accepted_whole,
    coalesce(f.accepted_beyond, false) as accepted_beyond,
    i.legacy,
    e.begun_by <> 'recording' and e.status_seen as state_known
from epoch as e
join interface as i on i.side = e.side and i.device = e.device and i.epoch = e.epoch
left join chosen as c on c.side = e.side and c.device = e.device and c.epoch = e.epoch
left join feature_set as f on f.side = e.side and f.device = e.device and f.epoch = e.epoch
