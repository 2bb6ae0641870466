-- view: device_type_features
-- materialize: yes
-- uses: feature_mask
-- device_type: virtio device type; only those that virtio 1.4 describes (chapter Device Types)
-- features: 128-bit mask of the bits that the type defines, its legacy ones included
with defined(device_type, feature_bits) as (
    values
        (1, [0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 41, 42, 50, 51, 52, 53,
            54, 55, 56, 57, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70]),
        (2, [0, 1, 2, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17]),
        (3, [0, 1, 2]),
        (4, []),
        (5, [0, 1, 2, 3, 4, 5]),
        (8, [0, 1, 2, 3]),
        (16, [0, 1, 2, 3, 4, 5]),
        (17, [0]),
        (18, []),
        (19, [0, 1, 2]),
        (20, [0, 1, 2, 3, 4, 5]),
        (23, [0, 1, 2, 3, 4, 5, 6]),
        (24, [0, 1, 2]),
        (25, [0]),
        (26, [0]),
        (27, [0]),
        (28, []),
        (32, [0, 1]),
        (34, [0]),
        (36, [0, 1, 2, 3]),
        (41, [0]),
        (45, []),
        (48, [])
)
select device_type, feature_mask(feature_bits) as features
from defined
