-- macro: domain_rank
--
-- ## Meaning
-- How far an ordering reaches: compiler 1, smp 2, dma 3, mmio 4. An ordering whose domain was not recorded counts as smp.
create macro domain_rank(ordering, ordering_domain) as
    case when ordering is null then 0
         when ordering_domain = 'compiler' then 1
         when ordering_domain = 'dma' then 3
         when ordering_domain = 'mmio' then 4
         else 2
    end
