-- macro: descriptor_place
--
-- ## Meaning
-- Where the 16-byte descriptor begins of which an access touched some fields: addr at 0, len at 8, flags at 12, next at 14.
-- The access begins with the first of the fields that it names. In signed 128 bits; null if its address is not known.
create macro descriptor_place(first_byte, byte_count, field_addr, field_len, field_flags, field_next) as
    first_byte::hugeint - case when byte_count >= 16 or field_addr is not null then 0 when field_len is not null then 8
        when field_flags is not null then 12 when field_next is not null then 14 else 0 end
