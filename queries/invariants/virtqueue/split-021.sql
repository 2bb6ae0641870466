-- id: SPLIT-021
-- title: A used id is the head of an outstanding chain, once
-- level: lint
-- side: device
-- spec: Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Used Ring (text)
-- row: SPLIT-021
-- profiles: all
-- precision: exact
-- basis: inferred
-- needs: device.dma_read, device.dma_write
-- uses: device_used_entry
-- message: used entry {slot} names head {head}, which the device has {problem}
--
-- ## Why
-- The driver looks the id up in its table of requests: an id that is no head, or one that came back already, completes a
-- foreign request or indexes past the table (RT-Thread issue 11326; Linux: "id %u is not a head!").
-- Judged by the device's own record: the heads that it read from the available ring, and the ids that it wrote.
--
-- ## Likely causes
-- A missing read barrier between the available index and the entry: a stale head is processed in place of the new one
-- (kvmtool 15c4e1ef906e, see ORDER-S7); a request completed twice, by its own path and by a timeout or reset path; the
-- next descriptor's index returned in place of the head's.
--
-- ## What to look at
-- The device's reads of the available ring before this entry, and the used entries that named the same head.
--
-- ## Example: holds
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: violated: the second descriptor in place of the head
--     given: split-request
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=1 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: violated: the same chain twice
--     given: split-request
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--     device dev0/q0 dma_write part=used_entry slot=1 address=bus:0x1020c length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=2
--
-- ## Example: violated: an id beyond any slot
--     given: split-request
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=70000 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: holds: the same head again, after it was published again
--     given: split-request
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--     driver dev0/q0 load part=used_index address=bus:0x10202 length=2 value=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_entry slot=1 address=bus:0x10106 length=2 value=0
--     device dev0/q0 dma_read part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     device dev0/q0 dma_read part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     device dev0/q0 dma_write part=used_entry slot=1 address=bus:0x1020c length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=2
--
-- ## Example: holds: out of order
--     given: split-request
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x22000 size=64 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     device dev0/q0 dma_read part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x22000 size=64 flags=0x2 next_slot=0
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=2 size=64
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--     device dev0/q0 dma_write part=used_entry slot=1 address=bus:0x1020c length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=2
--
-- ## Example: holds: a batch in order names its last head
--     given: split-queue-in-order
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=1
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     device dev0/q0 dma_read part=available_entry slot=1 address=bus:0x10106 length=2 value=1
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=1 size=16
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=2
--
-- ## Example: holds: the device looks at an entry of the available ring twice
--     given: split-request
--     device dev0/q0 dma_read part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: vacuous: no buffer came back
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--
-- ## Example: vacuous: a recording that began in the middle: nothing shows which chains are outstanding
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=7 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=101
--     device dev0/q0 dma_write part=used_entry slot=1 address=bus:0x1020c length=8 value=3 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=102
select
    sequence,
    coalesce(chain_since, since) as since,
    device,
    queue,
    case when return_number > 1 then true
         when chain_since is not null then false
         when head is not null and heads_known then true
    end as violated,
    slot,
    head,
    if(return_number > 1, 'given back already', 'not read from the available ring') as problem
from device_used_entry
where head is not null
