-- macro: range_end
--
-- ## Meaning
-- First address behind a range, in 128 bits: a hostile addr + len wraps in 64 bits, and DuckDB raises instead of wrapping.
create macro range_end(first_byte, byte_count) as
    first_byte::uhugeint + byte_count::uhugeint
