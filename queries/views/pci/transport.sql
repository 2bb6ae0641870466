-- view: transport
-- materialize: yes
-- uses: device
-- device: number in the run
-- transport: pci, mmio or vhost_user; null if nothing shows which, or registers of two do
--
-- ## Why
-- Several clauses bind one transport only: a driver stops a virtio-mmio queue by the very write of 0 that PCI forbids. A
-- vhost-user front end is no driver: what it sends looks like a negotiation, and its steps have another order. Registers
-- outweigh messages: a guest may drive a PCI function whose back end is another process, and a whole PCI function may
-- live in another process, which gets each access to its registers as a message.
with sign as (
    select device,
        case when event in ('message_sent', 'message_received') or address_space = 'front_end' then 'vhost_user'
             when address_space = 'mmio' then 'mmio'
             when address_space in ('bar', 'pci_config', 'io') or event = 'capability' or region_origin = 'bar' then 'pci'
             when register_name in ('magic_value', 'version', 'interrupt_ack', 'guest_page_size', 'queue_align',
                 'shared_memory') then 'mmio'
             when register_name in ('config_msix_vector', 'queue_msix_vector', 'queue_notify_off', 'pci_command',
                 'pci_bar', 'pci_capability', 'pci_config', 'msix_table', 'msix_control') then 'pci'
        end as shown
    from event
    where event in ('register_read', 'register_write', 'doorbell', 'capability', 'region_mapped', 'message_sent',
        'message_received', 'snapshot')
)
select
    d.device,
    case count(distinct s.shown) filter (s.shown in ('pci', 'mmio'))
        when 1 then min(s.shown) filter (s.shown in ('pci', 'mmio'))
        when 0 then min(s.shown)
    end as transport
from device as d
left join sign as s on s.device = d.device
group by d.device
