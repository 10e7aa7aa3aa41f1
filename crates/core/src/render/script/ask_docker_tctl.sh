# Calls tctl in the container, with the flags of the environment. No shell reads the arguments again.
ask() {
  # shellcheck disable=SC2086 # split into words on purpose
  docker exec "$container" tctl ${MULTICLUSTER_FLAGS-} "$@"
}
