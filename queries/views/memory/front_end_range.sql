-- view: front_end_range
-- materialize: yes
-- front_end_base: first virtual address of a vhost-user front end
-- base: the bus address that it is
-- length: bytes
-- since: sequence from which it is mapped so
-- until: sequence from which it no longer is, null while it is
--
-- ## Why
-- A front end passes its own virtual addresses of rings; its memory table says which bus addresses those are.
with change as (
    select
        source, region_id, sequence, event, address, length, target, target_space,
        lead(sequence) over (partition by source, region_id order by sequence) as until
    from event
    where event in ('region_mapped', 'region_unmapped') and region_id is not null
)
select target as front_end_base, address as base, length, sequence as since, until
from change
where event = 'region_mapped' and target_space = 'front_end'
