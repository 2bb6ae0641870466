-- id: PCI-025
-- title: The driver maps events only to vectors within the MSI-X table
-- level: MUST
-- side: driver
-- spec: drivernormative: Virtio Transport Options / Virtio Over PCI Bus / PCI-specific Initialization And Device
--     Operation / Device Initialization
--     / MSI-X Vector Configuration (Driver Requirements: MSI-X Vector Configuration)
-- row: PCI-025
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.register_write|device.register_write, driver.register_read|device.register_read
-- judges: vectors written
-- uses: driver_register
-- message: {register_name} is set to vector {vector}; the MSI-X table ends with vector {last_vector}
--
-- ## Why
-- An entry beyond the table does not exist: the device answers NO_VECTOR, or has no message to send, and the event never
-- interrupts. Table Size in the capability's message control is the number of vectors less one, so that its value is
-- the last legal vector. NO_VECTOR (0xffff) unmaps an event and is always legal; no table has a vector beyond 0x7ff.
--
-- ## Likely causes
-- One vector for each queue and one for the configuration, whatever the device has; Table Size taken for the count.
--
-- ## What to look at
-- The msix_control read, and whether the driver reads the vector back behind its write (PCI-026).
--
-- ## Example: holds: the last vector, and none
--     given: negotiated-registers
--     driver dev0/q0 register_write register_name=queue_msix_vector address=bar:0x1a width=2 value=1
--     driver dev0 register_write register_name=config_msix_vector address=bar:0x10 width=2 value=0xffff
--
-- ## Example: violated: two vectors, the third is used
--     given: negotiated-registers
--     driver dev0 register_write register_name=config_msix_vector address=bar:0x10 width=2 value=2
--
-- ## Example: holds: enable and mask bits of message control are not part of the size
--     driver dev0 register_read register_name=msix_control address=pci_config:0xb2 width=2 value=0xc002
--     driver dev0/q0 register_write register_name=queue_msix_vector address=bar:0x1a width=2 value=2
--
-- ## Example: holds: NO_VECTOR needs no table
--     driver dev0/q0 register_write register_name=queue_msix_vector address=bar:0x1a width=2 value=0xffff
--
-- ## Example: inconclusive: the size of the table was never read
--     driver dev0/q0 register_write register_name=queue_msix_vector address=bar:0x1a width=2 value=1
--
-- ## Example: violated: no table is so large, whatever the device has
--     driver dev0/q0 register_write register_name=queue_msix_vector address=bar:0x1a width=2 value=0x800
--
-- ## Example: holds: the legacy registers
--     driver dev0 register_read register_name=msix_control address=pci_config:0xb2 width=2 value=0x8001
--     driver dev0 register_write register_name=config_msix_vector address=io:0xc014 register_offset=0x14 width=2 value=0
--     driver dev0/q0 register_write register_name=queue_msix_vector address=io:0xc016 register_offset=0x16 width=2 value=1
--
-- ## Example: holds: the table is known from configuration cycles that only the device recorded
--     device dev0 register_read register_name=msix_control address=pci_config:0xb2 width=2 value=0x8001
--     driver dev0/q0 register_write register_name=queue_msix_vector address=bar:0x1a width=2 value=1
--
-- ## Example: holds: each device has its own table
--     driver dev0 register_read register_name=msix_control address=pci_config:0xb2 width=2 value=0x8004
--     driver dev1 register_read register_name=msix_control address=pci_config:0xb2 width=2 value=0x8001
--     driver dev0/q0 register_write register_name=queue_msix_vector address=bar:0x1a width=2 value=4
--     driver dev1/q0 register_write register_name=queue_msix_vector address=bar:0x1a width=2 value=1
--
-- ## Example: inconclusive: the value is not recorded
--     given: negotiated-registers
--     driver dev0/q0 register_write register_name=queue_msix_vector address=bar:0x1a width=2
with table_size as (
    -- The field is read-only; a write carries it too, but only as the driver remembers it.
    select device, min(sequence) as since, max(value & 2047) as last_vector
    from driver_register
    where access = 'read' and register_name = 'msix_control'
    group by device
)
select
    r.sequence, least(r.sequence, coalesce(t.since, r.sequence)) as since, r.device, r.queue,
    case when r.value & 65535 = 65535 then false
         when r.value & 65535 > 2047 then true
         else r.value & 65535 > t.last_vector
    end as violated,
    r.register_name, r.value & 65535 as vector, coalesce(t.last_vector, 2047) as last_vector
from driver_register as r
left join table_size as t on t.device = r.device
where r.access = 'write' and r.register_name in ('queue_msix_vector', 'config_msix_vector')
