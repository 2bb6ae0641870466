-- id: SWIOTLB-012
-- title: A device presents at most one SWIOTLB capability
-- level: lint
-- side: device
-- spec: the draft is silent; virtio 1.3 §4.1.4 makes a driver use the first instance of a type
-- row: SWIOTLB-012
-- profiles: swiotlb-rfc1, swiotlb-draft0, restricted-dma
-- precision: exact
-- basis: inferred
-- needs: device.capability|driver.capability
-- judges: capabilities
-- uses: capability
-- message: the device presents a second SWIOTLB capability, at {place} (BAR {bar}, offset {bar_offset})
--
-- ## Why
-- A driver uses the first instance of a type and may ignore the others: a second buffer is either never used or, by
-- another driver, the only one used.
--
-- ## Likely causes
-- The capability is added for each BAR, or once by the bus and once by the device.
--
-- ## What to look at
-- The capability events of the device, with their places in configuration space.
--
-- ## Example: holds: one
--     given: swiotlb-negotiated
--
-- ## Example: violated: two
--     platform dev0 device_appeared value=2 note="blk"
--     device dev0 capability value=10 slot=2 address=bar:0x0 length=0x10000 register_offset=0x84
--     device dev0 capability value=10 slot=4 address=bar:0x0 length=0x10000 register_offset=0x98
--
-- ## Example: holds: the same one, discovered twice
--     platform dev0 device_appeared value=2 note="blk"
--     device dev0 capability value=10 slot=2 address=bar:0x0 length=0x10000 register_offset=0x84
--     device dev0 capability value=10 slot=2 address=bar:0x0 length=0x10000 register_offset=0x84
--
-- ## Example: vacuous: none
--     given: system-only
with instance as (
    select device, place, bar, bar_offset, min(sequence) as sequence
    from capability
    where side = 'device' and capability_type = 10
    group by device, place, bar, bar_offset
)
select
    sequence,
    min(sequence) over (partition by device) as since,
    device, null::usmallint as queue,
    row_number() over (partition by device order by sequence) > 1 as violated,
    format('0x{:x}', place) as place, bar, format('0x{:x}', bar_offset) as bar_offset
from instance
