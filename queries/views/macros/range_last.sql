-- macro: range_last
--
-- ## Meaning
-- Last byte of a range, in 128 bits. Of an empty range, and of one whose length is unknown, its first.
create macro range_last(first_byte, byte_count) as
    first_byte::uhugeint + greatest(coalesce(byte_count, 1)::uhugeint, 1::uhugeint) - 1::uhugeint
