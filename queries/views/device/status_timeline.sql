-- view: status_timeline
-- materialize: yes
-- uses: register_access, epoch
-- side: whose observation
-- device: number in the run
-- epoch: that side's epoch
-- sequence: place in the run
-- thread: execution context
-- action: written, read, or presented (by the device)
-- value: device status: ACKNOWLEDGE 1, DRIVER 2, DRIVER_OK 4, FEATURES_OK 8, SUSPEND 16, NEEDS_RESET 64, FAILED 128
-- written_before: what the driver last wrote in this epoch before, null if nothing
-- seen_before: what was last read or presented in this epoch before, null if nothing
with access as (
    select side, device, sequence, thread, if(access = 'write', 'written', 'read') as action, value
    from register_access
    where register_name = 'device_status'
    union all
    select 'device', device, sequence, thread, 'presented', value
    from event
    where (event = 'status_presented' or (event = 'snapshot' and note = 'status_presented')) and device is not null
)
select
    a.side, a.device, e.epoch, a.sequence, a.thread, a.action, a.value,
    last_value(if(a.action = 'written', a.value, null) ignore nulls) over earlier as written_before,
    last_value(if(a.action <> 'written', a.value, null) ignore nulls) over earlier as seen_before
from access as a
asof join epoch as e on e.side = a.side and e.device = a.device and a.sequence >= e.since
window earlier as (
    partition by a.side, a.device, e.epoch order by a.sequence rows between unbounded preceding and 1 preceding)
