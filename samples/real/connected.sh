#!/usr/bin/env bash
# Becomes a program whose descriptor 0 is a connection to a unix socket: QEMU's x-pci-proxy-dev wants its peer so.
# Usage: connected.sh SOCKET PROGRAM [ARGUMENT…]
set -euo pipefail
socket=$1
shift

# socat splits the words of EXEC: by rules of its own, so they go through a file.
printf '%q ' exec "$@" > connected-program
exec socat "UNIX-CONNECT:$socket,retry=600,interval=0.1" "EXEC:/bin/bash connected-program,nofork"
