-- id: SWIOTLB-017
-- title: The BAR of the bounce buffer stays where it is while queues are live
-- level: lint
-- side: driver
-- spec: inferred: virtio 1.3 §2.1: addresses that were passed must stay valid
-- row: SWIOTLB-017
-- profiles: swiotlb-rfc1, swiotlb-draft0, restricted-dma, virtio-1.4
-- precision: exact
-- basis: inferred
-- needs: driver.register_write|device.register_write, platform.region_mapped|device.capability|driver.capability
-- judges: writes to BAR and command register
-- uses: capability, region, queue_config, driver_register, has_bits
-- message: {what} while {live} queues are enabled
--
-- ## Why
-- Every address that was published becomes stale at once. The device then writes to what is mapped there now.
--
-- ## Likely causes
-- Resource rebalancing, a hot-plug of a neighbour, or a power transition that does not stop the driver first.
--
-- ## What to look at
-- The queue_enable writes before, and the region events behind the write.
--
-- ## Example: holds: sized before the queues are enabled
--     platform dev0 device_appeared value=2 note="blk"
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=3 region_origin=bar slot=2
--     driver dev0 capability value=10 slot=2 address=bar:0x0 length=0x10000 register_offset=0x84
--     driver dev0 register_write register_name=pci_bar register_offset=0x18 width=4 value=0xffffffff address=pci_config:0x18 slot=2
--     driver dev0 register_write register_name=pci_bar register_offset=0x18 width=4 value=0x50000000 address=pci_config:0x18 slot=2
--     driver dev0/q0 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--
-- ## Example: violated: moved
--     given: swiotlb-negotiated
--     driver dev0 register_write register_name=pci_bar register_offset=0x18 width=4 value=0x60000000 address=pci_config:0x18 slot=2
--
-- ## Example: violated: memory decoding switched off
--     given: swiotlb-negotiated
--     driver dev0 register_write register_name=pci_command register_offset=0x4 width=2 value=0 address=pci_config:0x4
--
-- ## Example: holds: decoding stays on
--     given: swiotlb-negotiated
--     driver dev0 register_write register_name=pci_command register_offset=0x4 width=2 value=7 address=pci_config:0x4
--
-- ## Example: holds: the same place again
--     given: swiotlb-negotiated
--     driver dev0 register_write register_name=pci_bar register_offset=0x18 width=4 value=0x5000000c address=pci_config:0x18 slot=2
--
-- ## Example: vacuous: another BAR
--     given: swiotlb-negotiated
--     driver dev0 register_write register_name=pci_bar register_offset=0x18 width=4 value=0x60000000 address=pci_config:0x18 slot=0
--
-- ## Example: holds: after the reset
--     given: swiotlb-negotiated
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_write register_name=pci_bar register_offset=0x18 width=4 value=0x60000000 address=pci_config:0x18 slot=2
--
-- ## Example: vacuous: no bounce buffer
--     given: system-only
--     driver dev0 register_write register_name=pci_bar register_offset=0x18 width=4 value=0x60000000 address=pci_config:0x18 slot=2
with buffer_bar as (
    select distinct device, bar from capability where capability_type = 10
    union
    select distinct device, bar from region where region_origin = 'capability'
),
live as (
    select device, since, sum(change) over (partition by device order by since, change) as queues
    from (
        select device, since, 1 as change from queue_config where side = 'driver'
        union all
        select device, until, -1 from queue_config where side = 'driver' and until is not null
    )
),
written as (
    select r.sequence, r.device, r.register_name, r.slot, r.value, g.base
    from driver_register as r
    -- Where the BAR lies at that moment.
    asof left join (select device, bar, since, base from region where region_origin = 'bar') as g
        on g.device = r.device and g.bar = r.slot and r.sequence >= g.since
    where r.access = 'write' and r.register_name in ('pci_bar', 'pci_command')
      and exists (
          select 1 from buffer_bar as b
          where b.device = r.device and (r.register_name = 'pci_command' or b.bar = r.slot or r.slot is null))
)
select
    w.sequence, least(w.sequence, l.since) as since, w.device, null::usmallint as queue,
    coalesce(l.queues, 0) > 0
        and if(w.register_name = 'pci_command', not has_bits(w.value, 2),
            (w.value & 4294967280) is distinct from (w.base & 4294967280)) as violated,
    if(w.register_name = 'pci_command', 'memory decoding is switched off', 'BAR ' || w.slot || ' is moved to '
        || format('0x{:x}', w.value & 4294967280)) as what,
    l.queues as live
from written as w
asof left join live as l on l.device = w.device and w.sequence > l.since
