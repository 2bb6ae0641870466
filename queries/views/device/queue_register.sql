-- view: queue_register
-- materialize: yes
-- uses: register_access, epoch, join_halves
-- side: whose observation
-- device: number in the run
-- queue: number of the queue
-- epoch: that side's epoch
-- epoch_since: sequence that begins it
-- epoch_until: sequence that ends it, null while it lasts
-- sequence: an access to one of the queue's registers; all that follows is as of this moment
-- access: read or write
-- register_name: decoded register
-- value: what was read or written
-- first_write: first write to a register of this queue in the epoch
-- address_written: last write of an area's address
-- size: entries: last written, else last read; null if unknown
-- desc_address: descriptor area, null if unknown, half written, or an address of another space than the bus
-- driver_address: driver area (available ring)
-- device_address: device area (used ring)
-- msix_vector: queue_msix_vector as last written, null if never
-- reset_written: queue_reset as last written, null if never
--
-- ## Why
-- Two halves may be written in either order and rewritten: each counts as it stands. What a recording that begins in the
-- middle found there has no order: an enabling counts behind everything else that was found.
with register as (
    select
        a.side, a.device, a.queue, e.epoch, e.since as epoch_since, e.until as epoch_until, a.access, a.register_name, a.value,
        if(coalesce(a.value_space, 'bus') = 'bus', a.value, null) as area_value,
        if(a.is_snapshot and a.register_name in ('queue_enable', 'queue_page_frame'),
            max(if(a.is_snapshot, a.sequence, null)) over (partition by a.side, a.device, a.queue), a.sequence) as sequence,
        a.is_snapshot and a.register_name in ('queue_enable', 'queue_page_frame') as is_enabled_before
    from register_access as a
    asof join epoch as e on e.side = a.side and e.device = a.device and a.sequence >= e.since
    where a.queue is not null
      and a.register_name in ('queue_size', 'queue_enable', 'queue_reset', 'queue_msix_vector', 'queue_page_frame',
          'queue_desc', 'queue_desc_low', 'queue_desc_high', 'queue_driver', 'queue_driver_low', 'queue_driver_high',
          'queue_device', 'queue_device_low', 'queue_device_high')
)
select
    side, device, queue, epoch, epoch_since, epoch_until, sequence, access, register_name, value,
    min(if(access = 'write', sequence, null)) over before as first_write,
    max(if(access = 'write' and (register_name like 'queue_desc%' or register_name like 'queue_driver%'
        or register_name like 'queue_device%'), sequence, null)) over before as address_written,
    coalesce(last_value(if(access = 'write' and register_name = 'queue_size', value, null) ignore nulls) over before,
        last_value(if(access = 'read' and register_name = 'queue_size', value, null) ignore nulls) over before)
        & 65535::ubigint as size,
    -- The last write counts, even one of which nobody knows what it wrote.
    join_halves(
        (last_value(if(access = 'write' and register_name in ('queue_desc', 'queue_desc_low'), {'written': area_value}, null)
            ignore nulls) over before).written,
        (last_value(case when access = 'read' then null
                when register_name = 'queue_desc' then {'written': area_value >> 32::ubigint}
                when register_name = 'queue_desc_high' then {'written': area_value} end ignore nulls) over before).written)
        as desc_address,
    join_halves(
        (last_value(if(access = 'write' and register_name in ('queue_driver', 'queue_driver_low'), {'written': area_value}, null)
            ignore nulls) over before).written,
        (last_value(case when access = 'read' then null
                when register_name = 'queue_driver' then {'written': area_value >> 32::ubigint}
                when register_name = 'queue_driver_high' then {'written': area_value} end ignore nulls) over before).written)
        as driver_address,
    join_halves(
        (last_value(if(access = 'write' and register_name in ('queue_device', 'queue_device_low'), {'written': area_value}, null)
            ignore nulls) over before).written,
        (last_value(case when access = 'read' then null
                when register_name = 'queue_device' then {'written': area_value >> 32::ubigint}
                when register_name = 'queue_device_high' then {'written': area_value} end ignore nulls) over before).written)
        as device_address,
    last_value(if(access = 'write' and register_name = 'queue_msix_vector', value, null) ignore nulls) over before as msix_vector,
    -- A queue that was enabled again behind its reset reads 0 there too.
    last_value(case when access = 'write' and register_name = 'queue_reset' then value
            when access = 'write' and register_name = 'queue_enable' then 0 end ignore nulls) over before as reset_written
from register
window before as (partition by side, device, queue, epoch order by sequence, is_enabled_before)
