-- macro: feature_bits
--
-- ## Meaning
-- A 32-bit word of a feature set at its place in 128 bits; null if it lies beyond.
create macro feature_bits(word_value, word_number) as
    case when word_number <= 3 then (word_value & 4294967295)::uhugeint << (word_number::integer * 32)::uhugeint end
