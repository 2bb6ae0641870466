-- view: queue_area
-- materialize: no
-- uses: queue_config, queue_register
-- device: number in the run
-- queue: number of the queue
-- area: descriptor, driver, device
-- sequence: the enabling, or where features come into force behind it; for an area that was moved while the queue was
--   enabled, the last write that moved it
-- since: first write to a register of the queue
-- until: the end of the enabling, null while it lasts
-- address: first byte, null if it is not known, or not known where on the bus it lies
-- length: bytes of the whole area, event words included; null if size or layout is unknown
--
-- ## Why
-- What the driver passed to the device with a queue. Areas moved behind queue_enable count as they were left: the halves
-- of an address, written one after the other, make no address in between.
with enabled as (
    select
        device, queue, since, coalesce(features_ok, since) as in_force, until, coalesce(first_write, since) as first_write,
        desc_address, driver_address, device_address,
        desc_length, driver_length, device_length
    from queue_config
    where side = 'driver'
),
moved as (
    select
        e.device, e.queue, greatest(r.address_written, e.in_force) as sequence, e.first_write, e.until,
        e.desc_address, e.driver_address, e.device_address, e.desc_length, e.driver_length, e.device_length,
        r.desc_address as new_desc_address, r.driver_address as new_driver_address, r.device_address as new_device_address
    from enabled as e
    asof join queue_register as r
        on r.side = 'driver' and r.device = e.device and r.queue = e.queue
        and coalesce(e.until, 18446744073709551615) > r.sequence
    where r.address_written > e.since
)
select
    e.device, e.queue, a.area, greatest(e.since, e.in_force) as sequence, e.first_write as since, e.until,
    a.address, a.length
from enabled as e
cross join lateral (
    values ('descriptor', e.desc_address, e.desc_length),
           ('driver', e.driver_address, e.driver_length),
           ('device', e.device_address, e.device_length)
) as a(area, address, length)
union all
select m.device, m.queue, a.area, m.sequence, m.first_write, m.until, a.new_address, a.length
from moved as m
cross join lateral (
    values ('descriptor', m.desc_address, m.new_desc_address, m.desc_length),
           ('driver', m.driver_address, m.new_driver_address, m.driver_length),
           ('device', m.device_address, m.new_device_address, m.device_length)
) as a(area, address, new_address, length)
where a.new_address is distinct from a.address
