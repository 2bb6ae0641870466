-- view: chain_descriptor
-- materialize: yes
-- uses: descriptor_content, published_entry, has_bits
-- device: number in the run
-- queue: number of the queue
-- publication: the store of the available idx that published the chain
-- position: its place in the available ring, modulo 2^16
-- head: head of the chain
-- hop: 0 for the head, then one more with each NEXT
-- slot: entry of the descriptor table
-- stored: the driver's store that the entry holds at the publication, null if none was seen
-- source: observer of that store
-- thread: execution context of that store
-- address: addr
-- is_bus: whether that is a bus address, which is what regions are compared with
-- size: len
-- flags: NEXT 1, WRITE 2, INDIRECT 4
-- next_slot: next
-- link: last, next, indirect (its table goes on), loop (next leads back), too_long (not followed further), unknown
--
-- ## Why
-- A chain is what its head reached when it was published: descriptors may have been filled long before, and what a free one
-- holds does not matter. Each hop is an as-of join, since the validity of table entries as intervals joins quadratically; a
-- hop that nobody needs has nothing to join and costs nothing. A ladder, for DuckDB refuses as-of joins in recursion.
with descriptor as (
    select device, queue, slot, sequence, source, thread, address, is_bus, size, flags, next_slot
    from descriptor_content
    where part = 'descriptor'
),
hop_0 as materialized (
    select
        p.device, p.queue, p.publication, p.position, p.head, p.head as slot, [p.head] as visited,
        d.sequence as stored, d.source, d.thread, d.address, d.is_bus, d.size, d.flags, d.next_slot
    from published_entry as p
    asof left join descriptor as d
        on d.device = p.device and d.queue = p.queue and d.slot = p.head and p.publication > d.sequence
),
step_1 as materialized (
    select device, queue, publication, position, head, next_slot as slot, list_append(visited, next_slot) as visited
    from hop_0
    where has_bits(flags, 1) and not has_bits(flags, 4) and not list_contains(visited, next_slot)
),
hop_1 as materialized (
    select
        s.device, s.queue, s.publication, s.position, s.head, s.slot, s.visited,
        d.sequence as stored, d.source, d.thread, d.address, d.is_bus, d.size, d.flags, d.next_slot
    from step_1 as s
    asof left join (
        from descriptor as d
        semi join step_1 as wanted on wanted.device = d.device and wanted.queue = d.queue and wanted.slot = d.slot
    ) as d
        on d.device = s.device and d.queue = s.queue and d.slot = s.slot and s.publication > d.sequence
),
step_2 as materialized (
    select device, queue, publication, position, head, next_slot as slot, list_append(visited, next_slot) as visited
    from hop_1
    where has_bits(flags, 1) and not has_bits(flags, 4) and not list_contains(visited, next_slot)
),
hop_2 as materialized (
    select
        s.device, s.queue, s.publication, s.position, s.head, s.slot, s.visited,
        d.sequence as stored, d.source, d.thread, d.address, d.is_bus, d.size, d.flags, d.next_slot
    from step_2 as s
    asof left join (
        from descriptor as d
        semi join step_2 as wanted on wanted.device = d.device and wanted.queue = d.queue and wanted.slot = d.slot
    ) as d
        on d.device = s.device and d.queue = s.queue and d.slot = s.slot and s.publication > d.sequence
),
step_3 as materialized (
    select device, queue, publication, position, head, next_slot as slot, list_append(visited, next_slot) as visited
    from hop_2
    where has_bits(flags, 1) and not has_bits(flags, 4) and not list_contains(visited, next_slot)
),
hop_3 as materialized (
    select
        s.device, s.queue, s.publication, s.position, s.head, s.slot, s.visited,
        d.sequence as stored, d.source, d.thread, d.address, d.is_bus, d.size, d.flags, d.next_slot
    from step_3 as s
    asof left join (
        from descriptor as d
        semi join step_3 as wanted on wanted.device = d.device and wanted.queue = d.queue and wanted.slot = d.slot
    ) as d
        on d.device = s.device and d.queue = s.queue and d.slot = s.slot and s.publication > d.sequence
),
step_4 as materialized (
    select device, queue, publication, position, head, next_slot as slot, list_append(visited, next_slot) as visited
    from hop_3
    where has_bits(flags, 1) and not has_bits(flags, 4) and not list_contains(visited, next_slot)
),
hop_4 as materialized (
    select
        s.device, s.queue, s.publication, s.position, s.head, s.slot, s.visited,
        d.sequence as stored, d.source, d.thread, d.address, d.is_bus, d.size, d.flags, d.next_slot
    from step_4 as s
    asof left join (
        from descriptor as d
        semi join step_4 as wanted on wanted.device = d.device and wanted.queue = d.queue and wanted.slot = d.slot
    ) as d
        on d.device = s.device and d.queue = s.queue and d.slot = s.slot and s.publication > d.sequence
),
step_5 as materialized (
    select device, queue, publication, position, head, next_slot as slot, list_append(visited, next_slot) as visited
    from hop_4
    where has_bits(flags, 1) and not has_bits(flags, 4) and not list_contains(visited, next_slot)
),
hop_5 as materialized (
    select
        s.device, s.queue, s.publication, s.position, s.head, s.slot, s.visited,
        d.sequence as stored, d.source, d.thread, d.address, d.is_bus, d.size, d.flags, d.next_slot
    from step_5 as s
    asof left join (
        from descriptor as d
        semi join step_5 as wanted on wanted.device = d.device and wanted.queue = d.queue and wanted.slot = d.slot
    ) as d
        on d.device = s.device and d.queue = s.queue and d.slot = s.slot and s.publication > d.sequence
),
step_6 as materialized (
    select device, queue, publication, position, head, next_slot as slot, list_append(visited, next_slot) as visited
    from hop_5
    where has_bits(flags, 1) and not has_bits(flags, 4) and not list_contains(visited, next_slot)
),
hop_6 as materialized (
    select
        s.device, s.queue, s.publication, s.position, s.head, s.slot, s.visited,
        d.sequence as stored, d.source, d.thread, d.address, d.is_bus, d.size, d.flags, d.next_slot
    from step_6 as s
    asof left join (
        from descriptor as d
        semi join step_6 as wanted on wanted.device = d.device and wanted.queue = d.queue and wanted.slot = d.slot
    ) as d
        on d.device = s.device and d.queue = s.queue and d.slot = s.slot and s.publication > d.sequence
),
step_7 as materialized (
    select device, queue, publication, position, head, next_slot as slot, list_append(visited, next_slot) as visited
    from hop_6
    where has_bits(flags, 1) and not has_bits(flags, 4) and not list_contains(visited, next_slot)
),
hop_7 as materialized (
    select
        s.device, s.queue, s.publication, s.position, s.head, s.slot, s.visited,
        d.sequence as stored, d.source, d.thread, d.address, d.is_bus, d.size, d.flags, d.next_slot
    from step_7 as s
    asof left join (
        from descriptor as d
        semi join step_7 as wanted on wanted.device = d.device and wanted.queue = d.queue and wanted.slot = d.slot
    ) as d
        on d.device = s.device and d.queue = s.queue and d.slot = s.slot and s.publication > d.sequence
),
step_8 as materialized (
    select device, queue, publication, position, head, next_slot as slot, list_append(visited, next_slot) as visited
    from hop_7
    where has_bits(flags, 1) and not has_bits(flags, 4) and not list_contains(visited, next_slot)
),
hop_8 as materialized (
    select
        s.device, s.queue, s.publication, s.position, s.head, s.slot, s.visited,
        d.sequence as stored, d.source, d.thread, d.address, d.is_bus, d.size, d.flags, d.next_slot
    from step_8 as s
    asof left join (
        from descriptor as d
        semi join step_8 as wanted on wanted.device = d.device and wanted.queue = d.queue and wanted.slot = d.slot
    ) as d
        on d.device = s.device and d.queue = s.queue and d.slot = s.slot and s.publication > d.sequence
),
step_9 as materialized (
    select device, queue, publication, position, head, next_slot as slot, list_append(visited, next_slot) as visited
    from hop_8
    where has_bits(flags, 1) and not has_bits(flags, 4) and not list_contains(visited, next_slot)
),
hop_9 as materialized (
    select
        s.device, s.queue, s.publication, s.position, s.head, s.slot, s.visited,
        d.sequence as stored, d.source, d.thread, d.address, d.is_bus, d.size, d.flags, d.next_slot
    from step_9 as s
    asof left join (
        from descriptor as d
        semi join step_9 as wanted on wanted.device = d.device and wanted.queue = d.queue and wanted.slot = d.slot
    ) as d
        on d.device = s.device and d.queue = s.queue and d.slot = s.slot and s.publication > d.sequence
),
step_10 as materialized (
    select device, queue, publication, position, head, next_slot as slot, list_append(visited, next_slot) as visited
    from hop_9
    where has_bits(flags, 1) and not has_bits(flags, 4) and not list_contains(visited, next_slot)
),
hop_10 as materialized (
    select
        s.device, s.queue, s.publication, s.position, s.head, s.slot, s.visited,
        d.sequence as stored, d.source, d.thread, d.address, d.is_bus, d.size, d.flags, d.next_slot
    from step_10 as s
    asof left join (
        from descriptor as d
        semi join step_10 as wanted on wanted.device = d.device and wanted.queue = d.queue and wanted.slot = d.slot
    ) as d
        on d.device = s.device and d.queue = s.queue and d.slot = s.slot and s.publication > d.sequence
),
step_11 as materialized (
    select device, queue, publication, position, head, next_slot as slot, list_append(visited, next_slot) as visited
    from hop_10
    where has_bits(flags, 1) and not has_bits(flags, 4) and not list_contains(visited, next_slot)
),
hop_11 as materialized (
    select
        s.device, s.queue, s.publication, s.position, s.head, s.slot, s.visited,
        d.sequence as stored, d.source, d.thread, d.address, d.is_bus, d.size, d.flags, d.next_slot
    from step_11 as s
    asof left join (
        from descriptor as d
        semi join step_11 as wanted on wanted.device = d.device and wanted.queue = d.queue and wanted.slot = d.slot
    ) as d
        on d.device = s.device and d.queue = s.queue and d.slot = s.slot and s.publication > d.sequence
),
walked as (
    select
        0 as hop, device, queue, publication, position, head, slot, visited, stored, source, thread, address, is_bus,
        size, flags, next_slot
    from hop_0
    union all
    select
        1 as hop, device, queue, publication, position, head, slot, visited, stored, source, thread, address, is_bus,
        size, flags, next_slot
    from hop_1
    union all
    select
        2 as hop, device, queue, publication, position, head, slot, visited, stored, source, thread, address, is_bus,
        size, flags, next_slot
    from hop_2
    union all
    select
        3 as hop, device, queue, publication, position, head, slot, visited, stored, source, thread, address, is_bus,
        size, flags, next_slot
    from hop_3
    union all
    select
        4 as hop, device, queue, publication, position, head, slot, visited, stored, source, thread, address, is_bus,
        size, flags, next_slot
    from hop_4
    union all
    select
        5 as hop, device, queue, publication, position, head, slot, visited, stored, source, thread, address, is_bus,
        size, flags, next_slot
    from hop_5
    union all
    select
        6 as hop, device, queue, publication, position, head, slot, visited, stored, source, thread, address, is_bus,
        size, flags, next_slot
    from hop_6
    union all
    select
        7 as hop, device, queue, publication, position, head, slot, visited, stored, source, thread, address, is_bus,
        size, flags, next_slot
    from hop_7
    union all
    select
        8 as hop, device, queue, publication, position, head, slot, visited, stored, source, thread, address, is_bus,
        size, flags, next_slot
    from hop_8
    union all
    select
        9 as hop, device, queue, publication, position, head, slot, visited, stored, source, thread, address, is_bus,
        size, flags, next_slot
    from hop_9
    union all
    select
        10 as hop, device, queue, publication, position, head, slot, visited, stored, source, thread, address, is_bus,
        size, flags, next_slot
    from hop_10
    union all
    select
        11 as hop, device, queue, publication, position, head, slot, visited, stored, source, thread, address, is_bus,
        size, flags, next_slot
    from hop_11
)
select
    device, queue, publication, position, head, hop, slot, stored, source, thread, address, is_bus, size, flags,
    next_slot,
    case when flags is null then 'unknown'
         when has_bits(flags, 4) then 'indirect'
         when not has_bits(flags, 1) then 'last'
         when next_slot is null then 'unknown'
         when list_contains(visited, next_slot) then 'loop'
         when hop = 11 then 'too_long'
         else 'next'
    end as link
from walked
