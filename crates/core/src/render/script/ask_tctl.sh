# Calls tctl with the flags of the environment.
ask() {
  # shellcheck disable=SC2086 # split into words on purpose
  tctl ${MULTICLUSTER_FLAGS-} "$@"
}
