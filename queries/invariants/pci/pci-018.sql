-- id: PCI-018
-- title: The driver never writes 0 to queue_enable
-- level: MUST
-- side: driver
-- spec: drivernormative: Virtio Transport Options / Virtio Over PCI Bus / PCI Device Layout / Common configuration
--     structure layout
--     (Driver Requirements: Common configuration structure layout)
-- row: PCI-018
-- profiles: all
-- precision: exact
-- basis: normative
-- needs: driver.register_write|device.register_write
-- judges: queue_enable writes
-- uses: driver_register, driver_epoch, transport
-- message: queue_enable of queue {queue} is written with 0
--
-- ## Why
-- A queue cannot be switched off by itself on PCI: only a device reset, or queue_reset where RING_RESET is negotiated,
-- ends it, and only those say when the device is done. After a write of 0 the driver believes that the memory is its
-- own while the device may still use it. On virtio-mmio QueueReady is written with 0 to do just that: not judged.
--
-- ## Likely causes
-- A driver ported from virtio-mmio; a loop that disables all queues on shutdown or suspend.
--
-- ## What to look at
-- What the driver does with the queue's memory afterwards.
--
-- ## Example: holds
--     given: negotiated-registers
--
-- ## Example: violated
--     given: negotiated-registers
--     driver dev0/q0 register_write register_name=queue_enable address=bar:0x1c width=2 value=0
--
-- ## Example: vacuous: virtio-mmio stops a queue so
--     driver dev0/q0 register_write register_name=queue_enable address=mmio:0x44 width=4 value=0
--
-- ## Example: holds: 0 is read, not written
--     given: negotiated-registers
--     driver dev0/q0 register_write register_name=queue_reset address=bar:0x3a width=2 value=1
--     driver dev0/q0 register_read register_name=queue_enable address=bar:0x1c width=2 value=0
--
-- ## Example: inconclusive: nothing says which transport
--     driver dev0/q0 register_write register_name=queue_enable value=0
--
-- ## Example: inconclusive: the value is not recorded
--     driver dev0/q0 register_write register_name=queue_enable address=bar:0x1c width=2
--
-- ## Example: vacuous: a vhost-user front end stops its rings so
--     driver dev0 message_sent value=18
--     driver dev0/q0 register_write register_name=queue_enable value=0
--
-- ## Example: violated at 2: both sides recorded it
--     driver dev0/q0 register_write register_name=queue_enable address=bar:0x1c width=2 value=1
--     #2 driver dev0/q0 register_write register_name=queue_enable address=bar:0x1c width=2 value=0
--     #3 device dev0/q0 register_write register_name=queue_enable address=bar:0x1c width=2 value=0
--
-- ## Example: violated at 2: somebody between the two recorded it besides
--     driver dev0/q0 register_write register_name=queue_enable address=bar:0x1c width=2 value=1
--     #2 driver dev0/q0 register_write register_name=queue_enable address=bar:0x1c width=2 value=0
--     #3 platform dev0/q0 register_write register_name=queue_enable address=bar:0x1c width=2 value=0
select
    r.sequence, e.since, r.device, r.queue,
    if(t.transport is null, nullif(r.value & 65535 = 0, true), r.value & 65535 = 0) as violated
from driver_register as r
join transport as t on t.device = r.device
asof join driver_epoch as e on e.device = r.device and r.sequence >= e.since
where r.access = 'write' and r.register_name = 'queue_enable' and coalesce(t.transport, 'pci') = 'pci'
