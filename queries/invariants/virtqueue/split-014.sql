-- id: SPLIT-014
-- title: The available index counts the chains that were added
-- level: lint
-- side: driver
-- spec: Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Available Ring; Supplying Buffers to The
--     Device (text)
-- row: SPLIT-014
-- profiles: all
-- precision: exact
-- basis: inferred
-- needs: driver.store
-- judges: index stores
-- uses: ring_progress, ring_distance
-- message: the available index goes from {old_index} to {new_index}: {problem}
--
-- ## Why
-- The index starts at 0 and rises by the number of heads added; never more chains are outstanding than the queue has
-- entries. A device that meets a greater step takes the ring for corrupt and stops (QEMU: "Guest moved used index").
-- How many are outstanding is what the driver itself could know: its new index less the used index that it last read.
--
-- ## Likely causes
-- An index that survived a reset (the device starts again at 0); a byte-swapped or torn index; free entries counted by
-- heads where the ring is full of long chains; completions counted twice.
--
-- ## What to look at
-- The first index store after the queue was enabled; the driver's last load of the used index before this one.
--
-- ## Example: holds
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: violated: a jump by more than the queue size
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=7
--
-- ## Example: violated: a queue that goes on with index 6 after a reset
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--     driver dev0 register_write register_name=device_status value=0
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
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=6
--
-- ## Example: violated: a fifth chain while four are outstanding
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=descriptor slot=3 address=bus:0x10030 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=1
--     driver dev0/q0 store part=available_entry slot=2 address=bus:0x10108 length=2 value=2
--     driver dev0/q0 store part=available_entry slot=3 address=bus:0x1010a length=2 value=3
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=4
--     driver dev0/q0 load part=used_index address=bus:0x10202 length=2 value=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=5
--
-- ## Example: holds: a fifth chain after one came back
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=descriptor slot=3 address=bus:0x10030 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=1
--     driver dev0/q0 store part=available_entry slot=2 address=bus:0x10108 length=2 value=2
--     driver dev0/q0 store part=available_entry slot=3 address=bus:0x1010a length=2 value=3
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=4
--     driver dev0/q0 load part=used_index address=bus:0x10202 length=2 value=1
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=5
--
-- ## Example: holds: several chains published at once
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=descriptor slot=3 address=bus:0x10030 length=16 target=bus:0x20000 size=16 flags=0x0 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=1
--     driver dev0/q0 store part=available_entry slot=2 address=bus:0x10108 length=2 value=2
--     driver dev0/q0 store part=available_entry slot=3 address=bus:0x1010a length=2 value=3
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=4
--
-- ## Example: inconclusive: the recording began with a snapshot of a queue in use
--     recorder dev0 snapshot register_name=driver_feature value=0x10000000 feature_word=0 note=register_write
--     recorder dev0 snapshot register_name=driver_feature value=1 feature_word=1 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_size value=4 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_desc value=0x10000 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_driver value=0x10100 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_device value=0x10200 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_enable value=1 note=register_write
--     recorder dev0/q0 snapshot part=available_index address=bus:0x10102 length=2 value=100 note=store
--     recorder dev0/q0 snapshot part=used_index address=bus:0x10202 length=2 value=100 note=dma_write
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=101
--
-- ## Example: inconclusive: the recording began in the middle: nothing shows how many are outstanding
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=101
--
-- ## Example: holds: the index wraps while chains are out
--     recorder dev0 snapshot register_name=driver_feature value=0x10000000 feature_word=0 note=register_write
--     recorder dev0 snapshot register_name=driver_feature value=1 feature_word=1 note=register_write
--     recorder dev0 snapshot register_name=device_status value=15 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_size value=4 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_desc value=0x10000 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_driver value=0x10100 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_device value=0x10200 note=register_write
--     recorder dev0/q0 snapshot register_name=queue_enable value=1 note=register_write
--     recorder dev0/q0 snapshot part=available_index address=bus:0x10102 length=2 value=65534 note=store
--     recorder dev0/q0 snapshot part=used_index address=bus:0x10202 length=2 value=65534 note=dma_write
--     driver dev0/q0 load part=used_index address=bus:0x10202 length=2 value=65534
--     driver dev0/q0 store part=available_entry slot=2 address=bus:0x10108 length=2 value=0
--     driver dev0/q0 store part=available_entry slot=3 address=bus:0x1010a length=2 value=1
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=2
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=1
--
-- ## Example: violated: a jump by 65535 reads as a step back, and one by 32768 as what it is
--     given: split-queue
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x1 next_slot=1
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x21000 size=512 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=65535
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=32767
--
-- ## Example: holds: the ring is filled before the queue is enabled
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
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=descriptor slot=1 address=bus:0x10010 length=16 target=bus:0x20010 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=descriptor slot=2 address=bus:0x10020 length=16 target=bus:0x20020 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=descriptor slot=3 address=bus:0x10030 length=16 target=bus:0x20030 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 store part=available_entry slot=1 address=bus:0x10106 length=2 value=1
--     driver dev0/q0 store part=available_entry slot=2 address=bus:0x10108 length=2 value=2
--     driver dev0/q0 store part=available_entry slot=3 address=bus:0x1010a length=2 value=3
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=4
--     driver dev0/q0 register_write register_name=queue_enable value=1
--     driver dev0 register_write register_name=device_status value=15
--     driver dev0/q0 load part=used_index address=bus:0x10202 length=2 value=1
--     driver dev0/q0 load part=used_entry slot=0 address=bus:0x10204 length=8 value=0 size=16
--     driver dev0/q0 store part=descriptor slot=0 address=bus:0x10000 length=16 target=bus:0x20000 size=16 flags=0x2 next_slot=0
--     driver dev0/q0 store part=available_entry slot=0 address=bus:0x10104 length=2 value=0
--     driver dev0/q0 barrier ordering=store/smp
--     driver dev0/q0 store part=available_index address=bus:0x10102 length=2 value=5
with progress as (
    select *, coalesce(queue_since, 0) as enabling from ring_progress
),
published as (
    select *,
        lag(sequence) over before as previous,
        first(old_index) over before as first_old_index
    from progress
    where step = 'publish' and (queue_since is not null or queue_until is null)
    window before as (partition by device, queue, enabling order by sequence)
),
loads as (
    select count(*) > 0 as are_seen from source_sees where actor = 'driver' and event = 'load'
),
-- What the driver may take for free again is what it has seen used. A step back is SPLIT-013's.
observed as (
    select
        p.*,
        ring_distance(p.new_index, coalesce(u.new_index, if(l.are_seen and p.first_old_index = 0, 0, null)))
            as outstanding,
        coalesce(u.sequence, p.previous, p.queue_since, p.sequence) as observed
    from published as p
    cross join loads as l
    asof left join (select * from progress where step = 'observe_used') as u
        on u.device = p.device and u.queue = p.queue and u.enabling = p.enabling and p.sequence > u.sequence
)
select
    sequence,
    least(observed, coalesce(previous, observed)) as since,
    device,
    queue,
    (advance > size and advance <= 32768) or (outstanding > size and outstanding <= 32768) as violated,
    old_index,
    new_index,
    case when advance > size then advance || ' at once, and the queue has ' || size || ' entries'
         else outstanding || ' are outstanding then, and the queue has ' || size || ' entries'
    end as problem
from observed
