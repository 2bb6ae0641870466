#!/usr/bin/env bash
# Builds both programs, records the default run, checks it, prints the report.
# Usage: samples/record-and-check.sh [RUN.parquet]
set -euo pipefail
cd "$(dirname "$0")/.."

run=${1:-artifacts/samples/blk-swiotlb.parquet}
mkdir -p "$(dirname "$run")"

dotnet build capture/Cli -c Release -v quiet --nologo
dotnet build analyzer/Cli -c Release -v quiet --nologo

artifacts/bin/Tracing.Capture.Cli/release/capture record -o "$run" --seed 1
artifacts/bin/Tracing.Analysis.Cli/release/analyzer check "$run"
