# The clusters that stay do not know what is only in one that leaves: it would end there.
look_for_own() {
  if ! health "$4" >/dev/null 2>&1; then
    printf '%s does not answer: its own namespaces could not be looked at\n' "$1"
    return
  fi
  found=$(own_namespaces "$4") || exit 1
  if [ -z "$found" ]; then return; fi
  printf '%s has namespaces that are active in no cluster that stays:\n%s\n' "$1" "$found" >&2
  if [ -z "$give_up" ]; then
    how_to_keep "$1" "$4" >&2
    fail "Nothing was removed. Where none of them is wanted any more, --give-up-namespaces goes on."
  fi
}

