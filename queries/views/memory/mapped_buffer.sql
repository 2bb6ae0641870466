-- view: mapped_buffer
-- materialize: yes
-- uses: queue_config, driver_negotiation, bus_address
-- device: number in the run; null where a buffer was mapped for a device that the recording does not tell
-- queue: number of the queue, null if it is not known
-- mapped: the driver's map; null where buffers are passed unmapped, so that nothing shows them
-- passed: from here on the mapping is known to have been handed to the device; null if it is not known
-- part: payload, indirect_table, or unknown: of such a mapping the driver may have passed a part only
-- address: first bus address, null if unknown
-- size: bytes, null if unknown
--
-- ## Why
-- Where neither the driver's stores nor the device's reads are recorded, its mappings show what it passes. A map alone passes
-- nothing: adding a chain may fail half way, and then the same thread takes its mappings back at once. One that still lasts when
-- this thread rings the doorbell behind it, or that another context ends, which finds it in the ring, was passed. A driver without
-- ACCESS_PLATFORM may pass what it maps nowhere: of its queues nothing is known.
with blind as (
    select not exists (
        select 1 from source_sees as s where (s.actor = 'driver' and s.event = 'store') or (s.actor = 'device' and s.event = 'dma_read')
    ) as is_blind
),
obtained as (
    select e.source, e.device, e.queue, e.thread, e.sequence, e.mapping_id, e.part, bus_address(e.address, e.address_space) as address,
        e.length
    from event as e
    cross join blind as b
    where b.is_blind and e.event = 'map' and e.actor = 'driver' and e.part in ('payload', 'indirect_table', 'unknown')
),
given_up as (
    select e.source, e.mapping_id, e.thread, e.sequence
    from event as e
    cross join blind as b
    where b.is_blind and e.event = 'unmap' and e.actor = 'driver'
),
-- A queue that is not known stands for any of the device's.
rung as (
    select e.source, e.device, e.thread, unnest(if(e.queue is null, [-1], [e.queue::integer, -1])) as queue, e.sequence
    from event as e
    cross join blind as b
    where b.is_blind and e.event = 'doorbell' and e.actor = 'driver' and e.device is not null
),
lived as (
    select o.source, o.device, o.queue, o.thread, o.sequence, o.part, o.address, o.length, u.sequence as unmapped,
        u.thread <> o.thread as is_ended_elsewhere
    from obtained as o
    asof left join given_up as u
        on u.source = o.source and u.mapping_id = o.mapping_id and u.sequence > o.sequence
),
handed_over as (
    select l.device, l.queue, l.sequence, l.part, l.address, l.length,
        least(
            if(l.unmapped is null or r.sequence < l.unmapped, r.sequence, null),
            if(l.is_ended_elsewhere and l.part <> 'unknown', l.unmapped, null)) as passed
    from lived as l
    asof left join rung as r
        on r.source = l.source and r.device = l.device and r.thread = l.thread and r.queue = coalesce(l.queue::integer, -1)
        and r.sequence > l.sequence
)
select device, queue, sequence as mapped, passed, part, address, length as size
from handed_over
union all
select q.device, q.queue, null, q.since, p.part, null, null
from queue_config as q
cross join blind as b
join driver_negotiation as n on n.device = q.device and n.epoch = q.epoch
cross join (values ('payload'), ('indirect_table')) as p(part)
where b.is_blind and q.side = 'driver' and n.access_platform is not true
  and if(p.part = 'payload', q.device not in (select o.device from obtained as o where o.device is not null), n.indirect_desc is not false)
