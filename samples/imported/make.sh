#!/usr/bin/env bash
# Makes the recordings of this folder anew, each by the commands in its NAME.expect. It takes what the live tests take: see HACKING.md.
# Usage: samples/imported/make.sh [NAME]
set -euo pipefail
cd "$(dirname "$0")/../.."

TRACING_SAMPLE=${1:-} dotnet run --project tests -- -explicit only -class Tracing.Tests.Samples.ImportedSampleMaker
