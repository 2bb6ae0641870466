-- macro: range_end
-- uses:
create macro range_end(address, length) as address::uhugeint + length::uhugeint
