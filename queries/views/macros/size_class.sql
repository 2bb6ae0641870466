-- macro: size_class
--
-- ## Meaning
-- The k with 2^k <= byte_count < 2^(k+1).
create macro size_class(byte_count) as
    (length(bin(byte_count::ubigint)) - 1)::utinyint
