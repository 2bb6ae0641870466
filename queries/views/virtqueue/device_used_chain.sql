-- view: device_used_chain
-- materialize: no
-- uses: device_fetch, device_range, device_payload_access, device_stray_access, device_used_entry, byte_distance,
--    has_bits, range_end
-- sequence: the write of the used idx that gives the chain back
-- since: the read of the available idx that showed it
-- device: number in the run
-- queue: number of the queue
-- slot: entry of the used ring
-- head: head of the chain
-- length: len of the used entry
-- writable_bytes: what the chain's writable buffers hold together; null where not all its descriptors are known
-- written_bytes: how many bytes from the first writable one on the device wrote, without a hole; null where its record
--     shows no payload write at all, or where another chain's buffers share the memory
-- written_at_least: as far as it is known
--
-- ## How
-- Each write counts at its place in the chain's writable bytes: the bytes of the writable buffers before it, and its
-- distance from its buffer's first byte. Buffers that follow one another in the chain and in memory are one stretch, which
-- one write may fill.
with chain as (
    select
        device, queue, chain_since, position,
        bool_and(size is not null and flags is not null and target is not null)
            and arg_max(not has_bits(flags, 1) and not has_bits(flags, 4), sequence) as is_whole
    from device_fetch
    where chain_since is not null
    group by all
),
buffer as (
    select *,
        row_number() over element > 1 as is_fetched_again,
        coalesce(lead(since) over memory < coalesce(until, 18446744073709551615), false)
            or coalesce(max(coalesce(until, 18446744073709551615)) over older > since, false) as is_shared
    from device_range
    where kind = 'writable' and chain_since is not null
    window element as (partition by device, queue, chain_since, position, is_indirect, slot order by since),
        memory as (partition by device, space, address order by since),
        older as (partition by device, space, address order by since rows between unbounded preceding and 1 preceding)
),
summed as (
    select *,
        coalesce(sum(if(is_fetched_again, 0, length)) over (
            partition by device, queue, chain_since, position order by since
            rows between unbounded preceding and 1 preceding), 0)::hugeint as bytes_before
    from buffer
),
continued as (
    select * exclude (bytes_before),
        first(bytes_before) over (
            partition by device, queue, chain_since, position, is_indirect, slot order by since) as bytes_before,
        coalesce(
            is_fetched_again or lag(is_fetched_again) over chain or address <> lag(range_end(address, length)) over chain, true)
            as begins
    from summed
    window chain as (partition by device, queue, chain_since, position order by since)
),
stretched as (
    select *,
        count(if(begins, 1, null)) over (
            partition by device, queue, chain_since, position order by since rows unbounded preceding) as stretch
    from continued
),
placed as (
    select *,
        min(address) over whole as stretch_begin,
        max(range_end(address, length)) over whole as stretch_end
    from stretched
    window whole as (partition by device, queue, chain_since, position, stretch)
),
holding as (
    select device, queue, chain_since, position,
        sum(if(is_fetched_again, 0, length)) as writable_bytes, bool_or(is_shared) as is_shared
    from placed
    group by all
),
write as (
    select sequence, device, address, length, buffer_since
    from device_payload_access
    where is_write and buffer_since is not null
    union all
    select p.sequence, p.device, p.address, p.length, s.writable.since
    from device_stray_access as s
    join device_payload_access as p on p.sequence = s.sequence
    where p.is_write and s.owns_writable and coalesce(p.length, 1) > 0
),
piece as (
    select b.device, b.queue, b.chain_since, b.position, w.sequence,
        w.length is null or w.address < b.stretch_begin or range_end(w.address, w.length) > b.stretch_end as is_spread,
        b.bytes_before::hugeint + byte_distance(greatest(w.address, b.stretch_begin), b.address) as begin_at,
        b.bytes_before::hugeint + byte_distance(
            least(range_end(w.address, coalesce(w.length, 0)), b.stretch_end), b.address) as end_at
    from write as w
    join placed as b on b.device = w.device and b.since = w.buffer_since
),
reached as (
    select *,
        coalesce(max(end_at) over (
            partition by device, queue, chain_since, position order by begin_at, sequence
            rows between unbounded preceding and 1 preceding), 0) as end_before
    from piece
),
written as (
    select device, queue, chain_since, position,
        coalesce(min(end_before) filter (begin_at > end_before), max(end_at)) as written_bytes,
        bool_or(is_spread) as is_spread
    from reached
    group by all
),
seen as (
    select distinct device from device_payload_access where is_write
)
select
    e.sequence, e.chain_since as since, e.device, e.queue, e.slot, e.head, e.length,
    if(c.is_whole, coalesce(h.writable_bytes, 0), null) as writable_bytes,
    if(s.device is null or h.is_shared or w.is_spread, null, coalesce(w.written_bytes, 0)) as written_bytes,
    coalesce(w.written_bytes, 0) as written_at_least
from device_used_entry as e
left join chain as c
    on c.device = e.device and c.queue = e.queue and c.chain_since = e.chain_since and c.position = e.chain_position
left join holding as h
    on h.device = e.device and h.queue = e.queue and h.chain_since = e.chain_since and h.position = e.chain_position
left join written as w
    on w.device = e.device and w.queue = e.queue and w.chain_since = e.chain_since and w.position = e.chain_position
left join seen as s on s.device = e.device
where e.return_number = 1
