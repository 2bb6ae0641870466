-- id: SWIOTLB-015
-- title: Bounce copies happen while the driver owns the slot, and stay inside the mapping
-- level: lint
-- side: driver
-- spec: inferred: virtio 1.3 §2.7.13 and §2.7.14 say when a buffer is whose
-- row: SWIOTLB-015
-- profiles: swiotlb-rfc1, swiotlb-draft0, restricted-dma, virtio-1.4
-- precision: heuristic
-- basis: inferred
-- needs: driver.bounce_copy, driver.map, driver.store, driver.load, platform.region_mapped
-- judges: copies
-- uses: mapping, range_end, range_inside
-- message: the copy {direction} of {length} bytes at {address}: {problem}
--
-- ## Why
-- What is copied in after the publication may come too late; what is copied out before the used entry was seen is
-- not the device's answer. A length that the device chose must not drive a copy beyond the mapping.
--
-- ## Likely causes
-- used.len passed on as the copy's length; a partial sync that copies the wrong part; polling the payload instead
-- of the used ring.
--
-- ## What to look at
-- The map event of the copy's mapping_id, the publication of its chain and the used entry that gave it back.
--
-- ## Example: holds: in before publishing, out after the used entry
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=1
--     driver dev0/q0 map part=payload address=bus:0x50001800 length=512 direction=from_device mapping_id=2
--     driver dev0/q0 bounce_copy address=bus:0x50001000 length=16 target=cpu:0x200000 direction=to_device mapping_id=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=1 next_slot=1 head=0
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x50000010 length=16 target=bus:0x50001800 size=512 flags=2 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 load part=used_index address=bus:0x50000102 length=2 value=1
--     driver dev0/q0 load part=used_entry slot=0 address=bus:0x50000104 length=8 value=0 size=1
--     driver dev0/q0 bounce_copy address=bus:0x50001800 length=512 target=cpu:0x200000 direction=from_device mapping_id=2
--
-- ## Example: violated: copied in after publishing
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 bounce_copy address=bus:0x50001000 length=16 target=cpu:0x200000 direction=to_device mapping_id=1
--
-- ## Example: violated: copied out before the used entry was seen
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001800 length=512 direction=from_device mapping_id=2
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001800 size=512 flags=2 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 bounce_copy address=bus:0x50001800 length=512 target=cpu:0x200000 direction=from_device mapping_id=2
--     driver dev0/q0 load part=used_index address=bus:0x50000102 length=2 value=1
--     driver dev0/q0 load part=used_entry slot=0 address=bus:0x50000104 length=8 value=0 size=1
--
-- ## Example: violated: more than was mapped
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001800 length=512 direction=from_device mapping_id=2
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001800 size=512 flags=2 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 load part=used_index address=bus:0x50000102 length=2 value=1
--     driver dev0/q0 load part=used_entry slot=0 address=bus:0x50000104 length=8 value=0 size=4096
--     driver dev0/q0 bounce_copy address=bus:0x50001800 length=4096 target=cpu:0x200000 direction=from_device mapping_id=2
--
-- ## Example: holds: less than was mapped
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001800 length=512 direction=from_device mapping_id=2
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001800 size=512 flags=2 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 load part=used_index address=bus:0x50000102 length=2 value=1
--     driver dev0/q0 load part=used_entry slot=0 address=bus:0x50000104 length=8 value=0 size=8
--     driver dev0/q0 bounce_copy address=bus:0x50001800 length=8 target=cpu:0x200000 direction=from_device mapping_id=2
--
-- ## Example: holds: another mapping of a slot that is still the device's
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=2
--     driver dev0/q0 bounce_copy address=bus:0x50001000 length=16 target=cpu:0x200000 direction=to_device mapping_id=2
--
-- ## Example: inconclusive: a copy of a mapping that was never seen
--     given: swiotlb-negotiated
--     driver dev0/q0 bounce_copy address=bus:0x50001000 length=16 target=cpu:0x200000 direction=to_device mapping_id=77
--
-- ## Example: inconclusive: where the buffer lies was never seen
--     driver dev0 thread_started note="driver"
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=from_device mapping_id=1
--     driver dev0/q0 bounce_copy address=bus:0x50001000 length=32 target=cpu:0x200000 direction=from_device mapping_id=1
--
-- ## Example: violated: a length that wraps around
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=from_device mapping_id=1
--     driver dev0/q0 bounce_copy address=bus:0x50001008 length=0xffffffffffffffff target=cpu:0x200000 direction=from_device mapping_id=1
--
-- ## Example: holds: part of a mapping, synchronised
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=512 direction=to_device mapping_id=1
--     driver dev0/q0 bounce_copy address=bus:0x50001100 length=16 target=cpu:0x200100 direction=to_device mapping_id=1
--
-- ## Example: vacuous: copies of an ordinary pool in system memory
--     given: hint-mode
--     driver dev0/q0 map part=payload address=bus:0x200000 length=16 direction=from_device mapping_id=1
--     driver dev0/q0 bounce_copy address=bus:0x200000 length=32 target=cpu:0x300000 direction=from_device mapping_id=1
with copied as (
    select sequence, device, queue, address, length, direction, mapping_id
    from event
    where event = 'bounce_copy'
),
matched as (
    select
        c.sequence, c.device, c.queue, c.address, c.length, c.direction, m.sequence as mapped, m.is_bounce,
        range_inside(c.address, c.length, m.address, range_end(m.address, m.length)) as is_inside,
        case when m.published is null or c.sequence < m.published then false
             when m.owned_until is null or c.sequence < m.owned_until then if(m.is_known, true, null)
             else false
        end as is_device_owned
    from copied as c
    asof left join mapping as m
        on m.device = c.device and m.mapping_id = c.mapping_id and c.sequence > m.sequence
)
select
    sequence, least(sequence, mapped) as since, device, queue,
    if(mapped is null or is_bounce is null, null, not is_inside or is_device_owned) as violated,
    case when not is_inside then 'it leaves its mapping'
         when direction = 'to_device' then 'its chain is already published'
         else 'the device still owns its chain'
    end as problem,
    direction, format('0x{:x}', address) as address, length
from matched
where is_bounce is not false
