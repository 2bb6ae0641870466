-- view: queue_config
-- materialize: yes
-- uses: queue_register, negotiation_by_side, range_end
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
-- missing_area: the first area of which an address, or half of it, was never written: descriptor, driver, device; else null
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
-- Areas are bus addresses: null where what was written is one of another space.
with turn as (
    select *,
        case
            when access = 'write' and register_name in ('queue_enable', 'queue_page_frame') then value <> 0
            when side = 'driver' and access = 'write' and register_name = 'queue_reset' and value = 1 then false
            when side = 'device' and access = 'read' and register_name = 'queue_reset' and value = 0 and reset_written = 1
            then false
        end as enables
    from queue_register
),
interval as (
    select *, lead(sequence) over (partition by side, device, queue, epoch order by sequence) as next_turn
    from turn
    where enables is not null
),
enabled as (
    select
        r.side, r.device, r.queue, r.epoch, r.epoch_since, r.sequence as since,
        coalesce(r.next_turn, r.epoch_until) as until, r.first_write, r.msix_vector, n.features_ok,
        r.register_name = 'queue_page_frame' as is_contiguous,
        if(is_contiguous, false, n.ring_packed) as is_packed,
        r.size, if(is_contiguous, null, r.missing_area) as missing_area, r.driver_address, r.device_address,
        if(is_contiguous, (r.value & 4294967295::ubigint) << 12::ubigint, r.desc_address) as desc_address
    from interval as r
    join negotiation_by_side as n on n.side = r.side and n.device = r.device and n.epoch = r.epoch
    where r.enables
),
laid_out as (
    -- The legacy interface gives one address: the used ring begins at the next page behind the available ring (§2.7.2).
    select
        side, device, queue, epoch, epoch_since, since, until, first_write, msix_vector, features_ok, is_packed, size,
        missing_area, desc_address,
        if(is_contiguous, range_end(desc_address, size * 16)::ubigint, driver_address) as driver_address,
        if(is_contiguous, range_end(desc_address, ((size * 18 + 6 + 4095) >> 12::ubigint) << 12::ubigint)::ubigint,
            device_address) as device_address
    from enabled
)
select
    side, device, queue, epoch,
    row_number() over (partition by side, device, queue order by since) as queue_epoch,
    since, until, epoch_since, features_ok, first_write, size, missing_area, desc_address, driver_address, device_address,
    if(is_packed is null, null, size * 16) as desc_length,
    case when is_packed then 4 when not is_packed then size * 2 + 6 end as driver_length,
    case when is_packed then 4 when not is_packed then size * 8 + 6 end as device_length,
    msix_vector, is_packed
from laid_out
