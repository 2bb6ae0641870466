-- macro: ring_distance
--
-- ## Meaning
-- How far newer is ahead of older, modulo 2^16: ring indices run freely and wrap.
create macro ring_distance(newer, older) as
    (((newer & 65535)::integer - (older & 65535)::integer) & 65535)
