-- view: iommu_access
-- materialize: yes
-- uses: passed_range, device_epoch, bus_address
-- sequence: place in the run
-- device: number in the run
-- address: where the access begins, as the device said it
-- target: where on the bus that is, null if nothing says so
-- is_refused: the IOMMU let it not pass
-- is_passed: it begins in something that the driver passed to the device in this epoch; null where that is not known
--
-- ## Why
-- An IOMMU that tells of each access shows a device that records nothing itself. How long an access is it need not say: where
-- it begins is held against what the driver passed. Interrupt messages are none: on x86 they go to 0xfeexxxxx (Intel SDM
-- volume 3, §11.11.1), elsewhere to where interrupts were recorded to go.
with access as (
    select sequence, device, address, bus_address(target, target_space) as target, event = 'iommu_faulted' as is_refused
    from event
    where event in ('iommu_accessed', 'iommu_faulted') and device is not null and address is not null
      and address // 1048576 <> 4078
),
message as (
    select distinct device, address from event where event = 'interrupt' and address is not null
),
placed as (
    select a.sequence, a.device, a.address, a.target, a.is_refused, e.epoch
    from access as a
    asof join device_epoch as e on e.device = a.device and a.sequence >= e.since
    anti join message as m on m.device = a.device and m.address = a.address
),
open_epoch as (
    select device, epoch from passed_range where address is null
)
select
    p.sequence, p.device, p.address, p.target, p.is_refused,
    case when p.address < r.passed_end then true when o.device is null then false end as is_passed
from placed as p
asof left join (select device, epoch, address, passed_end from passed_range where address is not null) as r
    on r.device = p.device and r.epoch = p.epoch and p.address >= r.address
left join open_epoch as o on o.device = p.device and o.epoch = p.epoch
