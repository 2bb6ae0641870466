-- id: SPLIT-032
-- title: The device accesses a chain only from its publication to its return
-- level: lint
-- side: device
-- spec: Basic Facilities of a Virtio Device / Virtqueues / Supplying Buffers to The Device / Updating idx (text)
-- row: SPLIT-032
-- profiles: all
-- precision: exact
-- basis: inferred
-- needs: device.dma_read, device.dma_write
-- uses: device_payload_access, device_stray_access, device_fetch, queue_scope
-- message: the device {action} {what} {problem}
--
-- ## Why
-- Before the available index covers a chain its descriptors may be half written; after the used index covers it the driver
-- reuses memory and slots. An early access acts on garbage, a late one on somebody else's data.
-- Judged by the device's own record. Reading the ring indices, or an entry of the available ring, early is no access to a
-- chain. A buffer that another chain of the device still covers may be accessed.
--
-- ## Likely causes
-- Descriptors prefetched for speed from the slots behind the current one; the used index moved in front of the last write
-- (status byte, checksum); a worker thread or hardware queue that still runs when the main path completes the request; a
-- cancelled request whose DMA was not.
--
-- ## What to look at
-- The used index write that covers the chain, and the thread of the access behind it.
--
-- ## Example: holds
--     given: split-request
--     device dev0/q0 dma_read part=payload address=bus:0x20000 length=16
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: violated: a byte of the buffer is written after the chain went back
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=511
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--     device dev0/q0 dma_write part=payload address=bus:0x211ff length=1
--
-- ## Example: violated: the header is read after the chain went back
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--     device dev0/q0 dma_read part=payload address=bus:0x20000 length=16
--
-- ## Example: violated: a descriptor is fetched ahead of the available index
--     given: split-request
--     device dev0/q0 dma_read part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x22000 size=64 flags=0x2 next_slot=0
--
-- ## Example: holds: reading the indices early is not consuming
--     given: split-request
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=1
--     device dev0/q0 dma_read part=available_entry slot=1 address=bus:0x10106 length=2 value=0
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--
-- ## Example: holds: the same memory in a later chain
--     given: split-request
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--     driver dev0/q0 load part=used_index address=bus:0x10202 length=2 value=1
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     device dev0/q0 dma_read part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--     device dev0/q0 dma_write part=used_entry slot=1 address=bus:0x1020c length=8 value=2 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=2
--
-- ## Example: holds: two chains share a buffer, one of them is back
--     given: split-request
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_index address=bus:0x10102 length=2 value=2
--     device dev0/q0 dma_read part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     device dev0/q0 dma_read part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--
-- ## Example: holds: a used entry is no hand-over before its index
--     given: split-request
--     device dev0/q0 dma_write part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=512
--     device dev0/q0 dma_write part=payload address=bus:0x21000 length=512
--     device dev0/q0 dma_write part=used_index address=bus:0x10202 length=2 value=1
with payload as (
    select
        p.sequence, p.device, p.queue, p.is_write, p.address,
        if(s.readable.since > s.writable.since or s.writable is null, s.readable, s.writable) as last_range,
        case when p.buffer_since is not null or s.is_inside or s.owns_readable or s.owns_writable then false
             when s.is_shadowed then null
             else true
        end as violated
    from device_payload_access as p
    left join device_stray_access as s on s.sequence = p.sequence
    where p.buffer_since is not null or s.readable is not null or s.writable is not null
)
select
    sequence,
    coalesce(last_range.since, sequence) as since,
    device,
    queue,
    violated,
    if(is_write, 'wrote', 'read') as action,
    'a buffer of the chain with head ' || last_range.head as what,
    'that it had given back at ' || last_range.until as problem
from payload
where not violated or last_range.ended_by = 'returned'
union all
select
    f.sequence,
    coalesce(f.chain_since, q.since, f.sequence),
    f.device,
    f.queue,
    case when f.is_led is false and q.since is null then null
         when f.until <= f.sequence then true
         else not f.is_led
    end,
    'fetched',
    if(f.part = 'descriptor', 'descriptor ', 'entry ') || f.slot,
    if(f.is_led, 'of a chain that it had given back at ' || f.until, 'to which no chain that it had found leads')
from device_fetch as f
asof left join queue_scope as q
    on q.side = 'device' and q.device = f.device and q.queue = f.queue and f.sequence >= q.since
where not (f.until <= f.sequence and f.ended_by = 'disabled') is true
