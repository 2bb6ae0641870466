-- view: unknown_progress
-- materialize: no
-- uses: ring_progress
-- step: publish (the driver stores the available idx), return (the device writes the used idx)
-- device: number in the run
-- queue: number of the queue
-- sequence: such a store of which nothing says what it handed over
--
-- ## Why
-- An index that jumps further than the ring is long, one that nobody saw before, a size that is not known. A queue that is
-- known not to be enabled hands nothing over: drivers take their index back behind a reset.
select step, device, queue, sequence
from ring_progress
where step in ('publish', 'return') and advance is distinct from 0 and is_plausible is not true
  and (queue_since is not null or queue_until is null)
