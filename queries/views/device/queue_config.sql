-- view: queue_config
-- materialize: yes
-- uses: register_access, epoch, negotiation_by_side, join_halves, range_end
-- side: whose observation
-- device: number in the run
-- queue: number of the queue
-- epoch: that side's epoch
-- queue_epoch: how often the queue was enabled up to here, per side, from 1
-- since: sequence of the write that enables the queue (legacy: of its page frame)
-- until: sequence from which it no longer is enabled so: disabled, reset (device: reset done), enabled again, epoch over
-- epoch_since: sequence that begins the epoch
-- features_ok: sequence from which features are in force in this epoch, null if never
-- first_write: first write to a register of this queue in the epoch
-- size: entries: last written, else last read; null if unknown
-- desc_address: descriptor area, null if unknown or half written
-- driver_address: driver area (available ring)
-- device_address: device area (used ring)
-- desc_length: bytes of the whole area, event words included; null if size or layout is unknown
-- driver_length: likewise
-- device_length: likewise
-- msix_vector: queue_msix_vector as last written, null if never
-- is_packed: packed layout, true / false / null = unknown
--
-- ## Why
-- Areas are bus addresses. A vhost-user front end passes its own virtual ones: where those lie on the bus is not known here.
with register as (
    select
        a.side, a.device, a.queue, e.epoch, e.since as epoch_since, e.until as epoch_until, a.sequence, a.access,
        a.register_name,
        if(a.register_name in ('queue_enable', 'queue_reset', 'queue_size', 'queue_msix_vector')
            or coalesce(a.value_space, 'bus') = 'bus', a.value, null) as value
    from register_access as a
    asof join epoch as e on e.side = a.side and e.device = a.device and a.sequence >= e.since
    where a.queue is not null
      and a.register_name in ('queue_size', 'queue_enable', 'queue_reset', 'queue_msix_vector', 'queue_page_frame',
          'queue_desc', 'queue_desc_low', 'queue_desc_high', 'queue_driver', 'queue_driver_low', 'queue_driver_high',
          'queue_device', 'queue_device_low', 'queue_device_high')
),
-- Two halves may be written in either order and rewritten: each counts as it stood when the queue was enabled.
running as (
    select
        side, device, queue, epoch, epoch_since, epoch_until, sequence, access, register_name, value,
        min(if(access = 'write', sequence, null)) over before as first_write,
        last_value(if(access = 'write' and register_name = 'queue_size', value, null) ignore nulls) over before as size_written,
        last_value(if(access = 'read' and register_name = 'queue_size', value, null) ignore nulls) over before as size_read,
        last_value(if(access = 'write' and register_name = 'queue_msix_vector', value, null) ignore nulls)
            over before as msix_vector,
        last_value(if(access = 'write' and register_name in ('queue_desc', 'queue_desc_low'), value, null) ignore nulls)
            over before as desc_low,
        last_value(case when access = 'read' then null
                when register_name = 'queue_desc' then value >> 32::ubigint
                when register_name = 'queue_desc_high' then value end ignore nulls) over before as desc_high,
        last_value(if(access = 'write' and register_name in ('queue_driver', 'queue_driver_low'), value, null) ignore nulls)
            over before as driver_low,
        last_value(case when access = 'read' then null
                when register_name = 'queue_driver' then value >> 32::ubigint
                when register_name = 'queue_driver_high' then value end ignore nulls) over before as driver_high,
        last_value(if(access = 'write' and register_name in ('queue_device', 'queue_device_low'), value, null) ignore nulls)
            over before as device_low,
        last_value(case when access = 'read' then null
                when register_name = 'queue_device' then value >> 32::ubigint
                when register_name = 'queue_device_high' then value end ignore nulls) over before as device_high,
        -- A queue that was enabled again behind its reset reads 0 there too.
        last_value(case when access = 'write' and register_name = 'queue_reset' then value
                when access = 'write' and register_name = 'queue_enable' then 0 end ignore nulls)
            over before as reset_written
    from register
    window before as (partition by side, device, queue, epoch order by sequence)
),
turn as (
    select side, device, queue, epoch, sequence,
        case
            when access = 'write' and register_name in ('queue_enable', 'queue_page_frame') then value <> 0
            when side = 'driver' and access = 'write' and register_name = 'queue_reset' and value = 1 then false
            when side = 'device' and access = 'read' and register_name = 'queue_reset' and value = 0 and reset_written = 1
            then false
        end as enables
    from running
),
interval as (
    select side, device, queue, epoch, sequence, enables,
        lead(sequence) over (partition by side, device, queue, epoch order by sequence) as next_turn
    from turn
    where enables is not null
),
enabled as (
    select
        r.side, r.device, r.queue, r.epoch, r.epoch_since, r.sequence as since,
        coalesce(i.next_turn, r.epoch_until) as until, r.first_write, r.msix_vector, n.features_ok,
        r.register_name = 'queue_page_frame' as is_contiguous,
        if(r.register_name = 'queue_page_frame', false, n.ring_packed) as is_packed,
        coalesce(r.size_written, r.size_read) & 65535::ubigint as size,
        if(is_contiguous, (r.value & 4294967295::ubigint) << 12::ubigint, join_halves(r.desc_low, r.desc_high)) as desc_address,
        join_halves(r.driver_low, r.driver_high) as driver_address,
        join_halves(r.device_low, r.device_high) as device_address
    from running as r
    join interval as i on i.side = r.side and i.device = r.device and i.queue = r.queue and i.sequence = r.sequence
    join negotiation_by_side as n on n.side = r.side and n.device = r.device and n.epoch = r.epoch
    where i.enables
),
laid_out as (
    -- The legacy interface gives one address: the used ring begins at the next page behind the available ring (§2.7.2).
    select
        side, device, queue, epoch, epoch_since, since, until, first_write, msix_vector, features_ok, is_packed, size,
        desc_address,
        if(is_contiguous, range_end(desc_address, size * 16)::ubigint, driver_address) as driver_address,
        if(is_contiguous, range_end(desc_address, ((size * 18 + 6 + 4095) >> 12::ubigint) << 12::ubigint)::ubigint,
            device_address) as device_address
    from enabled
)
select
    side, device, queue, epoch,
    row_number() over (partition by side, device, queue order by since) as queue_epoch,
    since, until, epoch_since, features_ok, first_write, size, desc_address, driver_address, device_address,
    if(is_packed is null, null, size * 16) as desc_length,
    case when is_packed then 4 when not is_packed then size * 2 + 6 end as driver_length,
    case when is_packed then 4 when not is_packed then size * 8 + 6 end as device_length,
    msix_vector, is_packed
from laid_out
