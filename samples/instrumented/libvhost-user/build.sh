#!/usr/bin/env bash
# Builds the block back end on libvhost-user in FOLDER, three times:
#   FOLDER/unpatched   the library as Debian ships it
#   FOLDER/compiled-out   the patched library, with VIRTIO_TRACE_OFF
#   FOLDER/recording   the patched library; it records where --journals says so
# Usage: build.sh LIBRARY FOLDER [s7|s8|s9|s10]     LIBRARY is what fetch.sh brought; with a site, only `recording`, without that pair's barriers.
set -euo pipefail
library=$1 folder=$2 without=${3:-}
here=$(cd "$(dirname "$0")" && pwd)
header=$here/../../../schemas

# The library is somebody else's: its warnings are no business of ours.
build() {
    local name=$1 source=$2
    shift 2
    mkdir -p "$folder/objects"
    gcc -std=gnu11 -O2 -g -w -D_GNU_SOURCE "$@" -I "$source" -I "$here" -I "$header" -c "$source/libvhost-user.c" -o "$folder/objects/$name-library.o"
    gcc -std=gnu11 -O2 -g -Wall -Wextra -D_GNU_SOURCE "$@" -isystem "$source" -I "$here" -I "$header" -c "$here/block-backend.c" -o "$folder/objects/$name.o"
    gcc -pthread "$folder/objects/$name.o" "$folder/objects/$name-library.o" -o "$folder/$name"
}

mkdir -p "$folder"
# shellcheck disable=SC2086
"$here/patch.sh" "$library" "$folder/patched" $without
build recording "$folder/patched"
[ -z "$without" ] || exit 0
build unpatched "$library" -DVIRTIO_TRACE_OFF
build compiled-out "$folder/patched" -DVIRTIO_TRACE_OFF
