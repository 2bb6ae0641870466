#!/usr/bin/env bash
# Brings libvhost-user out of Debian's source package of QEMU into FOLDER, with Debian's own patches and the package's version.
# Usage: fetch.sh FOLDER. Nothing of the system changes: package lists and sources are private, derived from the system's own.
set -euo pipefail
folder=$1

say() { echo "$1" >&2; exit 1; }

[ -f "$folder/version" ] && exit 0
command -v apt-get >/dev/null && command -v dpkg-source >/dev/null || say "it takes a Debian with dpkg-dev"
mkdir -p "$(dirname "$folder")"
work=$(mktemp -d "$folder.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{apt,lists/partial,cache}

for file in /etc/apt/sources.list.d/*.sources; do
    [ -f "$file" ] && sed 's/^Types:.*/Types: deb-src/' "$file" > "$work/apt/$(basename "$file")"
done
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -f "$file" ] && sed -n 's/^deb /deb-src /p' "$file" > "$work/apt/$(basename "$file" .list).list"
done

options=(-qq -o "Dir::Etc::sourcelist=/dev/null" -o "Dir::Etc::sourceparts=$work/apt" -o "Dir::State::lists=$work/lists"
    -o "Dir::Cache=$work/cache" -o "APT::Sandbox::User=$(id -un)")
apt-get "${options[@]}" update >/dev/null 2>&1 || say "the lists of source packages cannot be fetched"
(cd "$work" && apt-get "${options[@]}" source --download-only qemu >/dev/null 2>&1) || say "the source package of qemu cannot be fetched"
# apt has checked what it fetched; what is unpacked here is the same file.
dpkg-source --no-check -x "$work"/qemu_*.dsc "$work/qemu" >/dev/null 2>&1 || say "the source package of qemu cannot be unpacked"

# Its headers are links into the rest of QEMU.
cp -RL "$work/qemu/subprojects/libvhost-user" "$work/library"
sed -n 's/^Version: //p' "$work"/qemu_*.dsc | head -n 1 > "$work/library/version"
rm -rf "$folder"
mv "$work/library" "$folder"
