-- id: RST-008
-- title: The driver does not alter ring entries of buffers that the device still has
-- level: MUST
-- side: driver
-- spec: drivernormative: General Initialization And Device Operation / Device Cleanup (Driver Requirements: Device
--     Cleanup)
-- row: RST-008
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.store, driver.load, driver.register_write|device.register_write
-- judges: rewritten entries
-- uses: descriptor_content, chain_descriptor, driver_negotiation, driver_ownership, queue_scope, ring_progress,
--     ring_distance
-- message: {what} {slot} was rewritten while it was exposed to the device, published at sequence {since}
--
-- ## Why
-- Between its publication and its return a chain is the device's: it may read a descriptor now, later or again. An entry
-- that changes under it sends the device to memory that nobody meant. The driver's own sight counts: a chain is its
-- again when it has loaded the used entry. Free descriptors, indirect tables and payload may be written at will, and a
-- store that changes nothing alters nothing. An available entry is exposed as long as the used index that the driver
-- has seen does not cover it: its chain may be out longer, the entry itself has been read.
--
-- ## Likely causes
-- A free list that takes a descriptor back before its chain is used; a request that is cancelled or changed in place;
-- a used entry handled twice, so that a chain is freed which was given to the device again.
--
-- ## What to look at
-- The driver's loads of used entries between the publication and the store; which request the head belongs to.
--
-- ## Example: holds: reused after the used entry was seen
--     given: one-chain-published
--     driver dev0/q0 load part=used_index address=bus:0x100102 length=2 value=1
--     driver dev0/q0 load part=used_entry slot=0 address=bus:0x100104 length=8 value=0 size=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x100000 length=16 target=bus:0x102000 size=512 flags=0 next_slot=0 head=0
--
-- ## Example: violated at 34: the target of an exposed descriptor is changed
--     given: one-chain-published
--     #34 driver dev0/q0 store part=descriptor slot=1 address=bus:0x100010 length=16 target=bus:0x103000 size=1 flags=2 next_slot=0 head=0
--
-- ## Example: violated: the index was seen, the entry was not, and another chain is freed
--     given: one-chain-published
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x100020 length=16 target=bus:0x102000 size=512 flags=0 next_slot=0 head=2
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x100086 length=2 value=2
--     driver dev0/q0 store part=available_index address=bus:0x100082 length=2 value=2
--     driver dev0/q0 load part=used_index address=bus:0x100102 length=2 value=1
--     driver dev0/q0 load part=used_entry slot=0 address=bus:0x100104 length=8 value=2 size=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x100000 length=16 target=bus:0x102000 size=8 flags=0 next_slot=0 head=0
--
-- ## Example: violated: an available entry is changed behind the index
--     given: one-chain-published
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x100084 length=2 value=5
--
-- ## Example: holds: the same content once more, and a free descriptor
--     given: one-chain-published
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x100010 length=16 target=bus:0x101200 size=1 flags=2 next_slot=0 head=0
--     driver dev0/q0 store part=descriptor slot=3 address=bus:0x100030 length=16 target=bus:0x102000 size=8 flags=0 next_slot=0 head=3
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x100086 length=2 value=3
--
-- ## Example: holds: the available ring comes round while the first chain is still out
--     given: one-chain-published
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x100020 length=16 target=bus:0x102000 size=8 flags=0 next_slot=0 head=2
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x100086 length=2 value=2
--     driver dev0/q0 store part=available_index address=bus:0x100082 length=2 value=2
--     driver dev0/q0 load part=used_index address=bus:0x100102 length=2 value=1
--     driver dev0/q0 load part=used_entry slot=0 address=bus:0x100104 length=8 value=2 size=0
--     driver dev0/q0 store part=available_entry slot=2 address=bus:0x100088 length=2 value=2
--     driver dev0/q0 store part=available_entry slot=3 address=bus:0x10008a length=2 value=2
--     driver dev0/q0 store part=available_index address=bus:0x100082 length=2 value=4
--     driver dev0/q0 load part=used_index address=bus:0x100102 length=2 value=3
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x100084 length=2 value=2
--
-- ## Example: holds: a new epoch begins with new rings
--     given: one-chain-published
--     driver dev0 register_write register_name=device_status address=bar:0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status address=bar:0x14 width=1 value=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x100000 length=16 target=bus:0x103000 size=8 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x100084 length=2 value=3
--
-- ## Example: vacuous: nothing was exposed when it was written
--     given: negotiated-registers
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x100000 length=16 target=bus:0x101000 size=8 flags=0 next_slot=0 head=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x100000 length=16 target=bus:0x102000 size=8 flags=0 next_slot=0 head=0
--
-- ## Example: inconclusive: with IN_ORDER one used entry may return several chains
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x9
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=8
--     driver dev0/q0 register_write register_name=queue_enable value=1
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x100000 length=16 target=bus:0x101000 size=8 flags=0 next_slot=1
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x100084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x100082 length=2 value=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x100000 length=16 target=bus:0x102000 size=8 flags=0 next_slot=1
--
-- ## Example: holds: a driver with one request at a time looks at the used index only
--     given: one-chain-published
--     driver dev0/q0 load part=used_index address=bus:0x100102 length=2 value=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x100000 length=16 target=bus:0x102000 size=512 flags=0 next_slot=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x100086 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x100082 length=2 value=2
--     driver dev0/q0 load part=used_index address=bus:0x100102 length=2 value=1
--     driver dev0/q0 load part=used_index address=bus:0x100102 length=2 value=2
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x100000 length=16 target=bus:0x103000 size=512 flags=0 next_slot=0
--
-- ## Example: violated: likewise, before the used index covers the chain
--     given: one-chain-published
--     driver dev0/q0 load part=used_index address=bus:0x100102 length=2 value=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x100000 length=16 target=bus:0x102000 size=512 flags=0 next_slot=0
--
-- ## Example: inconclusive: likewise with several at a time: which one came back is not said
--     given: one-chain-published
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x100020 length=16 target=bus:0x102000 size=8 flags=0 next_slot=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x100086 length=2 value=2
--     driver dev0/q0 store part=available_index address=bus:0x100082 length=2 value=2
--     driver dev0/q0 load part=used_index address=bus:0x100102 length=2 value=1
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x100020 length=16 target=bus:0x103000 size=8 flags=0 next_slot=0
--
-- ## Example: inconclusive: the used entry was loaded, and what it holds is not in the record
--     given: one-chain-published
--     driver dev0/q0 load part=used_index address=bus:0x100102 length=2 value=1
--     driver dev0/q0 load part=used_entry slot=0 address=bus:0x100104 length=8
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x100000 length=16 target=bus:0x102000 size=512 flags=0 next_slot=0
--
-- ## Example: holds: before DRIVER_OK no queue is live
--     driver dev0 register_write register_name=device_status value=0
--     device dev0 status_presented value=0
--     driver dev0 register_read register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=3
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0x10000000
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x1
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=4
--     driver dev0/q0 register_write register_name=queue_desc value=0x10000
--     driver dev0/q0 register_write register_name=queue_driver value=0x10100
--     driver dev0/q0 register_write register_name=queue_device value=0x10200
--     driver dev0/q0 register_write register_name=queue_enable value=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x21000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=1
--     driver dev0 register_write register_name=device_status value=15
--
-- ## Example: inconclusive: the recording began with the queue in use
--     recorder dev0 snapshot register_name=driver_feature value=0x10000000 feature_word=0 note=register_write
--     recorder dev0 snapshot register_name=driver_feature value=1 feature_word=1 note=register_write
--     recorder dev0 snapshot register_name=device_status value=15 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_size value=4 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_desc value=0x10000 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_driver value=0x10100 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_device value=0x10200 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_enable value=1 note=register_write
--     recorder dev0/q0 snapshot part=available_index address=bus:0x10102 length=2 value=100 note=store
--     recorder dev0/q0 snapshot part=used_index address=bus:0x10202 length=2 value=98 note=dma_write
--     driver dev0/q0 store part=descriptor slot=3 address=bus:0x10030 length=16 target=bus:0x20000 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=3
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=101
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=1
--
-- ## Example: holds: likewise, once the used index was seen
--     recorder dev0 snapshot register_name=driver_feature value=0x10000000 feature_word=0 note=register_write
--     recorder dev0 snapshot register_name=driver_feature value=1 feature_word=1 note=register_write
--     recorder dev0 snapshot register_name=device_status value=15 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_size value=4 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_desc value=0x10000 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_driver value=0x10100 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_device value=0x10200 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_enable value=1 note=register_write
--     recorder dev0/q0 snapshot part=available_index address=bus:0x10102 length=2 value=100 note=store
--     recorder dev0/q0 snapshot part=used_index address=bus:0x10202 length=2 value=98 note=dma_write
--     driver dev0/q0 load part=used_index address=bus:0x10202 length=2 value=100
--     driver dev0/q0 store part=descriptor slot=3 address=bus:0x10030 length=16 target=bus:0x20000 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=3
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=101
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x20000 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=2
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=102
--     driver dev0/q0 load part=used_index address=bus:0x10202 length=2 value=102
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=2
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=3
--
-- ## Example: violated: a single field is changed
--     given: one-chain-published
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x100008 length=4 size=511
--
-- ## Example: inconclusive: a field is stored whose content before is not known
--     given: one-chain-published
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x100020 length=12 target=bus:0x102000 size=8
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x100086 length=2 value=2
--     driver dev0/q0 store part=available_index address=bus:0x100082 length=2 value=2
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10002c length=2 flags=0
--
-- ## Example: inconclusive: what is stored over an exposed entry is not recorded
--     given: one-chain-published
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x100084 length=2
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x100010 length=16 head=0
--
-- ## Example: inconclusive: a recording that begins with a queue in use knows not what stood there
--     recorder dev0 snapshot register_name=driver_feature value=0 feature_word=0 note=register_write
--     recorder dev0 snapshot register_name=driver_feature value=1 feature_word=1 note=register_write
--     recorder dev0 snapshot register_name=device_status value=15 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_size value=8 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_desc value=0x100000 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_driver value=0x100080 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_device value=0x100100 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_enable value=1 note=register_write
--     recorder dev0/q0 snapshot part=available_index address=bus:0x100082 length=2 value=104 note=store
--     recorder dev0/q0 snapshot part=used_index address=bus:0x100102 length=2 value=104 note=dma_write
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x100000 length=16 target=bus:0x101000 size=8 flags=0 next_slot=1
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x100084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x100082 length=2 value=105
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x100010 length=16 target=bus:0x102000 size=8 flags=0 next_slot=2
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x100086 length=2 value=1
--     driver dev0/q0 store part=available_index address=bus:0x100082 length=2 value=106
--
-- ## Example: holds: the fields of the next chain are stored apart
--     given: one-chain-published
--     driver dev0/q0 load part=used_index address=bus:0x100102 length=2 value=1
--     driver dev0/q0 load part=used_entry slot=0 address=bus:0x100104 length=8 value=0 size=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x100000 length=8 target=bus:0x102000
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x100008 length=4 size=512
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000c length=4 flags=0 next_slot=0
--
-- ## Example: violated: the length alone is changed, by a store of its own
--     given: one-chain-published
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x100018 length=4 size=64
--
-- ## Example: holds: each device and queue has its own table
--     given: one-chain-published
--     driver dev0/q1 store part=descriptor slot=0 address=bus:0x108000 length=16 target=bus:0x103000 size=1 flags=0 next_slot=0
--     driver dev1/q0 store part=descriptor slot=0 address=bus:0x110000 length=16 target=bus:0x103000 size=1 flags=0 next_slot=0
--     driver dev1/q0 store part=available_entry slot=0 address=bus:0x110084 length=2 value=5
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x100086 length=2 value=0
--
-- ## Example: holds: the queue was reset by itself
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=driver_feature feature_word=0 value=0
--     driver dev0 register_write register_name=driver_feature feature_word=1 value=0x101
--     driver dev0 register_write register_name=device_status value=11
--     driver dev0 register_read register_name=device_status value=11
--     driver dev0/q0 register_write register_name=queue_size value=8
--     driver dev0/q0 register_write register_name=queue_enable value=1
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x100000 length=16 target=bus:0x101000 size=8 flags=0 next_slot=1
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x100084 length=2 value=0
--     driver dev0/q0 store part=available_index address=bus:0x100082 length=2 value=1
--     driver dev0/q0 register_write register_name=queue_reset value=1
--     driver dev0/q0 register_read register_name=queue_reset value=0
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x100000 length=16 target=bus:0x102000 size=8 flags=0 next_slot=1
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x100084 length=2 value=3
with rewritten_descriptor as (
    select
        d.sequence, c.publication, c.position, d.device, d.queue, d.slot,
        -- A field that neither store touched is as it was; one that only the later one touched may be.
        if(c.stored is null, null,
            coalesce(d.address <> c.address, if(d.address is null, false, null))
            or coalesce(d.size <> c.size, if(d.size is null, false, null))
            or coalesce(d.flags <> c.flags, if(d.flags is null, false, null))
            or coalesce(d.next_slot <> c.next_slot, if(d.next_slot is null, false, null))) as is_altered
    from descriptor_content as d
    asof join chain_descriptor as c
        on c.device = d.device and c.queue = d.queue and c.slot = d.slot and d.sequence > c.publication
    where d.part = 'descriptor'
),
entry_store as (
    select device, queue, slot, sequence, value,
        lag(value) over (partition by device, queue, slot order by sequence) as value_before
    from event
    where event = 'store' and part = 'available_entry'
),
rewritten_entry as (
    select
        e.sequence, p.sequence as publication, e.device, e.queue, e.slot,
        e.value <> e.value_before as is_altered,
        -- How many entries were published behind the one that stands here, and how many are out altogether.
        ring_distance(ring_distance(p.new_index, 1), e.slot) % p.size as newer,
        ring_distance(p.new_index, case when u.queue_since = p.queue_since then u.new_index when not q.begun_before then 0 end)
            as exposed,
        p.queue_until
    from entry_store as e
    asof join (select device, queue, sequence, new_index, size, queue_since, queue_until
               from ring_progress where step = 'publish' and queue_since is not null) as p
        on p.device = e.device and p.queue = e.queue and e.sequence > p.sequence
    asof left join (select device, queue, sequence, new_index, queue_since
                    from ring_progress where step = 'observe_used') as u
        on u.device = e.device and u.queue = e.queue and e.sequence > u.sequence
    join queue_scope as q
        on q.side = 'driver' and q.device = p.device and q.queue = p.queue and q.since = p.queue_since
),
rewritten as (
    select
        r.sequence, r.publication as since, r.device, r.queue,
        case when not r.is_altered or r.sequence >= o.until then false
             when o.is_known and r.is_altered then true
        end as is_violated,
        'descriptor' as what, r.slot
    from rewritten_descriptor as r
    join driver_ownership as o
        on o.device = r.device and o.queue = r.queue and o.since = r.publication and o.position = r.position
    union all
    select
        sequence, publication, device, queue,
        is_altered and newer < exposed and sequence < coalesce(queue_until, sequence + 1),
        'available entry', slot
    from rewritten_entry
)
select
    r.sequence, r.since, r.device, r.queue,
    -- A queue is live from DRIVER_OK on; before, what was published may still be changed.
    r.is_violated and if(n.driver_ok is null and not n.state_known, null, coalesce(r.sequence > n.driver_ok, false)) as violated,
    r.what, r.slot
from rewritten as r
asof left join driver_negotiation as n on n.device = r.device and r.sequence >= n.since
