-- view: handover
-- materialize: yes
-- source: observer of the thread that takes over
-- thread: that thread
-- sequence: its taking over
-- from_source: observer of the thread that handed over
-- from_thread: that thread
-- released: the latest hand-over of that thread which this one has taken over up to here
--
-- ## Why
-- Program order holds within a thread. What one thread did comes before what another does only if the one handed over behind
-- it, and the other took over exactly that before.
with release as (
    select sync_id, source, thread, sequence from event where event = 'handover_release' and sync_id is not null
),
edge as (
    select a.source, a.thread, a.sequence, r.source as from_source, r.thread as from_thread, r.sequence as released
    from event as a
    asof join release as r on r.sync_id = a.sync_id and a.sequence > r.sequence
    where a.event = 'handover_acquire'
)
select
    source, thread, sequence, from_source, from_thread,
    max(released) over (partition by source, thread, from_source, from_thread order by sequence) as released
from edge
