-- view: confined_access
-- materialize: yes
-- uses: device_confinement, ranges_contain, bus_address
-- sequence: place in the run
-- device: number in the run
-- queue: the queue that the device says it works for
-- is_write: dma_write, else dma_read
-- part: what the device says it is
-- address: first byte; null if it is unknown, or nothing says where on the bus it lies
-- length: bytes, null if unknown
-- confinement: why the device is confined at this moment
-- is_inside: it lies wholly in what is allowed; null where that is not known
--
-- ## Why
-- The memory accesses of a device while it is confined. Interrupt messages are none: their addresses are the platform's,
-- whether the record calls such a write a message, or leaves open what it is.
with message as (
    select distinct device, address
    from event
    where address is not null and (event = 'interrupt' or part = 'interrupt_message')
)
select
    d.sequence, d.device, d.queue, d.event = 'dma_write' as is_write, d.part, bus_address(d.address, d.address_space) as address,
    d.length, c.confinement,
    ranges_contain(c.allowed, bus_address(d.address, d.address_space), d.length) as is_inside
from event as d
asof join device_confinement as c on c.device = d.device and d.sequence >= c.since
left join message as m
    on m.device = d.device and m.address = d.address and d.event = 'dma_write'
    and coalesce(d.part, 'unknown') = 'unknown' and coalesce(d.length, 4) <= 4
where d.event in ('dma_read', 'dma_write') and d.part is distinct from 'interrupt_message'
  and c.confinement is not null and m.device is null
