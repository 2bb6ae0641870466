-- view: device_stray_access
-- materialize: yes
-- uses: device_payload_access, queue_scope, device_range, device_unseen, granule_of, range_end, range_inside, range_last,
--    ranges_overlap, size_class
-- sequence: place in the run
-- device: number in the run
-- readable: the device-readable buffer that the access touches: the one that the device owns if there is one, else the
--     newest; null if it touches no byte that ever was one. Fields of device_range.
-- owns_readable: whether the device owns that one at this moment
-- writable: likewise for device-writable buffers
-- owns_writable: likewise
-- descriptor_table: likewise
-- owns_descriptor_table: whether that queue is enabled with this table at this moment
-- is_inside: it lies wholly in buffers of the right kind (writable for a write, readable for a read) that the device
--     owns; null where its length is unknown and that decides
-- is_shadowed: a range that still is the device's may lie under it besides: an older one, or one that its record does not
--     show; what was found is not all there is
--
-- ## How
-- The device's accesses to payload that did not simply begin and end in a buffer of theirs, and its writes outside its used
-- ring, less those that touch no byte that ever was in a range.
-- What remains is looked up byte by byte (first, last, begins of the first and the last range behind) and by size class: ranges of
-- 2^k to 2^(k+1) - 1 bytes that hold a byte and are owned at one time begin in one of three neighbouring granules of 2^k
-- bytes. No step joins times by range.
with second_look as materialized (
    select sequence, device, space, address, length, if(is_write, 'writable', 'readable') as kind
    from device_payload_access
    where buffer_since is null
    union all
    select w.sequence, w.device, coalesce(w.address_space, 'bus'), w.address, w.length, 'writable'
    from event as w
    asof left join queue_scope as q
        on q.side = 'device' and q.device = w.device and q.queue = w.queue and w.sequence >= q.since
    where w.event = 'dma_write' and w.part not in ('payload', 'unknown') and w.address is not null
      and range_inside(w.address, w.length, q.device_address, range_end(q.device_address, q.size * 8 + 6)) is not true
),
known as materialized (
    from device_range as r semi join second_look as l on l.device = r.device and l.space = r.space
),
-- The bytes that ever were in a range, as disjoint stretches.
begun as (
    select device, space, address, range_end(address, length) as range_end,
        coalesce(address > max(range_end(address, length)) over earlier, true) as begins
    from known
    window earlier as (partition by device, space order by address rows between unbounded preceding and 1 preceding)
),
numbered as (
    select device, space, range_end,
        max(if(begins, address, null)) over (partition by device, space order by address rows unbounded preceding)
            as address
    from begun
),
stretch as (
    select device, space, address, max(range_end) as range_end from numbered group by device, space, address
),
range_begin as (
    select distinct device, space, address from known
),
touching as (
    select l.*, b.address as last_begin, n.address as next_begin
    from second_look as l
    asof join stretch as s
        on s.device = l.device and s.space = l.space and range_last(l.address, l.length) >= s.address
    asof join range_begin as b
        on b.device = l.device and b.space = l.space and range_last(l.address, l.length) >= b.address
    asof left join range_begin as n
        on n.device = l.device and n.space = l.space and n.address > l.address
    where s.range_end > l.address
),
classed as (
    select r as found, device, space, kind, since, size_class(length) as class,
        granule_of(address, size_class(length), 0) as granule,
        max(coalesce(until, 18446744073709551615)) over (
            partition by device, space, kind, size_class(length), granule_of(address, size_class(length), 0)
            order by since rows between unbounded preceding and 1 preceding) as older_until
    from known as r
),
class as (
    select distinct device, space, kind, class from classed
),
probe_byte as (
    select distinct sequence, device, space, kind, address, length,
        unnest([address::uhugeint, range_last(address, length), greatest(address, last_begin)::uhugeint,
            least(next_begin::uhugeint, range_last(address, length))]) as byte
    from touching
),
probe as (
    select p.* exclude (kind), p.kind as wanted, c.kind, c.class, granule_of(p.byte, c.class, n.step) as granule
    from probe_byte as p
    join class as c on c.device = p.device and c.space = p.space
    cross join (values (0), (1), (2)) as n(step)
),
hit as (
    select
        p.sequence, p.device, p.kind, p.address, p.length, c.found, c.since,
        coalesce(c.found.until, 18446744073709551615) > p.sequence as is_owned,
        ranges_overlap(p.address, greatest(coalesce(p.length, 1), 1), c.found.address, c.found.length) as is_touched,
        c.older_until > p.sequence as is_shadowed,
        is_owned and p.kind = p.wanted as is_right,
        c.found.address <= p.address and range_end(c.found.address, c.found.length) > p.address as has_first,
        range_last(p.address, p.length) >= c.found.address
            and range_last(p.address, p.length) < range_end(c.found.address, c.found.length) as has_last
    from probe as p
    asof join classed as c
        on c.device = p.device and c.space = p.space and c.kind = p.kind and c.class = p.class and c.granule = p.granule
        and p.sequence >= c.since
),
looked_up as (
    select
        sequence,
        any_value(device) as device,
        arg_max(found, (is_owned, since)) filter (is_touched and kind = 'readable') as readable,
        bool_or(is_owned) filter (is_touched and kind = 'readable') as owns_readable,
        arg_max(found, (is_owned, since)) filter (is_touched and kind = 'writable') as writable,
        bool_or(is_owned) filter (is_touched and kind = 'writable') as owns_writable,
        arg_max(found, (is_owned, since)) filter (is_touched and kind = 'descriptor_table') as descriptor_table,
        bool_or(is_owned) filter (is_touched and kind = 'descriptor_table') as owns_descriptor_table,
        if(any_value(length) is null, null,
            max(range_end(found.address, found.length)) filter (is_right and has_first)
                >= min(found.address) filter (is_right and has_last)) is true as is_inside,
        bool_or(is_shadowed) is true as is_shadowed
    from hit
    group by sequence
    having bool_or(is_touched)
),
unseen as (
    select device, since,
        max(coalesce(until, 18446744073709551615)) over (partition by device order by since rows unbounded preceding) as until
    from device_unseen
)
select
    l.sequence, l.device, l.readable, l.owns_readable, l.writable, l.owns_writable, l.descriptor_table,
    l.owns_descriptor_table, l.is_inside, l.is_shadowed or coalesce(u.until > l.sequence, false) as is_shadowed
from looked_up as l
asof left join unseen as u on u.device = l.device and l.sequence >= u.since
