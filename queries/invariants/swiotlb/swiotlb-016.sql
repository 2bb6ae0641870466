-- id: SWIOTLB-016
-- title: A bounce slot is not recycled while the device owns it
-- level: lint
-- side: driver
-- spec: inferred: virtio 1.3 §2.7.14: a buffer is the device's until it is used
-- row: SWIOTLB-016
-- profiles: swiotlb-rfc1, swiotlb-draft0, restricted-dma, virtio-1.4
-- precision: exact
-- basis: inferred
-- needs: driver.map, driver.unmap, driver.store, driver.load, platform.region_mapped
-- judges: slots obtained
-- uses: mapping
-- message: the bounce slot at {address} is obtained again, though it was given up at #{other_unmapped} while the
--    device still owned chain {other_head}
--
-- ## Why
-- The device may still write the slot: the next request gets the last one's answer, and what the slot holds of the
-- new request goes where the old one was to go.
--
-- ## Likely causes
-- A request that timed out is freed without a reset of the queue; the unmap stands in front of the check of the
-- used ring.
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
with slot as (
    select device, queue, address, head, sequence, published, unmapped, owned_until, is_known
    from mapping
    where is_bounce
),
paired as (
    select
        s.device, s.queue, s.address, s.sequence, o.sequence as other_mapped, o.head as other_head,
        o.published as other_published, o.unmapped as other_unmapped, o.owned_until as other_until, o.is_known
    from slot as s
    asof left join slot as o on o.device = s.device and o.address = s.address and s.sequence > o.sequence
)
select
    sequence, least(sequence, other_mapped) as since, device, queue,
    case when other_published is null or other_unmapped is null or other_unmapped > sequence then false
         when coalesce(other_until <= sequence, false) then false
         when is_known then true
    end as violated,
    format('0x{:x}', address) as address, other_head, other_unmapped
from paired
