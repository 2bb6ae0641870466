-- id: SWIOTLB-016
-- title: A bounce slot is not recycled while the device owns it, nor with what was in it before
-- level: lint
-- side: driver
-- spec: inferred: virtio 1.3 §2.7.14: a buffer is the device's until it is used
-- row: SWIOTLB-016
-- profiles: swiotlb-rfc1, swiotlb-draft0, restricted-dma, virtio-1.4
-- precision: heuristic
-- basis: inferred
-- needs: driver.map, driver.unmap, driver.store, driver.load, platform.region_mapped
-- judges: slots obtained or published
-- uses: slot_before, driver_payload_access
-- message: the bounce slot at {address} {problem}
--
-- ## Why
-- The device may still write the slot: the next request gets the last one's answer, and what the slot holds of the
-- new request goes where the old one was to go. A device that then writes less than it may hands the rest, which is
-- what the last request left, to whoever made this one.
--
-- ## Likely causes
-- A request that timed out is freed without a reset of the queue; the unmap stands in front of the check of the
-- used ring; a mapping that only the device is to write is not filled, since nothing has to be sent.
--
-- ## What to look at
-- The slot's earlier map, its publication, its unmap, and the used entry that came later.
--
-- ## Example: holds: given back first
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 load part=used_index address=bus:0x50000102 length=2 value=1
--     driver dev0/q0 load part=used_entry slot=0 address=bus:0x50000104 length=8 value=0 size=1
--     driver dev0/q0 unmap part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=1
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=2
--
-- ## Example: violated: recycled while owned
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 unmap part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=1
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=2
--
-- ## Example: holds: never published
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=1
--     driver dev0/q0 unmap part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=1
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=2
--
-- ## Example: holds: allocated twice at once is another finding
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=2
--
-- ## Example: vacuous: outside the buffer
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x200000 length=16 direction=to_device mapping_id=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x200000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 unmap part=payload address=bus:0x200000 length=16 direction=to_device mapping_id=1
--     driver dev0/q0 map part=payload address=bus:0x200000 length=16 direction=to_device mapping_id=2
--
-- ## Example: violated: recycled in the middle of a larger slot
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=4096 direction=to_device mapping_id=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=4096 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 unmap part=payload address=bus:0x50001000 length=4096 direction=to_device mapping_id=1
--     driver dev0/q0 map part=payload address=bus:0x50001800 length=16 direction=to_device mapping_id=2
--
-- ## Example: violated: a writable slot published with what the request before left in it
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=1
--     driver dev0/q0 bounce_copy address=bus:0x50001000 length=16 target=cpu:0x200000 direction=to_device mapping_id=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 load part=used_index address=bus:0x50000102 length=2 value=1
--     driver dev0/q0 load part=used_entry slot=0 address=bus:0x50000104 length=8 value=0 size=1
--     driver dev0/q0 unmap part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=1
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=from_device mapping_id=2
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x50000010 length=16 target=bus:0x50001000 size=16 flags=2 next_slot=0 head=1
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x50000086 length=2 value=1
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=2
--
-- ## Example: holds: overwritten first
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=1
--     driver dev0/q0 bounce_copy address=bus:0x50001000 length=16 target=cpu:0x200000 direction=to_device mapping_id=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 load part=used_index address=bus:0x50000102 length=2 value=1
--     driver dev0/q0 load part=used_entry slot=0 address=bus:0x50000104 length=8 value=0 size=1
--     driver dev0/q0 unmap part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=1
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=from_device mapping_id=2
--     driver dev0/q0 bounce_copy address=bus:0x50001000 length=16 target=cpu:0x210000 direction=to_device mapping_id=2
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x50000010 length=16 target=bus:0x50001000 size=16 flags=2 next_slot=0 head=1
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x50000086 length=2 value=1
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=2
with copying as (
    select distinct device from driver_payload_access where is_store
)
select
    sequence, least(sequence, other_mapped) as since, device, queue,
    case when is_bounce is null then null
         when other_published is null or other_unmapped is null or other_unmapped > sequence then false
         when coalesce(other_until <= sequence, false) then false
         when other_known then true
    end as violated,
    'is obtained again, though it was given up at #' || other_unmapped || ' while the device still owned chain '
        || other_head as problem,
    format('0x{:x}', address) as address
from slot_before
union all
-- What was in a slot goes to the device with it, and from there to whoever asked, unless something else was put there first.
select
    s.published, least(s.sequence, s.other_published), s.device, s.queue,
    case when s.is_bounce is null then null
         when f.sequence is null or f.sequence < s.sequence then true
         else f.length < s.length
    end,
    'is published as writable with what chain ' || s.other_head || ' left in it',
    format('0x{:x}', s.address)
from slot_before as s
semi join copying as c on c.device = s.device
asof left join (select * from driver_payload_access where is_store) as f
    on f.device = s.device and f.address = s.address and s.published > f.sequence
where s.is_writable and s.other_published < s.sequence
