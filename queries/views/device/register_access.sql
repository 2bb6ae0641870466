-- view: register_access
-- materialize: yes
-- side: driver or device: whose observation this row belongs to
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
-- value_space: space of the value where it is an address; null = bus, as for all that is none
-- is_snapshot: it was so when the recording began: in what order such things came about is not known
-- recorded_by: actor that recorded it; differs from side where that side recorded no such register access
--
-- ## Why
-- A side that recorded register accesses of a device is judged by its own record only; one that recorded none, by that of
-- somebody between the two, else by the other side's. Reads and writes, and PCI's configuration space and the rest, count
-- apart: a driver whose writes alone were traced has read its registers all the same, and one whose configuration cycles
-- were traced has driven the device besides.
-- A driver that goes through the window of the PCI configuration access capability leaves configuration cycles where the
-- device sees its registers: what such a driver did says the device. Where the device recorded nothing it is not known.
with access as (
    select
        sequence, actor, thread, device, queue, register_name, value, width, slot, register_offset,
        address_space, address, feature_word, target_space as value_space,
        if(if(event = 'snapshot', note, event) = 'register_write', 'write', 'read') as access,
        event = 'snapshot' as is_snapshot,
        coalesce(register_name, 'unknown') in ('pci_command', 'pci_bar', 'pci_capability', 'pci_config', 'msix_table',
            'msix_control') as is_configuration
    from event
    where (event in ('register_read', 'register_write')
           or (event = 'snapshot' and note in ('register_read', 'register_write')))
      and device is not null
),
access_capability as (
    select distinct device, register_offset as place
    from event
    where event in ('capability', 'snapshot') and value = 5 and device is not null
      and (event = 'capability' or note = 'capability')
),
through_window as (
    -- Whoever decodes the window names the register behind it, and then hides nothing.
    select a.device
    from access as a
    left join access_capability as c on c.device = a.device
    where a.actor = 'driver' and a.address_space = 'pci_config' and not a.is_snapshot
    group by a.device
    having bool_or(a.access = 'write' and a.is_configuration
            and coalesce(a.register_offset, a.address) between c.place + 4 and c.place + 19)
       and not bool_or(not a.is_configuration)
),
recorded as (
    select
        device, access, is_configuration, is_snapshot,
        bool_or(actor = 'driver') as by_driver,
        bool_or(actor = 'device') as by_device,
        bool_or(actor not in ('driver', 'device')) as by_other
    from access
    group by device, access, is_configuration, is_snapshot
),
chosen as (
    select
        s.side, r.device, r.access, r.is_configuration, r.is_snapshot,
        case when s.side = 'driver' and w.device is not null and not r.is_configuration then 'device'
             when if(s.side = 'driver', r.by_driver, r.by_device) then s.side
             when r.by_other then 'other'
             else if(s.side = 'driver', 'device', 'driver')
        end as recorder
    from recorded as r
    cross join (values ('driver'), ('device')) as s(side)
    left join through_window as w on w.device = r.device
)
select
    c.side, a.sequence, a.thread, a.device, a.queue, a.access, a.register_name, a.value, a.width, a.slot,
    a.register_offset, a.address_space, a.address, a.feature_word, a.value_space, a.is_snapshot,
    a.actor as recorded_by
from access as a
join chosen as c
    on c.device = a.device and c.access = a.access and c.is_configuration = a.is_configuration
    and c.is_snapshot = a.is_snapshot
where c.recorder = if(a.actor in ('driver', 'device'), a.actor, 'other')
   or (a.is_snapshot and a.actor not in ('driver', 'device'))
