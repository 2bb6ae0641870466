-- view: unknown_publication
-- materialize: no
-- uses: ring_progress
-- device: number in the run
-- queue: number of the queue
-- sequence: a store of the available idx of which nothing says what it published
-- source: observer
-- thread: execution context
--
-- ## Why
-- An index that jumps further than the ring is long, one that nobody saw before, a size that is not known. A queue that is
-- known not to be enabled publishes nothing: drivers take their index back behind a reset.
select device, queue, sequence, source, thread
from ring_progress
where step = 'publish' and advance is distinct from 0 and is_plausible is not true
  and (queue_since is not null or queue_until is null)
