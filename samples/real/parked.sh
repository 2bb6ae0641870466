#!/usr/bin/env bash
# A QEMU whose processor is parked, so that nobody but the qtest socket moves the machine. Its memory is the file "ram".
# Usage: parked.sh MEGABYTES [QEMU-ARGUMENT…]
set -euo pipefail
megabytes=$1
shift

# The processor begins 16 bytes below 4 GiB: cli; hlt; and once more.
{ head -c 65520 /dev/zero; printf '\xfa\xf4\xeb\xfd'; head -c 12 /dev/zero; } > parked.bin
exec qemu-system-x86_64 -M q35,memory-backend=ram -m "$megabytes" -object memory-backend-file,id=ram,size="$megabytes"M,share=on,mem-path=ram \
    -accel tcg -nodefaults -no-user-config -display none -no-reboot -monitor none -serial none \
    -qtest unix:qtest.sock,server=on,wait=off -qtest-log none -bios parked.bin "$@"
