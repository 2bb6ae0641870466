-- view: slot_before
-- materialize: yes
-- uses: mapping, ranges_overlap, range_last, granule_of
-- device: number in the run
-- queue: number of the queue
-- sequence: the driver's map of a bounce slot
-- address: its first bus address
-- length: bytes
-- unmapped: its unmap, null while it lasts
-- published: first publication of a buffer that begins there, while it was mapped; null if none
-- head: head of that chain
-- is_writable: whether the device may write the buffer; null if unknown
-- is_bounce: it lies in the bounce buffer; null if that is not known
-- other_mapped: map of an earlier slot that shares bytes with it and was published; of several, the one that stays the device's
--   longest; null if there is none
-- other_unmapped: its unmap
-- other_published: its first publication
-- other_until: until when the device owned it
-- other_head: head of its chain
-- other_writable: whether the device may write it
-- other_known: whether used entries name every chain, so that other_until can be trusted
--
-- ## Why
-- Slots are looked for by the granules of 2 KiB that they touch: allocators of bounce memory give out such granules, and slots
-- that begin apart overlap only where one was given out twice. The as-of join finds the last earlier slot in each; what lies
-- hidden behind another one in the same granule is found only by its first address.
with slot as (
    select device, queue, address, length, head, sequence, published, unmapped, owned_until, is_known, is_writable, is_bounce
    from mapping
    where is_bounce is not false
),
granule as (
    select device, sequence, published, coalesce(owned_until, 18446744073709551615) as until, address, coalesce(length, 1) as length,
        granule_of(address, 11, 0)::ubigint as first_granule,
        least(granule_of(range_last(address, length), 11, 0), granule_of(address, 11, 0) + 128)::ubigint as last_granule
    from slot
),
keyed as (
    select device, sequence, published, until, address, length, first_granule as key from granule
    union all
    select device, sequence, published, until, address, length, unnest(range(first_granule::bigint + 1, last_granule::bigint + 1))::ubigint
    from granule
    where last_granule > first_granule
    union all
    select device, sequence, published, until, address, length, ~address::ubigint
    from granule
    where address & 2047 <> 0
),
given_out as (
    select device, sequence, until, address, length, key from keyed where published is not null
),
chosen as (
    select s.device, s.sequence, arg_max(o.sequence, o.until) as other_mapped
    from keyed as s
    asof join given_out as o on o.device = s.device and o.key = s.key and s.sequence > o.sequence
    where ranges_overlap(s.address, s.length, o.address, o.length)
    group by s.device, s.sequence
)
select
    s.device, s.queue, s.sequence, s.address, s.length, s.unmapped, s.published, s.head, s.is_writable, s.is_bounce,
    c.other_mapped, o.unmapped as other_unmapped, o.published as other_published, o.owned_until as other_until,
    o.head as other_head, o.is_writable as other_writable, o.is_known as other_known
from slot as s
left join chosen as c on c.device = s.device and c.sequence = s.sequence
left join slot as o on o.device = c.device and o.sequence = c.other_mapped
