#!/usr/bin/env bash
# Copies libvhost-user from LIBRARY to TARGET and lets it record: every access to a ring, every barrier, notification and message.
# What the library does stays as it is: each access is an argument of a function of ours, each barrier is still the library's own.
# Usage: patch.sh LIBRARY TARGET [s7|s8|s9|s10]     With a site, the barriers that the pair of that name rests on are taken away.
set -euo pipefail
library=$1 target=$2 without=${3:-}

say() { echo "patch.sh: $1" >&2; exit 1; }

rm -rf "$target"
cp -R "$library" "$target"
file=$target/libvhost-user.c

# Changes or adds COUNT lines by a sed script. Another count means another library than the one that was read: then nobody knows what
# is recorded.
change() {
    local count=$1 script=$2 changed
    sed -E "$script" "$file" > "$file.new"
    changed=$(diff "$file" "$file.new" | grep -c '^>') || true
    [ "$changed" = "$count" ] || say "$script changes $changed lines; $count were expected"
    mv "$file.new" "$file"
}

# Takes away COUNT barriers of a function.
take_away() {
    local count=$1 function=$2 barrier=$3
    change "$count" "/^$function\(/,/^}/s/^( *)$barrier\(\);/\1;/"
}

case $without in
    "") ;;
    s7) take_away 1 virtqueue_num_heads smp_rmb; take_away 1 vu_queue_pop smp_rmb ;;
    s8) take_away 1 vu_queue_flush smp_wmb ;;
    s9) take_away 1 vring_notify smp_mb ;;
    s10) take_away 1 vu_queue_set_notification smp_mb ;;
    *) say "$without is none of s7, s8, s9, s10" ;;
esac

change 1 's/^#include "libvhost-user\.h"$/&\n#include "messages.h"/'

# The rings. A load is recorded once its value is there; a store is recorded and then made.
change 1 's/le16toh\(vq->vring\.avail->flags\)/loaded(vq, VTRACE_PART_AVAILABLE_FLAGS, \&vq->vring.avail->flags, &)/'
change 1 's/le16toh\(vq->vring\.avail->idx\)/loaded(vq, VTRACE_PART_AVAILABLE_INDEX, \&vq->vring.avail->idx, &)/'
change 1 's/le16toh\(vq->vring\.avail->ring\[i\]\)/loaded_entry(vq, i, &)/'
change 2 's/le16toh\(vq->vring\.used->idx\)/loaded(vq, VTRACE_PART_USED_INDEX, \&vq->vring.used->idx, &)/'
change 2 's/\*flags = htole16\((le16toh\(\*flags\))(.*)\);/*flags = htole16(storing(vq, VTRACE_PART_USED_FLAGS, flags, loaded(vq, VTRACE_PART_USED_FLAGS, flags, \1)\2));/'
change 1 's/\*avail = htole16\(val\);/*avail = htole16(storing(vq, VTRACE_PART_AVAILABLE_EVENT, avail, val));/'
change 1 's/vq->vring\.used->idx = htole16\(val\);/vq->vring.used->idx = htole16(storing(vq, VTRACE_PART_USED_INDEX, \&vq->vring.used->idx, val));/'
change 1 's/^( *)used->ring\[i\] = \*uelem;/\1storing_used(vq, i, uelem);\n&/'

# Descriptors: each field at each load, in the table of the queue or in an indirect one; and which chain they belong to.
change 7 's/le16toh\(desc\[i\]\.flags\)/loaded_flags(desc, i, &)/'
change 18 's/le(16|32|64)toh\(desc\[i\]\.(next|len|addr)\)/loaded_\2(desc, i, &)/g'
change 1 's/^( *)unsigned int i = idx;/&\n\1begin_chain(vq, idx);/'
change 1 's/^( *)i = elem->index;/&\n\1begin_chain(vq, i);/'
change 1 's/^( *)desc = vq->vring\.desc;/&\n\1begin_chain(vq, i);/'
change 1 's/^( *)memcpy\(desc, ori_desc, read_len\);/&\n\1loaded_entries(ori_desc, read_len);/'

# Barriers: what each executes stays the macro of QEMU.
barriers=$(grep -cE '^ *smp_(mb|rmb|wmb)\(\);' "$file")
change "$barriers" 's/^( *)smp_(mb|rmb|wmb)\(\);/\1recorded_\2();/'
change 3 's/^( *)barrier\(\);/\1recorded_barrier();/'

# Notifications of either side. The library itself signals a new call eventfd once.
change 1 's/^( *)rc = eventfd_read\(sock, &kick_data\);/&\n\1if (rc == 0) notified(vq);/'
change 1 's/eventfd_write\(vq->call_fd, 1\)/(notifying(vq), &)/'
change 1 's/eventfd_write\(vmsg->fds\[0\], 1\)/(notifying(\&dev->vq[index]), &)/'

# The conversation, and what the library cannot go on with.
change 1 's/^( *)int do_reply = 0;/&\n\1received(dev, vmsg);/'
change 1 '/^vu_send_reply\(/,/^}/s/^( *)return vu_message_write\(dev, conn_fd, vmsg\);/\1sending(dev, vmsg);\n&/'
change 1 's/^( *)dev->broken = true;/\1failed(buf);\n&/'
