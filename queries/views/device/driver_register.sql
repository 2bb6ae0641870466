-- view: driver_register
-- materialize: no
-- uses: register_access
-- sequence: place in the run
-- thread: execution context of whoever recorded it
-- device: number in the run
-- queue: the queue that the register belongs to, null for the others
-- access: read or write
-- register_name: decoded register
-- value: what was read or written, null if unknown
-- width: bytes
-- slot: BAR number or vector where the register has one
-- register_offset: byte offset in its structure
-- address_space: where the register lies
-- address: its place there
-- feature_word: word of a feature register, null if unknown
-- recorded_by: actor that recorded it: the driver, or the other side where the driver recorded no register at all
select
    sequence, thread, device, queue, access, register_name, value, width, slot, register_offset, address_space,
    address, feature_word, recorded_by
from register_access
where side = 'driver'
