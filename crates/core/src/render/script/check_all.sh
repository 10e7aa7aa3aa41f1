# Stops before anything is changed unless every cluster is as planned.
check_all() {
  each_cluster check
  if [ "$problems" != 0 ]; then fail "Nothing was changed. Problems found: $problems."; fi
}

