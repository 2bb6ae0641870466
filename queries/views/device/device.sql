-- view: device
-- materialize: yes
-- device: number in the run
-- first_sequence: the first event that concerns it
-- appeared: the sequence of its device_appeared, null if it was there before
-- device_type: virtio device type, null if unknown
-- name: what the platform calls it, null if unknown
select
    device,
    min(sequence) as first_sequence,
    min(sequence) filter (event = 'device_appeared') as appeared,
    arg_min(value, sequence) filter (
        event = 'device_appeared' or (event = 'snapshot' and note = 'device_appeared')) as device_type,
    arg_min(note, sequence) filter (event = 'device_appeared') as name
from event
where device is not null
group by device
