-- id: SWIOTLB-014
-- title: Two live buffers do not share a bounce slot
-- level: lint
-- side: driver
-- spec: inferred: virtio 1.3 §2.7 leaves each buffer to the device until it is used
-- row: SWIOTLB-014
-- profiles: swiotlb-rfc1, swiotlb-draft0, restricted-dma, virtio-1.4
-- precision: heuristic
-- basis: inferred
-- needs: driver.map, driver.store, platform.region_mapped
-- judges: published slots
-- uses: mapping
-- message: chain {head} publishes the bounce slot at {address}, which chain {other_head} published at
--    #{other_published} and the device still owns
--
-- ## Why
-- Two requests in one slot overwrite one another. Sharing a slot that the device only reads is legal, so that at
-- least one of the two must be writable.
--
-- ## Likely causes
-- The allocator loses track of a slot: alignment handling that starts a search in the middle of an allocation, a
-- freed slot that was never taken out of a list.
--
-- ## What to look at
-- The two map events of the slot, and what lies between.
--
-- ## Example: holds: two slots
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=from_device mapping_id=1
--     driver dev0/q0 map part=payload address=bus:0x50001800 length=16 direction=from_device mapping_id=2
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=2 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x50000010 length=16 target=bus:0x50001800 size=16 flags=2 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x50000086 length=2 value=1
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=2
--
-- ## Example: violated: one slot twice
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=from_device mapping_id=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=2 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=from_device mapping_id=2
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x50000010 length=16 target=bus:0x50001000 size=16 flags=2 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x50000086 length=2 value=1
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=2
--
-- ## Example: holds: both only read
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=to_device mapping_id=2
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x50000010 length=16 target=bus:0x50001000 size=16 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x50000086 length=2 value=1
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=2
--
-- ## Example: holds: reused after it was given back
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=from_device mapping_id=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x50001000 size=16 flags=2 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 load part=used_index address=bus:0x50000102 length=2 value=1
--     driver dev0/q0 load part=used_entry slot=0 address=bus:0x50000104 length=8 value=0 size=1
--     driver dev0/q0 unmap part=payload address=bus:0x50001000 length=16 direction=from_device mapping_id=1
--     driver dev0/q0 map part=payload address=bus:0x50001000 length=16 direction=from_device mapping_id=2
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x50000010 length=16 target=bus:0x50001000 size=16 flags=2 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x50000086 length=2 value=1
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=2
--
-- ## Example: vacuous: outside the buffer
--     given: swiotlb-negotiated
--     driver dev0/q0 map part=payload address=bus:0x200000 length=16 direction=from_device mapping_id=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x50000000 length=16 target=bus:0x200000 size=16 flags=2 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x50000084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=1
--     driver dev0/q0 map part=payload address=bus:0x200000 length=16 direction=from_device mapping_id=2
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x50000010 length=16 target=bus:0x200000 size=16 flags=2 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x50000086 length=2 value=1
--     driver dev0/q0 store part=available_index address=bus:0x50000082 length=2 value=2
with slot as (
    select device, queue, address, head, sequence, published, unmapped, owned_until, is_known, is_writable
    from mapping
    where is_bounce and published is not null
),
paired as (
    select
        s.device, s.queue, s.address, s.head, s.published, s.is_writable, s.is_known,
        o.head as other_head, o.published as other_published, o.unmapped as other_unmapped,
        o.owned_until as other_until, o.is_writable as other_writable
    from slot as s
    asof left join slot as o on o.device = s.device and o.address = s.address and s.sequence > o.sequence
)
select
    published as sequence, least(published, other_published) as since, device, queue,
    -- One that was unmapped meanwhile was recycled too early: SWIOTLB-016 says so.
    case when other_published is null or coalesce(other_unmapped < published, false) then false
         when coalesce(other_until <= published, false) then false
         when not (is_writable or other_writable) then false
         when is_known then other_published < published
    end as violated,
    head, other_head, other_published, format('0x{:x}', address) as address
from paired
