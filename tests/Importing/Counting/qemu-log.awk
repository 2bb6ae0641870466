# What a QEMU trace log says of virtio devices, told without any code of the importer: one line for each step of a negotiation and
# of a queue's set-up, in the log's order, and counts at the end. Numbers stay the text that QEMU printed.
# Usage: awk -f qemu-log.awk LOG      QEMU's own virtio-pci functions, virtio-mmio, and a proxied function whose common and
# notification structures are the first and the second page of its BAR 0.

function number_of(key, what) {
    if (!(key in numbers)) { numbers[key] = count++; names[count - 1] = what }
    return numbers[key]
}

# QEMU prints what a device gives back whole; the guest gets as many bytes as it asked for.
function low(value, bytes) {
    value = substr(value, 3)
    if (length(value) > 2 * bytes) value = substr(value, length(value) - 2 * bytes + 1)
    sub(/^0+/, "", value)
    return "0x" (value == "" ? "0" : value)
}

function digit(letter) { return index("0123456789abcdef", letter) - 1 }

# The write or read of a register of the common configuration structure (virtio 1.3 §4.1.4.3).
function common(device, write, offset, value) {
    if (offset == "000" && write) offered_word[device] = value
    else if (offset == "004" && !write) print device, "offered", offered_word[device], value
    else if (offset == "008" && write) accepted_word[device] = value
    else if (offset == "00c" && write) print device, "accepted", accepted_word[device], value
    else if (offset == "014" && write) { print device, "status", value; pending = device; if (value == "0x0") offered_word[device] = accepted_word[device] = "0x0" }
    else if (offset == "016" && write) queue[device] = value
    else if (offset == "018" && write) print device, "size", queue[device], value
    else if (offset == "01c" && write) print device, "enable", queue[device], value
    else if (offset ~ /^0(20|24|28|2c|30|34)$/ && write) print device, "area", queue[device], offset, value
}

# The same for virtio-mmio (virtio 1.3 §4.2.2), told in the same words.
function mmio(device, write, offset, value) {
    if (offset == "014" && write) offered_word[device] = value
    else if (offset == "010" && !write) print device, "offered", offered_word[device], value
    else if (offset == "024" && write) accepted_word[device] = value
    else if (offset == "020" && write) print device, "accepted", accepted_word[device], value
    else if (offset == "070" && write) { print device, "status", value; pending = device; if (value == "0x0") offered_word[device] = accepted_word[device] = "0x0" }
    else if (offset == "030" && write) queue[device] = value
    else if (offset == "038" && write) print device, "size", queue[device], value
    else if (offset == "044" && write) print device, "enable", queue[device], value
    else if (offset == "080" && write) print device, "area", queue[device], "020", value
    else if (offset == "084" && write) print device, "area", queue[device], "024", value
    else if (offset == "090" && write) print device, "area", queue[device], "028", value
    else if (offset == "094" && write) print device, "area", queue[device], "02c", value
    else if (offset == "0a0" && write) print device, "area", queue[device], "030", value
    else if (offset == "0a4" && write) print device, "area", queue[device], "034", value
    else if (offset == "050" && write) rung[device]++
}

{ sub(/^[0-9]+@[0-9.]+:/, "") }

/^memory_region_ops_(read|write) / {
    write = ($1 == "memory_region_ops_write"); address = $7; value = low($9, $11); region = $13
    page = digit(substr(address, length(address) - 3, 1)); offset = substr(address, length(address) - 2)
    head = substr(address, 1, length(address) - 4)
    if (region ~ /^'virtio-pci-/) {
        device = number_of(head " " (page - page % 4), region)
        if (region ~ /-common-/) common(device, write, offset, value)
        else if (region ~ /-notify-/ && write) rung[device]++
    } else if (region == "'bar-region-0'") {
        device = number_of(head " " (page - page % 4), region)
        if (page % 4 == 0) common(device, write, offset, value)
        else if (page % 4 == 1 && write) rung[device]++
    } else if (region == "'virtio-mmio'") {
        hundreds = digit(substr(offset, 1, 1))
        key = head " " page " " (hundreds - hundreds % 2)
        offset = (hundreds % 2) substr(offset, 2)
        # A transport is a device when somebody goes beyond its ids.
        if (!(key in numbers) && offset ~ /^00[048c]$/) next
        mmio(number_of(key, region), write, offset, value)
    }
}

# The line about a status comes behind the write of it, and tells whose the pointer is.
/^virtio_set_status / { if (pending != "") owner[$3] = pending; pending = "" }
/^virtio_queue_notify / { if ($3 in owner) notified[owner[$3]]++ }
/^vtd_iotlb_page_(hit|update) / { accesses++ }
/^vtd_dmar_translate / { translations++ }
/^vtd_dmar_fault / { faults++ }

END {
    # Each doorbell makes QEMU notify the queue, also where the write itself is an eventfd and leaves no line.
    for (device = 0; device < count; device++) print device, "doorbells", (device in notified) ? notified[device] : rung[device] + 0
    print "all", "accesses", accesses + 0
    print "all", "translations", translations + 0
    print "all", "faults", faults + 0
}
