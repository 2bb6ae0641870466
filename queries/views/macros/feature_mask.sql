-- macro: feature_mask
--
-- ## Meaning
-- The 128-bit feature set that holds the listed bits.
create macro feature_mask(feature_bits) as
    list_reduce(list_prepend(0::uhugeint, list_transform(feature_bits, lambda b: 1::uhugeint << b::uhugeint)),
        lambda mask, one: mask | one)
