# Calls temporal with the flags of the environment.
ask() {
  # shellcheck disable=SC2086 # split into words on purpose
  temporal "$@" ${MULTICLUSTER_FLAGS-}
}
