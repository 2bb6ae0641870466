-- macro: has_bits
--
-- ## Meaning
-- Whether all bits of a mask are set in a value.
create macro has_bits(bits, mask) as
    (bits::ubigint & mask::ubigint) = mask::ubigint
