-- view: test_window
-- materialize: yes
-- uses: range_end
-- device: whose window it is
-- first: its first bus address
-- behind: the first bus address behind it
-- sequence: the event that mapped it
select device, address as first, range_end(address, length) as behind, sequence
from event
where event = 'region_mapped' and region_origin = 'capability'
