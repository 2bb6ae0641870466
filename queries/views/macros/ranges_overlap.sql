-- macro: ranges_overlap
-- uses: range_end
--
-- ## Meaning
-- Whether two byte ranges share a byte. Null where an address or length that matters is not known.
create macro ranges_overlap(first_byte, byte_count, other_first_byte, other_byte_count) as
    first_byte::uhugeint < range_end(other_first_byte, other_byte_count)
    and other_first_byte::uhugeint < range_end(first_byte, byte_count)
    and byte_count > 0 and other_byte_count > 0
