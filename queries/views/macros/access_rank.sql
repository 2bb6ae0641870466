-- macro: access_rank
-- uses: domain_rank
--
-- ## Meaning
-- How far the ordering that two accesses themselves carry orders them: the first as acquire, the second as release, either
-- as a locked operation. 0 = not at all. needed_order: store_store, load_load, load_store, store_load.
create macro access_rank(needed_order, first_ordering, first_domain, second_ordering, second_domain) as
    greatest(
        if(first_ordering = 'full' or (first_ordering = 'acquire' and needed_order in ('load_load', 'load_store')),
            domain_rank(first_ordering, first_domain), 0),
        if(second_ordering = 'full' or (second_ordering = 'release' and needed_order in ('store_store', 'load_store')),
            domain_rank(second_ordering, second_domain), 0))
