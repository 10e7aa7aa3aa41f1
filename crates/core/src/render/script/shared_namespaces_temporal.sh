# The namespaces of the cluster at $1 that are in more than one cluster, and in which.
shared_namespaces() {
  all=$(namespaces "$1") || fail "The namespaces at $1 could not be read."
  printf '%s\n' "$all" | awk -F '"' '
    function tell() { if (count > 1) print "  " name ": " clusters }
    /^    "name": / { tell(); name = $4; count = 0 }
    /^        "clusterName": / {
      sub(/^[^:]*: "/, ""); sub(/",?$/, "")
      clusters = count++ ? clusters ", " $0 : $0
    }
    END { tell() }'
}

