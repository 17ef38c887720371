#!/usr/bin/env bash
# Runs a command on its own pseudo-terminal. The standard input of this script is the keyboard.
set -euo pipefail
command=$(printf '%q ' "$@")
exec script --quiet --return --flush --command "$command" /dev/null
