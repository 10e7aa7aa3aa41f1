# The namespaces of the cluster at $1 that are in more than one cluster, and in which.
shared_namespaces() {
  all=$(namespaces "$1") || fail "The namespaces at $1 could not be read."
  printf '%s\n' "$all" | awk '
    sub(/^Name: /, "") { name = $0 }
    sub(/^Clusters: /, "") && /, / { print "  " name ": " $0 }'
}

