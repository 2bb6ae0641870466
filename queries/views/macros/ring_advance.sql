-- macro: ring_advance
--
-- ## Meaning
-- The ring index so many entries after another, modulo 2^16.
create macro ring_advance(ring_index, entries) as
    (((ring_index & 65535)::integer + (entries & 65535)::integer) & 65535)
