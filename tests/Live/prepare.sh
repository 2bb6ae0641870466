#!/usr/bin/env bash
# Brings what the live tests need and this machine may lack: QEMU, busybox, socat, what builds a source package, and a guest kernel unpacked
# into FOLDER.
# Usage: tests/Live/prepare.sh FOLDER. It takes root and a Debian; it says in one line what is missing otherwise.
set -euo pipefail
folder=$1
packages=(qemu-system-x86 qemu-system-common qemu-system-data seabios ipxe-qemu busybox-static socat dpkg-dev gcc libc6-dev)

say() { echo "$1" >&2; exit 1; }

command -v apt-get >/dev/null && command -v dpkg >/dev/null || say "this is no Debian: install ${packages[*]} and a kernel by hand"
missing=()
for package in "${packages[@]}"; do
    dpkg -s "$package" 2>/dev/null | grep -q '^Status: install ok installed' || missing+=("$package")
done

mkdir -p "$folder"
if [ ${#missing[@]} -gt 0 ] || [ -z "$(ls "$folder"/kernel/boot/vmlinuz-* 2>/dev/null)" ]; then
    [ "$(id -u)" = 0 ] || say "installing ${missing[*]:-a guest kernel} takes root"
    apt-get -qq update >/dev/null || say "the package lists cannot be fetched"
fi

if [ ${#missing[@]} -gt 0 ]; then
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null || say "${missing[*]} cannot be installed"
fi

if [ -z "$(ls "$folder"/kernel/boot/vmlinuz-* 2>/dev/null)" ]; then
    # Unpacked only: installing a kernel here would change this machine's boot.
    kernel=$(apt-cache depends linux-image-cloud-amd64 | grep -oE 'linux-image-[0-9][^ ]*' | head -n 1)
    [ -n "$kernel" ] || say "there is no package of a guest kernel"
    (cd "$folder" && apt-get -qq download "$kernel" >/dev/null 2>&1) || say "$kernel cannot be fetched"
    rm -rf "$folder/kernel.partial"
    dpkg -x "$folder"/"$kernel"_*.deb "$folder/kernel.partial"
    rm -f "$folder"/"$kernel"_*.deb
    rm -rf "$folder/kernel"
    mv "$folder/kernel.partial" "$folder/kernel"
fi
