# Namespaces that are in more than one cluster would be broken without the connections.
look_for_namespaces() {
  found=$(shared_namespaces "$4")
  if [ -n "$found" ]; then
    printf '%s has namespaces that are in more than one cluster:\n%s\n' "$1" "$found" >&2
    fail "Nothing was changed. What to do with them first stands in RUNBOOK.md: Take it apart."
  fi
}

