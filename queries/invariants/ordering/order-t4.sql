-- id: ORDER-T4
-- title: Memory is given up only after the reset has been seen to complete
-- level: MUST
-- side: driver
-- spec: virtio 1.3 §3.3.1 (device cleanup), §2.4.2
-- row: ORDER-T4
-- also: RST-009
-- profiles: all
-- precision: exact
-- basis: inferred
-- needs: driver.unmap, driver.map, driver.register_write|device.register_write, driver.register_read|device.register_read
-- judges: memory given up
-- uses: queue_config, mapping, driver_epoch, driver_register, status_timeline
-- message: the {part} at {address} is given up at a moment when the device may still use it: {problem}
--
-- ## Why
-- Until the device presents status 0 its DMA is legal. Memory that was freed before belongs to somebody else by
-- then: a fault at best, corruption at worst.
--
-- ## Likely causes
-- Teardown frees first and resets later; the reset is written and not read back; shutdown paths that skip the
-- reset.
--
-- ## What to look at
-- The status writes and reads around the finding, and the queue's enabling before it.
--
-- ## Example: holds: reset, read back, given up
--     given: swiotlb-negotiated
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0/q0 unmap part=descriptor_area address=bus:0x50000000 length=128 direction=bidirectional mapping_id=1
--
-- ## Example: violated: the reset was not read back
--     given: swiotlb-negotiated
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0/q0 unmap part=descriptor_area address=bus:0x50000000 length=128 direction=bidirectional mapping_id=1
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--
-- ## Example: violated: it did not read 0 yet
--     given: swiotlb-negotiated
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=15
--     driver dev0/q0 unmap part=descriptor_area address=bus:0x50000000 length=128 direction=bidirectional mapping_id=1
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--
-- ## Example: violated: no reset at all
--     given: swiotlb-negotiated
--     driver dev0/q0 unmap part=descriptor_area address=bus:0x50000000 length=128 direction=bidirectional mapping_id=1
--
-- ## Example: violated: a buffer that the device still had when the reset was written
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=9
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0/q0 unmap part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=9
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--
-- ## Example: violated: a buffer that the device still had, and gave back later
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=9
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 unmap part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=9
--     driver dev0/q0 load part=used_index address=bus:0x50000102 length=2 value=1
--     driver dev0/q0 load part=used_entry slot=0 address=bus:0x50000104 length=8 value=0 size=1
--
-- ## Example: violated: a buffer that the device still had, given up first and reset afterwards
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=9
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 unmap part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=9
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--
-- ## Example: holds: a buffer that was given back
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=9
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 load part=used_index address=bus:0x50000102 length=2 value=1
--     driver dev0/q0 load part=used_entry slot=0 address=bus:0x50000104 length=8 value=0 size=1
--     driver dev0/q0 unmap part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=9
--
-- ## Example: holds: a buffer that was given back, between the reset and its end
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=9
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 load part=used_index address=bus:0x50000102 length=2 value=1
--     driver dev0/q0 load part=used_entry slot=0 address=bus:0x50000104 length=8 value=0 size=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0/q0 unmap part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=9
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--
-- ## Example: holds: rings of a device that was never started
--     platform dev0 device_appeared value=2 note="blk"
--     driver dev0/q0 map part=descriptor_area address=bus:0x50000000 length=128 direction=bidirectional mapping_id=1
--     driver dev0/q0 unmap part=descriptor_area address=bus:0x50000000 length=128 direction=bidirectional mapping_id=1
--
-- ## Example: holds: after queue reset
--     given: swiotlb-negotiated
--     driver dev0/q0 register_write register_name=queue_reset register_offset=0x3a width=2 value=1
--     driver dev0/q0 register_read register_name=queue_reset register_offset=0x3a width=2 value=0
--     driver dev0/q0 unmap part=descriptor_area address=bus:0x50000000 length=128 direction=bidirectional mapping_id=1
--
-- ## Example: vacuous: nothing is given up
--     given: swiotlb-negotiated
--
-- ## Example: violated: the queue's reset was not read back
--     given: swiotlb-negotiated
--     driver dev0/q0 register_write register_name=queue_reset register_offset=0x3a width=2 value=1
--     driver dev0/q0 unmap part=descriptor_area address=bus:0x50000000 length=128 direction=bidirectional mapping_id=1
--     driver dev0/q0 register_read register_name=queue_reset register_offset=0x3a width=2 value=0
--
-- ## Example: violated: the queue's reset is still under way
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=9
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 register_write register_name=queue_reset register_offset=0x3a width=2 value=1
--     driver dev0/q0 register_read register_name=queue_reset register_offset=0x3a width=2 value=1
--     driver dev0/q0 unmap part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=9
--     driver dev0/q0 register_read register_name=queue_reset register_offset=0x3a width=2 value=0
--
-- ## Example: holds: a buffer given up behind the queue's reset
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=9
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 register_write register_name=queue_reset register_offset=0x3a width=2 value=1
--     driver dev0/q0 register_read register_name=queue_reset register_offset=0x3a width=2 value=0
--     driver dev0/q0 unmap part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=9
--
-- ## Example: holds: the device is gone
--     given: swiotlb-negotiated
--     platform dev0 device_removed
--     driver dev0/q0 unmap part=descriptor_area address=bus:0x50000000 length=128 direction=bidirectional mapping_id=1
--
-- ## Example: holds: reset of the device, after which the queue's own reset was never read back
--     given: swiotlb-negotiated
--     driver dev0/q0 register_write register_name=queue_reset register_offset=0x3a width=2 value=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0/q0 unmap part=descriptor_area address=bus:0x50000000 length=128 direction=bidirectional mapping_id=1
--
-- ## Example: inconclusive: with IN_ORDER the buffer may have come back in a batch, before the reset
--     given: split-queue-in-order
--     driver dev0/q0 map part=payload address=bus:0x20000 length=16 direction=to_device mapping_id=9
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=1
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=2
--     driver dev0/q0 load part=used_index address=bus:0x10202 length=2 value=2
--     driver dev0/q0 load part=used_entry slot=0 address=bus:0x10204 length=8 value=1 size=0
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0/q0 unmap part=payload address=bus:0x20000 length=16 direction=to_device mapping_id=9
--
-- ## Example: inconclusive: a buffer, and nobody recorded whether it was published
--     given: system-only
--     sees: driver.map, driver.unmap, driver.register_write, driver.register_read
--     driver dev0/q0 map part=payload address=bus:0x200000 length=16 direction=to_device mapping_id=11
--     driver dev0/q0 unmap part=payload address=bus:0x200000 length=16 direction=to_device mapping_id=11
with area_given_up as (
    select sequence, device, queue, part, address
    from event
    where event = 'unmap' and part in ('descriptor_area', 'driver_area', 'device_area')
),
payload_given_up as (
    select
        unmapped as sequence, device, coalesce(published_queue, queue) as queue, address, published, owned_until, is_known,
        -- Where nobody records what was published, nobody knows what was not.
        case when published is null then s.are_seen end or (ended_by = 'used' and unmapped >= owned_until) as is_free
    from mapping
    cross join (select count(*) > 0 as are_seen from source_sees where actor = 'driver' and event = 'store') as s
    where unmapped is not null
),
given_up as (
    -- Queue areas count while their queue is enabled, payload while the device has it.
    select
        a.sequence, a.device, a.queue, a.part, a.address, q.since as exposed, q.until as withdrawn,
        true as is_known, 'its queue is enabled' as exposure
    from area_given_up as a
    asof left join queue_config as q
        on q.side = 'driver' and q.device = a.device and q.queue = a.queue and a.sequence > q.since
    union all
    select
        sequence, device, queue, 'payload', address, published, owned_until, is_known, 'the device still has it'
    from payload_given_up
    where is_free is not true
),
reset as (
    select e.device, e.since, min(s.sequence) as completed
    from driver_epoch as e
    asof left join (
        select device, sequence from status_timeline where side = 'driver' and action = 'read' and value = 0
    ) as s on s.device = e.device and s.sequence > e.since
    where e.begun_by = 'reset'
    group by e.device, e.since
),
queue_reset as (
    select w.device, w.queue, w.sequence as since, r.sequence as completed
    from (select * from driver_register where register_name = 'queue_reset' and access = 'write' and value = 1) as w
    asof left join (select * from driver_register where register_name = 'queue_reset' and access = 'read' and value = 0) as r
        on r.device = w.device and r.queue = w.queue and r.sequence > w.sequence
)
select
    g.sequence, least(g.sequence, g.exposed, r.since) as since, g.device, g.queue,
    case when g.exposed is null then if(g.part = 'payload', null, false)
         when g.withdrawn is null or g.sequence < g.withdrawn then if(g.is_known, true, null)
         -- Withdrawn by this reset, or by the queue's own: it must have been read back.
         when r.since >= g.withdrawn and g.exposed < r.since and r.completed <= g.sequence then false
         when r.since >= g.withdrawn and g.exposed < r.since then if(g.is_known, true, null)
         when w.since is null or w.completed <= g.sequence then false
         else if(g.is_known, true, null)
    end as violated,
    case when g.withdrawn is null or g.sequence < g.withdrawn then g.exposure
         when w.since is null then 'no read of device status has returned 0'
         else 'no read of queue_reset has returned 0'
    end as problem,
    g.part, format('0x{:x}', g.address) as address
from given_up as g
asof left join reset as r on r.device = g.device and g.sequence > r.since
left join queue_reset as w on w.device = g.device and w.queue = g.queue and w.since = g.withdrawn
union all
-- Most of all that is given up: what was never passed, and what came back first.
select sequence, least(sequence, published), device, queue, false, null, 'payload', null
from payload_given_up
where is_free
