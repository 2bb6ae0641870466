-- id: RST-004
-- title: After a reset the driver reads device status as 0 before it initializes the device again
-- level: MUST
-- side: driver
-- spec: drivernormative: Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration
--     structure layout
--     (Driver Requirements: Common configuration structure layout)
-- row: RST-004
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.register_write|device.register_write, driver.register_read|device.register_read
-- judges: initializations after a reset
-- uses: driver_negotiation, driver_register, status_timeline
-- message: the driver reset the device (sequence {since}) and wrote {first_step} without having read device status as 0
--
-- ## Why
-- The write of 0 only asks for the reset. A device that is still finishing it may take the new status and the new queues
-- for part of the old epoch, or clear them when its reset is done. The sentence stands in the PCI chapter and binds
-- PCI's modern registers; a driver that resets for good, or twice, owes nothing.
--
-- ## Likely causes
-- A write of 0 in a probe function that "cannot hurt"; a single read whose value nobody looks at; a time limit that ends
-- the loop and goes on.
--
-- ## What to look at
-- The device_status reads behind the write of 0; when the device presented 0.
--
-- ## Example: holds: read until it is 0
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_read register_name=device_status address=bar:0x14 value=15
--     driver dev0 register_read register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=1
--     driver dev0/q0 register_write register_name=queue_enable address=bar:0x1c value=1
--
-- ## Example: violated: never read
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=1
--     driver dev0/q0 register_write register_name=queue_enable address=bar:0x1c value=1
--
-- ## Example: violated: read, and it was not 0
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_read register_name=device_status address=bar:0x14 value=15
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--
-- ## Example: vacuous: reset twice and left alone
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--
-- ## Example: vacuous: virtio-mmio has no such sentence
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=0
--     driver dev0 register_write register_name=device_status address=mmio:0x70 value=11
--
-- ## Example: vacuous: the legacy registers
--     driver dev0 register_write register_name=device_status address=io:0x12 value=0
--     driver dev0 register_write register_name=device_status address=io:0x12 value=3
--     driver dev0/q0 register_write register_name=queue_page_frame address=io:0x8 value=0x100
--
-- ## Example: inconclusive: the value read is not recorded
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_read register_name=device_status address=bar:0x14
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--
-- ## Example: violated: where status lies shows the interface, although the driver does no more
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=1
--
-- ## Example: inconclusive: nothing shows the interface
--     driver dev0 register_write register_name=device_status value=0
--     driver dev0 register_write register_name=device_status value=1
--     driver dev0 register_read register_name=config_msix_vector value=0xffff
--
-- ## Example: holds: through the window in configuration space, as the device saw it
--     device dev0 capability value=5 slot=0 register_offset=0x84
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     device dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=pci_capability address=pci_config:0x8c register_offset=0x8c width=4 value=0x14
--     device dev0 register_read register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_read register_name=pci_capability address=pci_config:0x94 register_offset=0x94 width=1 value=0
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--     device dev0 register_write register_name=device_status address=bar:0x14 value=11
--
-- ## Example: vacuous: the reset lies before the recording
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--
-- ## Example: holds: reset over the legacy ports, read as 0 over the modern ones
--     driver dev0 register_write register_name=device_status address=io:0x12 register_offset=0x12 value=0
--     driver dev0 register_read register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=11
--
-- ## Example: vacuous: the reset does not end, and the driver gives up
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=15
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=0
--     driver dev0 register_read register_name=device_status address=bar:0x14 value=15
--     driver dev0 register_write register_name=device_status address=bar:0x14 value=143
with beginning_again as (
    select
        r.device, n.epoch, min(r.sequence) as sequence, arg_min(r.register_name, r.sequence) as register_name
    from driver_register as r
    asof join driver_negotiation as n on n.device = r.device and r.sequence >= n.since
    where r.access = 'write'
      and (r.register_name = 'driver_feature'
           or (r.register_name = 'queue_enable' and r.value <> 0)
           or (r.register_name = 'device_status' and r.value <> 0 and r.value & 128 = 0))
    group by r.device, n.epoch
),
waited as (
    select
        b.device, b.sequence, b.register_name, n.since, n.legacy, n.transport,
        bool_or(s.value = 0) as is_zero_read,
        bool_or(s.sequence is not null and s.value is null) as is_value_missing
    from beginning_again as b
    join driver_negotiation as n on n.device = b.device and n.epoch = b.epoch
    left join status_timeline as s
        on s.side = 'driver' and s.device = b.device and s.epoch = b.epoch and s.action = 'read'
        and s.sequence < b.sequence
    where n.begun_by = 'reset'
      and n.legacy is distinct from true and coalesce(n.transport, 'pci') = 'pci'
    group by b.device, b.sequence, b.register_name, n.since, n.legacy, n.transport
)
select
    sequence, since, device, null::usmallint as queue,
    case when is_zero_read then false
         when is_value_missing or legacy is null or transport is null then null
         else true
    end as violated,
    register_name as first_step
from waited
