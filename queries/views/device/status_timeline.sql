-- view: status_timeline
-- materialize: yes
-- uses: register_access, epoch, has_bits
-- side: whose observation
-- device: number in the run
-- epoch: that side's epoch
-- sequence: place in the run
-- thread: execution context
-- action: written, read, or presented (by the device)
-- value: device status: ACKNOWLEDGE 1, DRIVER 2, DRIVER_OK 4, FEATURES_OK 8, SUSPEND 16, NEEDS_RESET 64, FAILED 128
-- written_before: what the driver last wrote in this epoch before, null if nothing
-- seen_before: what was last read or presented in this epoch before, null if nothing
-- seen_since: what was read or presented last since that write, null if nothing was
-- sets_features_ok: whether this write asks for FEATURES_OK; not so where it only repeats the bit, null where it may
--
-- ## Why
-- A driver keeps FEATURES_OK in all that it writes afterwards: only the write that brings it asks the device. Where the
-- device had refused it, as the driver read, a further write asks again; but not one that goes on to DRIVER_OK, or gives
-- up with FAILED.
with access as (
    select side, device, sequence, thread, if(access = 'write', 'written', 'read') as action, value
    from register_access
    where register_name = 'device_status'
    union all
    select 'device', device, sequence, thread, 'presented', value
    from event
    where (event = 'status_presented' or (event = 'snapshot' and note = 'status_presented')) and device is not null
),
timeline as (
    select
        a.side, a.device, e.epoch, e.begun_by, a.sequence, a.thread, a.action, a.value,
        last_value(if(a.action = 'written', a.value, null) ignore nulls) over earlier as written_before,
        last_value(if(a.action <> 'written', a.value, null) ignore nulls) over earlier as seen_before,
        lag(a.action) over earlier as action_before,
        lag(a.value) over earlier as value_before
    from access as a
    asof join epoch as e on e.side = a.side and e.device = a.device and a.sequence >= e.since
    window earlier as (
        partition by a.side, a.device, e.epoch order by a.sequence rows between unbounded preceding and 1 preceding)
)
select
    side, device, epoch, sequence, thread, action, value, written_before, seen_before,
    if(action_before <> 'written', value_before, null) as seen_since,
    case when action <> 'written' or not has_bits(value, 8) then false
         when value is null then null
         when not has_bits(written_before, 8) then true
         when has_bits(written_before, 8) then not has_bits(coalesce(seen_since, 8), 8) and value & 132 = 0
         when begun_by <> 'recording' then true
         else not has_bits(seen_since, 8)
    end as sets_features_ok
from timeline
