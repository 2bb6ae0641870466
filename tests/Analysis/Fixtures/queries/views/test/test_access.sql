-- view: test_access
-- materialize: no
-- uses: test_window, range_end
-- sequence: the access
-- since: the mapping of the window that was in force
-- device: who accessed
-- queue: for which queue
-- address: its first byte
-- is_inside: whether the access lies in the window; null if its length or the window is unknown
select
    access.sequence, test_window.sequence as since, access.device, access.queue, access.address,
    access.address >= test_window.first and range_end(access.address, access.length) <= test_window.behind as is_inside
from event access asof left join test_window
    on access.device = test_window.device and access.sequence >= test_window.sequence
where access.event in ('dma_read', 'dma_write')
