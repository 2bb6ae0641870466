-- macro: feature_list
--
-- ## Meaning
-- The bits of a feature set as text, with the names of those that no device type owns: '3, RING_PACKED (34)'.
create macro feature_list(features) as
    list_aggregate(
        list_transform(
            list_filter(range(0, 128), lambda b: (features::uhugeint >> b::uhugeint) & 1::uhugeint = 1),
            lambda b: coalesce(
                map {24: 'NOTIFY_ON_EMPTY', 28: 'INDIRECT_DESC', 29: 'EVENT_IDX', 32: 'VERSION_1', 33: 'ACCESS_PLATFORM',
                    34: 'RING_PACKED', 35: 'IN_ORDER', 36: 'ORDER_PLATFORM', 37: 'SR_IOV', 38: 'NOTIFICATION_DATA',
                    39: 'NOTIF_CONFIG_DATA', 40: 'RING_RESET', 43: 'SUSPEND'}[b] || ' (' || b || ')', b::varchar)),
        'string_agg', ', ')
