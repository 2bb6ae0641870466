-- view: passed_range
-- materialize: yes
-- uses: driver_buffer, chain_descriptor, queue_config, range_end
-- device: number in the run
-- address: first byte of a range that the driver passed to the device, at any time of the run
-- furthest_end: end of the range that reaches furthest of all that begin here or before, 128 bits
-- is_buffer: it is known from a descriptor, not from a queue area
--
-- ## Why
-- Says whether an access of the device is explained by what it was given: descriptors as the driver stored or as the device
-- fetched them, indirect tables, queue areas. A running maximum makes containment one as-of join.
with passed as (
    select device, address, size::ubigint as length, true as is_buffer from driver_buffer
    union all
    select device, address, size, true from chain_descriptor where link = 'indirect'
    union all
    select device, target, size, true
    from event
    where event = 'dma_read' and part in ('descriptor', 'indirect_descriptor', 'packed_descriptor') and target is not null
    union all
    select device, desc_address, desc_length, false from queue_config
    union all
    select device, driver_address, driver_length, false from queue_config
    union all
    select device, device_address, device_length, false from queue_config
),
furthest as (
    select device, address, max(range_end(address, length)) as range_end, bool_or(is_buffer) as is_buffer
    from passed
    where address is not null and length is not null
    group by device, address
)
select
    device, address,
    max(range_end) over (partition by device order by address) as furthest_end,
    is_buffer
from furthest
