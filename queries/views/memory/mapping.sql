-- view: mapping
-- materialize: yes
-- uses: driver_buffer, driver_ownership, driver_confinement, ranges_contain, bus_address
-- device: number in the run
-- queue: number of the queue, null if the driver did not say
-- mapping_id: its name
-- sequence: the driver's map
-- address: first bus address
-- length: bytes
-- direction: to_device, from_device, bidirectional
-- unmapped: its unmap, null while it lasts
-- published: first publication of a buffer that begins there, while it was mapped; null if none
-- published_queue: its queue
-- head: head of that chain
-- owned_until: until when the device owned that chain, by the driver's own accesses; null while it does
-- ended_by: used, disabled, null
-- is_known: whether used entries name every chain (not with IN_ORDER)
-- is_writable: whether the device may write the buffer
-- is_bounce: it lies in the device's bounce buffer, or in a declared window; null if that is not known
--
-- ## Why
-- A bounce slot's life: obtained, published, given back, given up. The buffer of a mapping is the one that begins at its
-- address and is published first behind it.
with mapped as (
    select device, queue, mapping_id, sequence, source, address, bus_address(address, address_space) as place, length,
        direction
    from event
    where event = 'map' and part = 'payload'
),
unmapped as (
    select source, mapping_id, sequence from event where event = 'unmap'
),
lived as (
    select
        m.device, m.queue, m.mapping_id, m.sequence, m.address, m.place, m.length, m.direction, u.sequence as unmapped
    from mapped as m
    asof left join unmapped as u
        on u.source = m.source and u.mapping_id = m.mapping_id and u.sequence > m.sequence
),
passed as (
    select
        l.device, l.queue, l.mapping_id, l.sequence, l.address, l.place, l.length, l.direction, l.unmapped,
        if(l.unmapped is null or b.publication < l.unmapped, b.publication, null) as published,
        b.queue as published_queue, b.position, b.head, b.is_writable
    from lived as l
    asof left join driver_buffer as b
        on b.device = l.device and b.address = l.address and b.publication > l.sequence
)
select
    p.device, p.queue, p.mapping_id, p.sequence, p.address, p.length, p.direction, p.unmapped, p.published,
    if(p.published is null, null, p.published_queue) as published_queue, if(p.published is null, null, p.head) as head,
    o.until as owned_until, o.ended_by, o.is_known,
    if(p.published is null, null, p.is_writable) as is_writable,
    case when c.declared_ranges is not null and ranges_contain(c.declared_ranges, p.place, p.length) then true
         when c.version_1 is false or (c.has_no_buffer and c.swiotlb is not true) then false
         else ranges_contain(c.bounce_ranges, p.place, p.length)
    end as is_bounce
from passed as p
left join driver_ownership as o
    on o.device = p.device and o.queue = p.published_queue and o.since = p.published and o.position = p.position
asof left join driver_confinement as c on c.device = p.device and p.sequence >= c.since
