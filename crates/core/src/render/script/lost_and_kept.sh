# What is said of the cluster $1 that does not answer at $2, and may never do so again.
no_answer() {
  problem "$1 does not answer at $2: $told"
  printf '  %s\n' \
    "All clusters must answer. If $1 is lost, fail its namespaces over to a cluster that stays, as in RUNBOOK.md." \
    "In this release they cannot leave $1. While none is in it, let each cluster that stays forget it:" \
    "tctl --address ADDRESS admin cluster remove-remote-cluster --cluster NAME" >&2
}

