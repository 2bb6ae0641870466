# What a conversation with QEMU says of virtio devices, told without any code of the importer and without a JSON parser: of each
# device, in the order of the list of devices, how many features it shows and has accepted, how many bits its status has, how many of its
# queues are enabled, and how many descriptors were shown. One question or answer a line, as QEMU prints them.
# Usage: awk -f qmp.awk CONVERSATION

# What stands behind a word, up to the next closing brace.
function section(line, word,    from, rest) {
    from = index(line, word)
    if (from == 0) return ""
    rest = substr(line, from + length(word))
    return substr(rest, 1, index(rest, "}"))
}

function count(text, pattern) { return gsub(pattern, "&", text) }

# Names, less those that only the legacy interface shows, and one for a number of one bit.
function features(text) {
    return count(text, "\"V(IRTIO|HOST)_[A-Z_0-9]*:") - count(text, "F_NOTIFY_ON_EMPTY:") - count(text, "F_ANY_LAYOUT:") \
        - count(text, "USER_F_PROTOCOL_FEATURES:") - count(text, "NET_F_GSO:") + (text ~ /unknown-dev-features": [1-9]/)
}

/"execute"/ {
    path = ""
    if (match($0, /"path": "[^"]*"/)) path = substr($0, RSTART + 9, RLENGTH - 10)
    next
}

/"return": \[/ {
    list = $0
    while (match(list, /"path": "[^"]*"/)) {
        order[devices++] = substr(list, RSTART + 9, RLENGTH - 10)
        list = substr(list, RSTART + RLENGTH)
    }
}

/"guest-features"/ {
    offered[path] = features(section($0, "\"host-features\":"))
    accepted[path] = features(section($0, "\"guest-features\":"))
    status[path] = count($0, "VIRTIO_CONFIG_S_")
}

/"vring-desc": [1-9]/ { enabled[path]++ }

/"descs"/ { descriptors[path] += count($0, "\"addr\":") }

END {
    for (i = 0; i < devices; i++) {
        path = order[i]
        print path, "offered", offered[path] + 0, "accepted", accepted[path] + 0, "status", status[path] + 0, "enabled", enabled[path] + 0, "descriptors", descriptors[path] + 0
    }
}
