# What a trace by samples/imported/ftrace.probes says of each device, found by reading its raw lines and nothing else.
# Usage: awk -f ftrace.awk TRACE

function of(key,   i, part) {
    for (i = 1; i <= NF; i++) { split($i, part, "="); if (part[1] == key) return part[2] }
    return ""
}
function device(   mdev) { mdev = of("mdev"); if (!(mdev in number)) number[mdev] = devices++; return number[mdev] }

/ set_status: /      { status[device()] = of("status") }
/ get_features_of: / { asked[$1] = device() }
/ get_features: /    { offered[asked[$1]] = of("f") }
/ set_features: /    { accepted[device()] = of("f") }
/ queue_size: /      { size[device(), of("idx")] = of("size") }
/ queue_address: /   { place[device(), of("idx")] = of("desc") " " of("avail") " " of("used") }
/ queue_enable: /    { d = device(); q = of("idx"); print "queue " d "/" q ": " size[d, q] " at " place[d, q] }
/ map_page_ret: /    { if (of("dma") != "0xffffffffffffffff") maps++ }
/ unmap_page: /      { unmaps++ }
/ vp_notify: /       { doorbells++ }

END {
    for (d = 0; d < devices; d++) print "device " d ": offered " offered[d] ", accepted " accepted[d] ", status " status[d]
    print maps " mapped, " unmaps " unmapped, " doorbells " doorbells"
}
