-- view: feature_requirement
-- materialize: yes
-- device_type: virtio device type
-- feature_bit: a feature of that type
-- feature: its name
-- required: bits of which at least one must be accepted with it
-- required_names: their names
--
-- ## Why
-- From the sections "Feature bit requirements" of virtio 1.4. A feature with two requirements has two rows.
with requirement(device_type, feature_bit, feature, required, required_names) as (
    values
        (1, 7, 'VIRTIO_NET_F_GUEST_TSO4', [1], 'GUEST_CSUM'),
        (1, 8, 'VIRTIO_NET_F_GUEST_TSO6', [1], 'GUEST_CSUM'),
        (1, 9, 'VIRTIO_NET_F_GUEST_ECN', [7, 8], 'GUEST_TSO4 or GUEST_TSO6'),
        (1, 10, 'VIRTIO_NET_F_GUEST_UFO', [1], 'GUEST_CSUM'),
        (1, 54, 'VIRTIO_NET_F_GUEST_USO4', [1], 'GUEST_CSUM'),
        (1, 55, 'VIRTIO_NET_F_GUEST_USO6', [1], 'GUEST_CSUM'),
        (1, 65, 'VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO', [7], 'GUEST_TSO4'),
        (1, 65, 'VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO', [8], 'GUEST_TSO6'),
        (1, 65, 'VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO', [54], 'GUEST_USO4'),
        (1, 65, 'VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO', [55], 'GUEST_USO6'),
        (1, 66, 'VIRTIO_NET_F_GUEST_UDP_TUNNEL_GSO_CSUM', [65], 'GUEST_UDP_TUNNEL_GSO'),
        (1, 11, 'VIRTIO_NET_F_HOST_TSO4', [0], 'CSUM'),
        (1, 12, 'VIRTIO_NET_F_HOST_TSO6', [0], 'CSUM'),
        (1, 13, 'VIRTIO_NET_F_HOST_ECN', [11, 12], 'HOST_TSO4 or HOST_TSO6'),
        (1, 14, 'VIRTIO_NET_F_HOST_UFO', [0], 'CSUM'),
        (1, 56, 'VIRTIO_NET_F_HOST_USO', [0], 'CSUM'),
        (1, 67, 'VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO', [11], 'HOST_TSO4'),
        (1, 67, 'VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO', [12], 'HOST_TSO6'),
        (1, 67, 'VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO', [56], 'HOST_USO'),
        (1, 68, 'VIRTIO_NET_F_HOST_UDP_TUNNEL_GSO_CSUM', [67], 'HOST_UDP_TUNNEL_GSO'),
        (1, 18, 'VIRTIO_NET_F_CTRL_RX', [17], 'CTRL_VQ'),
        (1, 19, 'VIRTIO_NET_F_CTRL_VLAN', [17], 'CTRL_VQ'),
        (1, 21, 'VIRTIO_NET_F_GUEST_ANNOUNCE', [17], 'CTRL_VQ'),
        (1, 22, 'VIRTIO_NET_F_MQ', [17], 'CTRL_VQ'),
        (1, 23, 'VIRTIO_NET_F_CTRL_MAC_ADDR', [17], 'CTRL_VQ'),
        (1, 53, 'VIRTIO_NET_F_NOTF_COAL', [17], 'CTRL_VQ'),
        (1, 61, 'VIRTIO_NET_F_RSC_EXT', [11, 12], 'HOST_TSO4 or HOST_TSO6'),
        (1, 60, 'VIRTIO_NET_F_RSS', [17], 'CTRL_VQ'),
        (1, 52, 'VIRTIO_NET_F_VQ_NOTF_COAL', [17], 'CTRL_VQ'),
        (1, 51, 'VIRTIO_NET_F_HASH_TUNNEL', [17], 'CTRL_VQ'),
        (1, 51, 'VIRTIO_NET_F_HASH_TUNNEL', [60, 57], 'RSS or HASH_REPORT'),
        (1, 64, 'VIRTIO_NET_F_RSS_CONTEXT', [17], 'CTRL_VQ'),
        (1, 64, 'VIRTIO_NET_F_RSS_CONTEXT', [60], 'RSS'),
        (20, 1, 'VIRTIO_CRYPTO_F_CIPHER_STATELESS_MODE', [0], 'REVISION_1'),
        (20, 2, 'VIRTIO_CRYPTO_F_HASH_STATELESS_MODE', [0], 'REVISION_1'),
        (20, 3, 'VIRTIO_CRYPTO_F_MAC_STATELESS_MODE', [0], 'REVISION_1'),
        (20, 4, 'VIRTIO_CRYPTO_F_AEAD_STATELESS_MODE', [0], 'REVISION_1'),
        (20, 5, 'VIRTIO_CRYPTO_F_AKCIPHER_STATELESS_MODE', [0], 'REVISION_1'),
        (36, 2, 'VIRTIO_CAN_F_RTR_FRAMES', [0], 'CAN_CLASSIC')
)
select device_type, feature_bit, feature, required, required_names
from requirement
