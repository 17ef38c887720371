#!/usr/bin/env bash
# Runs a command on a terminal of its own, whose keyboard is this program's input.
set -euo pipefail
command=$(printf '%q ' "$@")
exec script --quiet --return --flush --command "$command" /dev/null
