-- view: ordering_pair
-- materialize: no
-- uses: judged_pairs, pair_s1, pair_s3, pair_s5, pair_s7, pair_s8, pair_reaction, pair_request
-- pair: S1 to S11, of the table of ordered pairs of split rings
-- side: who accesses
-- device: number in the run
-- queue: number of the queue
-- position: ring position that the pair is about, null if none
-- first_sequence: the access that must come first
-- first_part: the structure that it touches
-- second_sequence: the access that must come after
-- second_part: the structure that it touches
-- source: observer of the second access
-- thread: its execution context
-- needed_order: store_store, load_load, load_store, store_load
-- placement: region (both accesses in the bounce buffer), system (neither), mixed, or null where ORDER_PLATFORM is off or the place is not known
-- exemption: which reading of the exemption applies: strict, per-address, ignore
-- weak_fence: the last fence of that kind before the second access, of any domain; null if none
-- platform_fence: likewise, of the platform's domain
-- order_platform: ORDER_PLATFORM in force
-- found: what orders the pair: none, smp, platform
-- needed: what must: smp or platform; null = it depends on what is not known
-- violated: true / false / null = cannot be known
--
-- ## Why
-- All pairs side by side, for those who hunt an ordering bug; a rule asks judged_pairs() for its own.
from judged_pairs('pair_s1', 'store_store', 3)
union all from judged_pairs('pair_s8', 'store_store', 3)
union all from judged_pairs('pair_s3', 'load_load', 3)
union all from judged_pairs('pair_s7', 'load_load', 3)
union all from judged_pairs('pair_s5', 'load_store', 3)
union all from judged_pairs('pair_request', 'store_load', 3)
union all from judged_pairs('pair_reaction', 'store_load', 3) where pair in ('S2', 'S9')
union all from judged_pairs('pair_reaction', 'store_store', 4) where pair in ('S6', 'S11')
