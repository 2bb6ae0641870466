-- view: device_fetch
-- materialize: yes
-- uses: descriptor_read, device_ownership, device_unseen, queue_scope, has_bits
-- sequence: the device's read of the descriptor
-- thread: execution context
-- device: number in the run
-- queue: number of the queue
-- part: descriptor, or indirect_descriptor
-- slot: entry of the descriptor table, or of the indirect table
-- target_space: the space of target
-- target: addr as read, null if unknown
-- size: len as read, null if unknown
-- flags: as read, null if unknown
-- position: its chain's place in the available ring, modulo 2^16; null if no chain is known that leads to it
-- head: head of that chain
-- chain_since: the read of the available idx that showed that chain
-- until: the write of the used idx that gave it back, or the end of the queue's enabling; null while it lasts, and where
--     that is not known
-- ended_by: returned, disabled, null
-- is_known: whether its chain is known, and its return would be seen
-- is_led: something that the device read before leads here; false where nothing did, null where that is not known
--
-- ## How
-- A fetch that the one before it in this thread leads to belongs to the same chain, unless it is the head of a chain found
-- since: a device need not read a chain to its end. One that begins such a run is the head of the newest chain with that
-- head; or else something led there earlier, for a device may work on several chains by turns.
with fetched as (
    select sequence, thread, device, queue, part, slot, table_address, target_space, target, size, flags, next_slot
    from descriptor_read
    where slot is not null
),
owned as (
    select device, queue, position, head, since, is_known,
        if(is_known or ended_by = 'disabled', until, null) as until, if(is_known or ended_by = 'disabled', ended_by, null) as ended_by
    from device_ownership
    where head is not null
),
headed as (
    select f.*, o.since as head_since
    from fetched as f
    asof left join owned as o
        on o.device = f.device and o.queue = f.queue and o.head = if(f.part = 'descriptor', f.slot, null) and f.sequence > o.since
),
linked as (
    select * exclude (head_since),
        not coalesce(head_since > lag(sequence) over before, false) and coalesce(
            case when part = 'descriptor'
                 then lag(part) over before = 'descriptor' and lag(has_bits(flags, 1) and not has_bits(flags, 4)) over before
                     and lag(next_slot) over before = slot
                 else (lag(part) over before = 'descriptor' and lag(has_bits(flags, 4)) over before
                         and lag(target) over before = table_address)
                     or (lag(table_address) over before = table_address and lag(has_bits(flags, 1)) over before
                         and lag(next_slot) over before = slot)
            end, false) as is_linked
    from headed
    window before as (partition by device, queue, thread order by sequence)
),
run as (
    select *,
        max(if(is_linked, null, sequence)) over (
            partition by device, queue, thread order by sequence rows unbounded preceding) as run
    from linked
),
begun as (
    select r.sequence as run, r.device, r.queue, r.part, r.slot, r.table_address, o as chain
    from run as r
    asof left join owned as o
        on o.device = r.device and o.queue = r.queue and o.head = if(r.part = 'descriptor', r.slot, null)
        and r.sequence > o.since
    where not r.is_linked
),
leader as (
    select r.sequence, r.device, r.queue, r.next_slot as slot, null::hugeint as table_address, b.chain
    from run as r
    join begun as b on b.run = r.run
    where r.part = 'descriptor' and has_bits(r.flags, 1) and not has_bits(r.flags, 4)
    union all
    select r.sequence, r.device, r.queue, null, r.target::hugeint, b.chain
    from run as r
    join begun as b on b.run = r.run
    where r.part = 'descriptor' and has_bits(r.flags, 4)
),
stray as materialized (
    select * from begun as b where b.chain.since is null or b.chain.until <= b.run
),
led as (
    select s.run, l.chain
    from stray as s
    asof join (from leader as w semi join stray as s on s.device = w.device and s.queue = w.queue and s.slot = w.slot) as l
        on l.device = s.device and l.queue = s.queue and l.slot = s.slot and s.run > l.sequence
    where s.part = 'descriptor'
    union all
    select s.run, l.chain
    from stray as s
    asof join (
        from leader as w semi join stray as s
            on s.device = w.device and s.queue = w.queue and s.table_address = w.table_address
    ) as l
        on l.device = s.device and l.queue = s.queue and l.table_address = s.table_address and s.run > l.sequence
    where s.part = 'indirect_descriptor'
),
found as (
    select b.run, b.device, b.queue, b.part, b.table_address,
        case when b.chain.since is null then l.chain
             when l.chain.since is not null and b.chain.until <= b.run and coalesce(l.chain.until > b.run, true) then l.chain
             else b.chain
        end as chain,
        l.run is not null as has_leader
    from begun as b
    left join led as l on l.run = b.run
),
-- Where no chain of the device's leads, one that its record does not show may.
hidden as (
    select s.run, q.since is null or u.chains_since < s.run or u.links_since < s.run as may_be_newer,
        u.earlier_since is not null as may_be_older
    from stray as s
    asof left join queue_scope as q
        on q.side = 'device' and q.device = s.device and q.queue = s.queue and s.run >= q.since
    left join device_unseen as u on u.device = s.device and u.queue = s.queue and u.queue_since = q.since
),
resolved as (
    select f.run,
        if(f.chain.until <= f.run and h.may_be_newer, null, f.chain) as chain,
        case when f.chain.since is not null then if(f.chain.until <= f.run and h.may_be_newer, null, true)
             when f.has_leader or h.may_be_newer or h.may_be_older then null
             when f.part = 'indirect_descriptor' and f.table_address is null then null
             else false
        end as is_led
    from found as f
    left join hidden as h on h.run = f.run
)
select
    r.sequence, r.thread, r.device, r.queue, r.part, r.slot, r.target_space, r.target, r.size, r.flags,
    c.chain.position as position, c.chain.head as head, c.chain.since as chain_since,
    c.chain.until as until, c.chain.ended_by as ended_by,
    c.chain.is_known is true as is_known, c.is_led
from run as r
join resolved as c on c.run = r.run
