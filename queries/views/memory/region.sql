-- view: region
-- materialize: yes
-- uses: bus_address
-- region_id: names it from map to unmap, within its source
-- device: whose it is, null = system memory or a window of every device
-- bar: BAR number where it lies in one
-- base: first bus address; null where it lies in another space, so that its place on the bus is not known
-- length: bytes, null if unknown
-- cpu_base: first processor address, null if unknown
-- region_attribute: write_back, write_combining, uncached, or null
-- region_origin: system_memory, capability, bar, device_tree, declared, preferred
-- region_shared: whether several devices may use it
-- since: sequence from which it is mapped there
-- until: sequence from which it no longer is, null while it is
with change as (
    select
        source, coalesce(region_id::varchar, 'at ' || address::varchar) as region_key,
        sequence, event = 'region_unmapped' as is_unmapped, region_id, device, slot, bus_address(address, address_space) as base,
        length, target,
        region_attribute, region_origin, region_shared
    from event
    where event in ('region_mapped', 'region_unmapped') or (event = 'snapshot' and note = 'region_mapped')
),
ended as (
    select
        region_id, device, slot, base, length, target, region_attribute, region_origin, region_shared, sequence, is_unmapped,
        lead(sequence) over (partition by source, region_key order by sequence) as until
    from change
)
select
    region_id, device, slot as bar, base, length, target as cpu_base, region_attribute, region_origin,
    region_shared, sequence as since, until
from ended
where not is_unmapped
