# Namespaces that are in a cluster that leaves, and in another one, would be broken. Names stand there
# as they are, or as in JSON.
look_for_users() {
  shared=$(shared_namespaces "$4") || exit 1
  found=$(printf '%s\n' "$shared" | name=$6 in_json=$(json "$6") awk '
    function has(name) { return index($0 ", ", ": " name ", ") || index($0 ", ", ", " name ", ") }
    has(ENVIRON["name"]) || has(ENVIRON["in_json"])')
  if [ -n "$found" ]; then
    printf '%s has namespaces that are in %s too:\n%s\n' "$1" "$6" "$found" >&2
    fail "Nothing was removed. What to do with them first stands in CHANGE.md: Let the namespaces leave."
  fi
}

