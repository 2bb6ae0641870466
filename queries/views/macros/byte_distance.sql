-- macro: byte_distance
--
-- ## Meaning
-- How many bytes one address lies behind another, in signed 128 bits: negative where it lies before it.
create macro byte_distance(address, base) as
    address::hugeint - base::hugeint
