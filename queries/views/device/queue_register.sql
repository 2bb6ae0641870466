-- view: queue_register
-- materialize: yes
-- uses: register_access, epoch, front_end_range, join_halves, range_end, byte_distance
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
-- missing_area: the first area of which an address, or half of it, was never written: descriptor, driver, device; else null
-- desc_address: descriptor area, null if unknown, half written, or an address of another space than the bus
-- driver_address: driver area (available ring)
-- device_address: device area (used ring)
-- msix_vector: queue_msix_vector as last written, null if never
-- reset_written: queue_reset as last written, null if never
--
-- ## Why
-- Two halves may be written in either order and rewritten: each counts as it stands, and the last write counts even
-- where nobody knows what it wrote. What a recording that begins in the
-- middle found there has no order: an enabling counts behind everything else that was found. A vhost-user front end passes
-- its own virtual addresses: its memory table says where on the bus they lie.
with register as (
    select
        a.side, a.device, a.queue, e.epoch, e.since as epoch_since, e.until as epoch_until, a.access, a.register_name, a.value,
        case when coalesce(a.value_space, 'bus') = 'bus' then a.value
             when a.value_space = 'front_end' then range_end(f.base, byte_distance(a.value, f.front_end_base))::ubigint
        end as area_value,
        if(a.is_snapshot and a.register_name in ('queue_enable', 'queue_page_frame'),
            max(if(a.is_snapshot, a.sequence, null)) over (partition by a.side, a.device, a.queue), a.sequence) as sequence,
        a.is_snapshot and a.register_name in ('queue_enable', 'queue_page_frame') as is_enabled_before
    from register_access as a
    asof join epoch as e on e.side = a.side and e.device = a.device and a.sequence >= e.since
    -- A memory table has a handful of ranges, and few addresses are passed in that space.
    left join front_end_range as f
        on a.value_space = 'front_end' and a.value >= f.front_end_base
        and a.value < range_end(f.front_end_base, f.length) and a.sequence > f.since and (f.until is null or a.sequence < f.until)
    where a.queue is not null
      and a.register_name in ('queue_size', 'queue_enable', 'queue_reset', 'queue_msix_vector', 'queue_page_frame',
          'queue_desc', 'queue_desc_low', 'queue_desc_high', 'queue_driver', 'queue_driver_low', 'queue_driver_high',
          'queue_device', 'queue_device_low', 'queue_device_high')
),
running as (
    select *,
        min(if(access = 'write', sequence, null)) over before as first_write,
        max(if(access = 'write' and (register_name like 'queue_desc%' or register_name like 'queue_driver%'
            or register_name like 'queue_device%'), sequence, null)) over before as address_written,
        last_value(if(access = 'write' and register_name = 'queue_size', value, null) ignore nulls) over before as size_written,
        last_value(if(access = 'read' and register_name = 'queue_size', value, null) ignore nulls) over before as size_read,
        last_value(if(access = 'write' and register_name in ('queue_desc', 'queue_desc_low'), {'written': area_value}, null)
            ignore nulls) over before as desc_low,
        last_value(case when access = 'read' then null
                when register_name = 'queue_desc' then {'written': area_value >> 32::ubigint}
                when register_name = 'queue_desc_high' then {'written': area_value} end ignore nulls) over before as desc_high,
        last_value(if(access = 'write' and register_name in ('queue_driver', 'queue_driver_low'), {'written': area_value}, null)
            ignore nulls) over before as driver_low,
        last_value(case when access = 'read' then null
                when register_name = 'queue_driver' then {'written': area_value >> 32::ubigint}
                when register_name = 'queue_driver_high' then {'written': area_value} end ignore nulls) over before as driver_high,
        last_value(if(access = 'write' and register_name in ('queue_device', 'queue_device_low'), {'written': area_value}, null)
            ignore nulls) over before as device_low,
        last_value(case when access = 'read' then null
                when register_name = 'queue_device' then {'written': area_value >> 32::ubigint}
                when register_name = 'queue_device_high' then {'written': area_value} end ignore nulls) over before as device_high,
        last_value(if(access = 'write' and register_name = 'queue_msix_vector', value, null) ignore nulls)
            over before as msix_vector,
        -- A queue that was enabled again behind its reset reads 0 there too.
        last_value(case when access = 'write' and register_name = 'queue_reset' then value
                when access = 'write' and register_name = 'queue_enable' then 0 end ignore nulls)
            over before as reset_written
    from register
    window before as (partition by side, device, queue, epoch order by sequence, is_enabled_before)
)
select
    side, device, queue, epoch, epoch_since, epoch_until, sequence, access, register_name, value, first_write, address_written,
    coalesce(size_written, size_read) & 65535::ubigint as size,
    case when desc_low is null or desc_high is null then 'descriptor'
         when driver_low is null or driver_high is null then 'driver'
         when device_low is null or device_high is null then 'device'
    end as missing_area,
    join_halves(desc_low.written, desc_high.written) as desc_address,
    join_halves(driver_low.written, driver_high.written) as driver_address,
    join_halves(device_low.written, device_high.written) as device_address,
    msix_vector, reset_written
from running
