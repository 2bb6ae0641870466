-- view: device_range
-- materialize: no
-- uses: device_fetch, queue_scope, has_bits
-- device: number in the run
-- queue: its queue
-- kind: descriptor_table, or readable or writable: a buffer of a chain that the device fetched
-- space: the address space
-- address: first byte
-- length: bytes, at least 1
-- since: from here on the device knows that it is this
-- until: to here, null while it lasts, or where no chain is known for it
-- is_known: whether its end would be seen
-- ended_by: returned (the used idx covers the chain), disabled (the queue or the device was reset), null
-- position: the chain's place in the available ring, modulo 2^16
-- head: head of the chain
-- chain_since: the read of the available idx that showed the chain
-- slot: entry of the descriptor table, or of the indirect table
-- is_indirect: which of them
select
    device, queue, if(has_bits(flags, 2), 'writable', 'readable') as kind, target_space as space, target as address,
    size as length, sequence as since, until, is_known, ended_by, position, head, chain_since, slot,
    part = 'indirect_descriptor' as is_indirect
from device_fetch
where target is not null and size > 0 and has_bits(flags, 4) is false
  and (until is null or until > sequence)
union all
select
    device, queue, 'descriptor_table', 'bus', desc_address, size * 16, since, until, true,
    if(until is null, null, 'disabled'), null, null, null, null, null
from queue_scope
where side = 'device' and is_packed is false and size > 0 and desc_address is not null
