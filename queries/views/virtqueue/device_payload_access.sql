-- view: device_payload_access
-- materialize: yes
-- uses: device_range, range_end
-- sequence: place in the run
-- device: number in the run
-- queue: the queue that the device says it works for
-- source: observer
-- thread: execution context
-- head: head of the chain that it says it works on
-- is_write: dma_write, else dma_read
-- space: the address space
-- address: first byte
-- length: bytes, null if unknown
-- buffer_since: names a buffer of device_range, by its since: one of the right kind (writable for a write, readable for a
--     read) that the device owns and in which the access lies; null if it is not found so easily
-- is_known: whether that buffer's return would be seen
--
-- ## How
-- Nearly every access begins where its buffer begins, and most others behind the last begin of any buffer before them: one
-- as-of join each, the second only for what the first left. What then remains is in device_stray_access.
with access as (
    select
        sequence, device, queue, source, thread, head, event = 'dma_write' as is_write, if(event = 'dma_write', 'writable', 'readable') as kind,
        coalesce(address_space, 'bus') as space, address, length
    from event
    where event in ('dma_read', 'dma_write') and (part is null or part in ('payload', 'unknown'))
      and address is not null and device is not null
),
direct as materialized (
    select a.*,
        if(coalesce(r.until, 18446744073709551615) > a.sequence and a.length <= r.length, r.since, null) as buffer_since,
        r.is_known
    from access as a
    asof left join device_range as r
        on r.device = a.device and r.space = a.space and r.kind = a.kind and r.address = a.address
        and a.sequence >= r.since
),
missed as materialized (
    from direct where buffer_since is null
),
known as materialized (
    from device_range as r semi join missed as m on m.device = r.device and m.space = r.space and m.kind = r.kind
),
behind as (
    select m.*, b.address as begin_address
    from missed as m
    asof left join (select distinct device, space, kind, address from known) as b
        on b.device = m.device and b.space = m.space and b.kind = m.kind and m.address >= b.address
)
select sequence, device, queue, source, thread, head, is_write, space, address, length, buffer_since, is_known
from direct
where buffer_since is not null
union all
select
    a.sequence, a.device, a.queue, a.source, a.thread, a.head, a.is_write, a.space, a.address, a.length,
    if(coalesce(r.until, 18446744073709551615) > a.sequence
        and range_end(a.address, a.length) <= range_end(r.address, r.length), r.since, null),
    r.is_known
from behind as a
asof left join known as r
    on r.device = a.device and r.space = a.space and r.kind = a.kind and r.address = a.begin_address
    and a.sequence >= r.since
