-- view: device_payload_access
-- materialize: yes
-- uses: device_range
-- sequence: place in the run
-- device: number in the run
-- queue: the queue that the device says it works for
-- is_write: dma_write, else dma_read
-- space: the address space
-- address: first byte
-- length: bytes, null if unknown
-- buffer_since: names the buffer in device_range, by its since, where the access begins where a buffer of the right kind
--     (writable for a write, readable for a read) begins that the device owns, and ends inside it; else null
--
-- ## Why
-- Nearly every access is so, and one as-of join shows it. The others are in device_stray_access.
select
    a.sequence, a.device, a.queue, a.is_write, a.space, a.address, a.length,
    if(coalesce(r.until, 18446744073709551615) > a.sequence and a.length <= r.length, r.since, null) as buffer_since
from (
    select
        sequence, device, queue, event = 'dma_write' as is_write, if(event = 'dma_write', 'writable', 'readable') as kind,
        coalesce(address_space, 'bus') as space, address, length
    from event
    where event in ('dma_read', 'dma_write') and (part is null or part in ('payload', 'unknown'))
      and address is not null and device is not null
) as a
asof left join device_range as r
    on r.device = a.device and r.space = a.space and r.kind = a.kind and r.address = a.address and a.sequence >= r.since
