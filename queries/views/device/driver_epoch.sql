-- view: driver_epoch
-- materialize: no
-- uses: epoch
-- device: number in the run
-- epoch: 0 = since the device's first event, then one more with each reset or removal
-- since: sequence that begins it: its write of 0 to device status
-- until: sequence that ends it, null while it lasts
-- begun_by: recording (what was before is unknown), appeared, reset, removed, renegotiated
-- status_seen: whether the driver's record has any device status access
select device, epoch, since, until, begun_by, status_seen
from epoch
where side = 'driver'
