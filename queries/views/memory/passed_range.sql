-- view: passed_range
-- materialize: yes
-- uses: confined_access, driver_buffer, chain_descriptor, unknown_progress, device_fetch, queue_config, device_epoch,
--    driver_epoch, range_end
-- device: number in the run; only devices that left what they are confined to, or that an IOMMU watches
-- epoch: the device's epoch in which it counts
-- address: first byte of ranges that the driver passed to the device and that touch one another; null in the one row of an
--   epoch in which something was passed of which nothing says where it lies
-- passed_end: end of them, 128 bits
-- is_buffer: one of them is known from a descriptor, not from a queue area
--
-- ## Why
-- Says whether an access of the device is explained by what it was given in that epoch: descriptors as the driver published
-- or as the device fetched them, indirect tables, queue areas. A device may take buffers that touch one another in one go:
-- they are merged here, which also makes containment one as-of join.
with passed as (
    select device, publication as sequence, if(is_bus, address, null) as address, size::ubigint as length,
        'published' as known_from
    from driver_buffer
    union all
    select device, publication, if(is_bus, address, null), size, 'published' from chain_descriptor where link = 'indirect'
    union all
    select device, publication, null, null, 'published' from chain_descriptor where link = 'too_long'
    union all
    select device, sequence, null, null, 'published' from unknown_progress where step = 'publish'
    union all
    -- A descriptor to which nothing led the device was not passed.
    select device, sequence, if(target_space = 'bus', target, null), size, 'fetched'
    from device_fetch
    where is_led is not false and target is not null
    union all
    select q.device, q.since, a.address, a.length, 'queue'
    from queue_config as q
    cross join lateral (
        values (q.desc_address, q.desc_length), (q.driver_address, q.driver_length), (q.device_address, q.device_length)
    ) as a(address, length)
),
wanted as (
    select p.*
    from passed as p
    semi join (
        select device from confined_access where is_inside is not true
        union all
        select device from event where event in ('iommu_accessed', 'iommu_faulted')
    ) as a on a.device = p.device
),
placed as (
    -- A driver that does not wait for the end of its reset passes ranges of the epoch that is to come.
    select p.device, unnest(if(r.since > d.since, [d.epoch, d.epoch + 1], [d.epoch])) as epoch,
        p.address, range_end(p.address, p.length) as passed_end, p.known_from
    from wanted as p
    asof join device_epoch as d on d.device = p.device and p.sequence >= d.since
    asof join driver_epoch as r on r.device = p.device and p.sequence >= r.since
),
begun as (
    select device, epoch, address, passed_end, known_from,
        address > max(passed_end) over (
            partition by device, epoch order by address, passed_end rows between unbounded preceding and 1 preceding)
            is not false as begins
    from placed
    where passed_end is not null
),
numbered as (
    select device, epoch, address, passed_end, known_from,
        count(if(begins, 1, null)) over (
            partition by device, epoch order by address, passed_end rows unbounded preceding) as stretch
    from begun
)
select
    device, epoch, min(address) as address, max(passed_end) as passed_end, bool_or(known_from <> 'queue') as is_buffer
from numbered
group by device, epoch, stretch
union all
-- What the driver's record leaves open, the device's fetches tell, if there are any.
select device, epoch, null, null, null
from placed
group by device, epoch
having bool_or(passed_end is null and known_from = 'published') and not bool_or(known_from = 'fetched')
    or bool_or(passed_end is null and known_from <> 'published')
