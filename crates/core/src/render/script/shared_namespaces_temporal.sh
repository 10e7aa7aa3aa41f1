# The namespaces of the cluster at $1 that are in more than one cluster.
shared_namespaces() {
  all=$(namespaces "$1") || fail "The namespaces at $1 could not be read."
  printf '%s\n' "$all" | awk -F '"' '
    /^    "name": / { name = $4; count = 0 }
    /^        "clusterName": / && ++count == 2 { print "  " name }'
}

