# The namespaces of the cluster at $1 that are active in no cluster that stays. The server's own one is
# in every cluster.
own_namespaces() {
  all=$(namespaces "$1") || fail "The namespaces at $1 could not be read."
  printf '%s\n' "$all" | staying=$(each_cluster name_there) awk '
    BEGIN { split(ENVIRON["staying"], names, "\n"); for (i in names) stays[names[i]] }
    /^    "name": / { split($0, part, "\""); name = part[4] }
    sub(/^    "activeClusterName": "/, "") {
      sub(/",?$/, "")
      if (name != "temporal-system" && !($0 in stays)) print "  " name
    }'
}
name_there() {
  json "$1"
  echo
}

