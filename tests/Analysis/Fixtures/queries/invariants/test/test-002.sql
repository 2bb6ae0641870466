-- id: TEST-002
-- title: The driver never stores to its window
-- level: MUST
-- side: driver
-- spec: test §2
-- row: TEST-002
-- profiles: all
-- precision: exact
-- basis: inferred
-- needs: driver.store
-- uses:
-- message: the driver stored to {address:x}
--
-- ## Why
-- For tests: mostly there is nothing to judge.
--
-- ## Example: holds
--     driver dev0/q0 store address=bus:0x1 value=0
--
-- ## Example: violated at 1
--     driver dev0/q0 store address=bus:0x1 value=1
select sequence, sequence as since, device, queue, value > 0 as violated, address
from event
where event = 'store'
