-- view: driver_payload_access
-- materialize: yes
-- uses: bus_address
-- device: number in the run
-- queue: the queue that the driver says it works for
-- sequence: place in the run
-- source: observer
-- thread: execution context
-- is_store: the driver puts something there, by a store or a copy into a bounce slot; else it takes something from there
-- address: first byte
-- place: that address if it lies on the bus, else null
-- length: bytes, null if unknown
-- ordering: what the access orders besides
-- ordering_domain: how far
select
    device, queue, sequence, source, thread, event = 'store' or (event = 'bounce_copy' and direction = 'to_device') as is_store,
    address, bus_address(address, address_space) as place, length, ordering, ordering_domain
from event
where (event in ('load', 'store') and part = 'payload')
   or (event = 'bounce_copy' and direction in ('to_device', 'from_device'))
