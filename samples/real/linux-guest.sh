#!/usr/bin/env bash
# Boots the kernel and the initramfs of this folder in QEMU, without hardware help; the console goes into the file "console".
# Usage: linux-guest.sh MEGABYTES KERNEL-WORDS [QEMU-ARGUMENT…]
set -euo pipefail
megabytes=$1 words=$2
shift 2

exec qemu-system-x86_64 -M q35,memory-backend=ram -m "$megabytes" -object memory-backend-memfd,id=ram,size="$megabytes"M,share=on \
    -accel tcg -nodefaults -no-user-config -display none -no-reboot -monitor none -serial file:console \
    -qtest unix:qtest.sock,server=on,wait=off -qtest-log none \
    -kernel vmlinuz -initrd initramfs.gz -append "console=ttyS0 panic=-1 $words" "$@"
