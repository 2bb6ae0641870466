#!/usr/bin/env bash
# lttng_cost.sh PROGRAM FOLDER EVENTS: runs it under an LTTng session of its own; prints nanoseconds an event, and how many were discarded.
set -euo pipefail
program=$1 folder=$2 events=$3
session="virtio-benchmark-$$"
export LTTNG_HOME=$folder
lttng-sessiond --daemonize --no-kernel --pidfile="$folder/sessiond.pid" >/dev/null
trap 'lttng destroy "$session" >/dev/null 2>&1 || true; kill "$(cat "$folder/sessiond.pid")"' EXIT
{
    lttng create "$session" --output="$folder/trace"
    lttng enable-channel --userspace --session="$session" --subbuf-size=4M --num-subbuf=8 channel
    lttng enable-event --userspace --session="$session" --channel=channel virtio:store_descriptor
    lttng start "$session"
} >/dev/null
measured=$("$program" "$events")
lttng stop "$session" >/dev/null 2>&1
discarded=$(lttng list "$session" | sed -n 's/.*Discarded events: *\([0-9]*\).*/\1/p' | head -1)
echo "$measured ${discarded:-0}"
