#!/bin/sh
# Write the lock files of anforderungen/ anew: exact versions with hashes, for all systems. Needs uv.
set -eu
cd "$(dirname "$0")/.."
lock="uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header"
# hatchling and editables install the project without fetching anything that is not locked
printf 'hatchling>=1.25\neditables\n' | $lock --output-file anforderungen/laufzeit.txt pyproject.toml -
printf 'hatchling>=1.25\neditables\nbuild\n' | $lock --group test --group pruefung --constraint anforderungen/laufzeit.txt \
  --output-file anforderungen/test.txt pyproject.toml -
