-- macro: granule_of
--
-- ## Meaning
-- The number of the granule of 2^class bytes that holds a byte, or of one so many granules before it.
create macro granule_of(byte_address, class, granules_before) as
    (byte_address::uhugeint >> class::uhugeint)::hugeint - granules_before
