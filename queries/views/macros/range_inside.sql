-- macro: range_inside
-- uses: range_end
--
-- ## Meaning
-- Whether [first_byte, first_byte + byte_count) lies in [base, base_end); ends are 128-bit. A start outside decides
-- even where the length is unknown.
create macro range_inside(first_byte, byte_count, base, base_end) as
    case when first_byte::uhugeint < base::uhugeint or first_byte::uhugeint > base_end::uhugeint then false
         else range_end(first_byte, byte_count) <= base_end::uhugeint
    end
