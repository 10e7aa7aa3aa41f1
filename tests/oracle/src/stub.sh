#!/bin/sh
# Stands in for the program it is linked as: writes down how it was called, and answers as the test
# case says. Built-ins only, because PATH holds nothing but stubs.
set -eu

home=${0%/bin/*}
tool=${0##*/}
printf '%s\0' "$#" "$tool" "$@" >>"$home/calls"

# answer ID TIMES STATUS STDOUT STDERR: ends the call, unless that was done TIMES times (0: always).
answer() {
  seen=0
  if [ -f "$home/seen-$1" ]; then
    read -r seen <"$home/seen-$1"
  fi
  if [ "$2" -eq 0 ] || [ "$seen" -lt "$2" ]; then
    echo "$((seen + 1))" >"$home/seen-$1"
    printf '%s' "$4"
    printf '%s' "$5" >&2
    exit "$3"
  fi
}

# What the replies look at.
# shellcheck disable=SC2034
call="$tool $*"
# shellcheck source=/dev/null
. "$home/replies"
