-- macro: ranges_contain
-- uses: range_inside
--
-- ## Meaning
-- Whether a byte range lies in one of a list of disjoint, merged ranges {first_byte, range_end}. Null: the ranges, the
-- address, or a length that decides, are not known.
create macro ranges_contain(allowed, first_byte, byte_count) as
    case when allowed is null or first_byte is null then null
         when len(allowed) = 1 then range_inside(first_byte, byte_count, allowed[1].first_byte, allowed[1].range_end)
         when len(list_filter(allowed, lambda r: range_inside(first_byte, coalesce(byte_count, 0), r.first_byte, r.range_end))) = 0
         then false
         when byte_count is null then null
         else true
    end
