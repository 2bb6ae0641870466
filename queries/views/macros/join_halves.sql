-- macro: join_halves
--
-- ## Meaning
-- A 64-bit register from its two 32-bit halves; null if one was never written.
create macro join_halves(low_half, high_half) as
    ((high_half & 4294967295)::uhugeint << 32::uhugeint | (low_half & 4294967295)::uhugeint)::ubigint
