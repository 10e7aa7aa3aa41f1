# Namespaces that are in more than one cluster would be broken without the connections.
look_for_namespaces() {
  found=$(shared_namespaces "$4")
  if [ -n "$found" ]; then
    printf '%s has namespaces that are in more than one cluster:\n%s\n' "$1" "$found" >&2
    fail "Nothing was changed. What to do with them first stands in RUNBOOK.md: Take it apart."
  fi
}

# Makes one cluster forget another one. Servers look at the namespaces of some seconds ago, so a
# refusal counts only if it lasts.
remove() {
  if ! known "$4" "$6"; then
    printf '%s does not know %s: nothing to remove\n' "$1" "$6"
    return
  fi
  printf 'Removing %s from %s\n' "$6" "$1"
  tries=6
  until answer=$(forget "$4" "$6" 2>&1); do
    tries=$((tries - 1))
    if [ "$tries" = 0 ]; then fail "It refuses: $answer"; fi
    sleep 2
  done
}

echo "This removes all connections between the clusters, in both directions."
confirm "$@"
check_all
each_cluster look_for_namespaces
each_pair remove
