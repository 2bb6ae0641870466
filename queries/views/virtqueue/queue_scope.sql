-- view: queue_scope
-- materialize: yes
-- uses: queue_config, negotiation_by_side, confinement, ranges_contain
-- side: whose observation
-- device: number in the run
-- queue: number of the queue
-- since: sequence that enables the queue; join with asof on sequence >= since
-- until: sequence from which it no longer is enabled so, null while it is
-- epoch: that side's epoch
-- epoch_since: sequence that begins the epoch
-- size: entries, null if unknown
-- desc_address: descriptor area
-- driver_address: driver area
-- device_address: device area
-- in_order: negotiated in this epoch
-- event_idx: negotiated in this epoch
-- notification_data: negotiated in this epoch
-- order_platform: negotiated in this epoch, or assumed
-- bounce_ranges: where the bounce buffer is mapped when features and queue are both in force, for ranges_contain(); empty where
--   there is none, null where that is not known
-- desc_in_region: the descriptor area lies wholly in the bounce buffer; null where that is not known
-- driver_in_region: likewise
-- device_in_region: likewise
-- is_packed: packed layout
-- begun_before: a snapshot says that it is enabled: it was in use before the recording began
--
-- ## Why
-- What the rules ask again and again for each access of a queue, looked up once per enabling.
with scoped as (
    select
        q.side, q.device, q.queue, q.since, q.until, q.epoch, q.epoch_since, q.size, q.desc_address, q.driver_address,
        q.device_address, q.desc_length, q.driver_length, q.device_length, q.is_packed,
        coalesce(greatest(q.since, q.features_ok), q.since) as in_force
    from queue_config as q
),
placed as (
    select s.*,
        -- A device that negotiated the feature has a buffer, whether it was seen or not; so has one that presents it.
        coalesce(c.bounce_ranges, if(c.has_no_buffer and c.swiotlb is not true, [], null)) as bounce_ranges
    from scoped as s
    asof left join confinement as c on c.side = s.side and c.device = s.device and s.in_force >= c.since
)
select
    s.side, s.device, s.queue, s.since, s.until, s.epoch, s.epoch_since, s.size, s.desc_address, s.driver_address,
    s.device_address, n.in_order, n.event_idx, n.order_platform, n.notification_data, s.bounce_ranges,
    ranges_contain(s.bounce_ranges, s.desc_address, s.desc_length) as desc_in_region,
    ranges_contain(s.bounce_ranges, s.driver_address, s.driver_length) as driver_in_region,
    ranges_contain(s.bounce_ranges, s.device_address, s.device_length) as device_in_region,
    s.is_packed,
    s.since in (select e.sequence from event as e where e.event = 'snapshot') as begun_before
from placed as s
join negotiation_by_side as n on n.side = s.side and n.device = s.device and n.epoch = s.epoch
