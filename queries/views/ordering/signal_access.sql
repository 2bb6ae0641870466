-- view: signal_access
-- materialize: yes
-- kind: driver_decides (it reads whether a doorbell is wanted), driver_asks (for a notification), doorbell, and for the other
--    side device_decides, device_asks, interrupt
-- device: number in the run
-- queue: number of the queue
-- sequence: place in the run
-- source: observer
-- thread: execution context
-- part: the structure touched, null for doorbells and interrupts
-- by_event_index: it concerns used_event or avail_event, which count with EVENT_IDX only; false = flags, which count without;
--    null for doorbells and interrupts
-- ordering: what the access orders besides
-- ordering_domain: how far
--
-- ## Why
-- The accesses by which the two sides tell one another when to look.
select
    case event when 'load' then 'driver_decides' when 'store' then 'driver_asks' when 'dma_read' then 'device_decides'
        when 'dma_write' then 'device_asks' else event end as kind,
    device, queue, sequence, source, thread, part,
    if(event in ('doorbell', 'interrupt'), null, part in ('used_event', 'available_event')) as by_event_index,
    ordering, ordering_domain
from event
where (event = 'load' and part in ('used_flags', 'available_event'))
   or (event = 'store' and (part = 'used_event' or (part = 'available_flags' and value = 0)))
   or (event = 'dma_read' and part in ('available_flags', 'used_event'))
   or (event = 'dma_write' and (part = 'available_event' or (part = 'used_flags' and value = 0)))
   or (event = 'doorbell' and actor = 'driver')
   or (event = 'interrupt' and actor = 'device' and queue is not null)
