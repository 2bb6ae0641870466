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
-- uses: capability, region, queue_scope, driver_confinement, driver_register, has_bits
-- message: {what} while {live} queues that use it are enabled
--
-- ## Why
-- Every address that was published becomes stale at once. The device then writes to what is mapped there now. A queue whose
-- driver did not accept the feature and whose areas lie elsewhere has published nothing there: a firmware's queue that is
-- still enabled when the operating system sizes the BARs is left in peace.
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
-- ## Example: holds: the live queue lies elsewhere, and its driver declined
--     platform dev0 device_appeared value=2 note="blk"
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=3 region_origin=bar slot=2
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=4 region_origin=capability slot=2
--     driver dev0 capability value=10 slot=2 address=bar:0x0 length=0x10000 register_offset=0x84
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=0
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=0 feature_word=0
--     driver dev0 register_write register_name=driver_feature register_offset=0xc width=4 value=1 feature_word=1
--     driver dev0 register_write register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0 register_read register_name=device_status register_offset=0x14 width=1 value=11
--     driver dev0/q0 register_write register_name=queue_size register_offset=0x18 width=2 value=8
--     driver dev0/q0 register_write register_name=queue_desc register_offset=0x20 width=8 value=0x1000000
--     driver dev0/q0 register_write register_name=queue_driver register_offset=0x28 width=8 value=0x1000080
--     driver dev0/q0 register_write register_name=queue_device register_offset=0x30 width=8 value=0x1000100
--     driver dev0/q0 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--     driver dev0 register_write register_name=pci_bar register_offset=0x18 width=4 value=0x60000000 address=pci_config:0x18 slot=2
--
-- ## Example: violated: declined, and the rings lie in it
--     given: hint-mode
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=5 region_origin=bar slot=2
--     platform dev0 region_mapped address=bus:0x50000000 length=0x10000 region_id=6 region_origin=capability slot=2
--     driver dev0 capability value=10 slot=2 address=bar:0x0 length=0x10000 register_offset=0x84
--     driver dev0/q1 register_write register_name=queue_size register_offset=0x18 width=2 value=8
--     driver dev0/q1 register_write register_name=queue_desc register_offset=0x20 width=8 value=0x50000400
--     driver dev0/q1 register_write register_name=queue_driver register_offset=0x28 width=8 value=0x50000500
--     driver dev0/q1 register_write register_name=queue_device register_offset=0x30 width=8 value=0x50000600
--     driver dev0/q1 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--     driver dev0 register_write register_name=pci_bar register_offset=0x18 width=4 value=0x60000000 address=pci_config:0x18 slot=2
--
-- ## Example: vacuous: no bounce buffer
--     given: system-only
--     driver dev0 register_write register_name=pci_bar register_offset=0x18 width=4 value=0x60000000 address=pci_config:0x18 slot=2
--
-- ## Example: inconclusive: where the BAR lay was never seen
--     driver dev0 capability value=10 slot=2 address=bar:0x0 length=0x10000 register_offset=0x84
--     driver dev0/q0 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--     driver dev0 register_write register_name=pci_bar register_offset=0x18 width=4 value=0x5000000c address=pci_config:0x18 slot=2
--
-- ## Example: inconclusive: what was written was not recorded
--     given: swiotlb-negotiated
--     driver dev0 register_write register_name=pci_bar register_offset=0x18 width=4 address=pci_config:0x18 slot=2
--
-- ## Example: violated: the upper half of a 64-bit BAR
--     given: swiotlb-negotiated
--     driver dev0 register_read register_name=pci_bar register_offset=0x18 width=4 value=0x5000000c address=pci_config:0x18 slot=2
--     driver dev0 register_write register_name=pci_bar register_offset=0x1c width=4 value=0x1 address=pci_config:0x1c slot=3
--
-- ## Example: holds: the upper half stays what it was
--     given: swiotlb-negotiated
--     driver dev0 register_read register_name=pci_bar register_offset=0x18 width=4 value=0x5000000c address=pci_config:0x18 slot=2
--     driver dev0 register_write register_name=pci_bar register_offset=0x1c width=4 value=0x0 address=pci_config:0x1c slot=3
--
-- ## Example: violated: a queue that was enabled twice over still is
--     given: swiotlb-negotiated
--     driver dev0/q0 register_write register_name=queue_enable register_offset=0x1c width=2 value=1
--     driver dev0 register_write register_name=pci_bar register_offset=0x18 width=4 value=0x60000000 address=pci_config:0x18 slot=2
with buffer_bar as (
    select device, bar from capability where capability_type = 10
    union
    select device, bar from region where region_origin = 'capability'
),
-- The registers that place them: a 64-bit BAR, whose type stands in its low bits, has its upper half in the next one.
bar_register as (
    select device, bar, bar as slot, 0 as shift from buffer_bar
    union all
    select distinct b.device, b.bar, b.bar + 1, 32
    from buffer_bar as b
    join driver_register as r on r.device = b.device and r.slot = b.bar and r.register_name = 'pci_bar'
    where r.value & 7 = 4 and r.value & 4294967295 <> 4294967295
),
used as (
    select q.device, q.since, q.until,
        c.swiotlb or q.desc_in_region or q.driver_in_region or q.device_in_region as uses_buffer
    from queue_scope as q
    asof left join driver_confinement as c on c.device = q.device and q.since >= c.since
    where q.side = 'driver'
),
changed as (
    select device, since, sum(change) as change, sum(if(uses_buffer is null, change, 0)) as unsure_change
    from (
        select device, since, 1 as change, uses_buffer from used
        union all
        select device, until, -1, uses_buffer from used where until is not null
    )
    where uses_buffer is not false
    group by device, since
),
live as (
    select device, since,
        sum(change) over own as queues,
        sum(unsure_change) over own as unsure_queues
    from changed
    window own as (partition by device order by since)
),
written as (
    select r.sequence, r.device, r.register_name, r.value, p.bar, p.shift
    from driver_register as r
    join bar_register as p on p.device = r.device and p.slot = r.slot
    where r.access = 'write' and r.register_name = 'pci_bar'
    union all
    select r.sequence, r.device, r.register_name, r.value, null, null
    from driver_register as r
    semi join buffer_bar as b on b.device = r.device
    where r.access = 'write' and (r.register_name = 'pci_command' or (r.register_name = 'pci_bar' and r.slot is null))
),
placed as (
    -- Where the BAR lies at that moment.
    select w.sequence, w.device, w.register_name, w.value, w.bar, w.shift, g.base
    from written as w
    asof left join (select device, bar, since, base from region where region_origin = 'bar') as g
        on g.device = w.device and g.bar = w.bar and w.sequence >= g.since
)
select
    w.sequence, least(w.sequence, l.since) as since, w.device, null::usmallint as queue,
    coalesce(l.queues, 0) > 0
        and if(l.queues = l.unsure_queues, null, true)
        and case when w.register_name = 'pci_command' then not has_bits(w.value, 2)
                 when w.shift = 32 then w.value & 4294967295 <> w.base >> 32::ubigint
                 else w.value & 4294967280 <> w.base & 4294967280
            end as violated,
    if(w.register_name = 'pci_command', 'memory decoding is switched off',
        if(w.shift = 32, 'the upper half of BAR ', 'BAR ') || w.bar || ' becomes ' || format('0x{:x}', w.value)) as what,
    l.queues as live
from placed as w
asof left join live as l on l.device = w.device and w.sequence > l.since
