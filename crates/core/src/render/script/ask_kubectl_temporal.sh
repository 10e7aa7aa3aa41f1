# Calls temporal in the pod, with the flags of the environment. No shell reads the arguments again.
ask() {
  # shellcheck disable=SC2086 # split into words on purpose
  kubectl ${context:+"--context=$context"} exec -n "$namespace" "deploy/$deployment" -- temporal "$@" ${MULTICLUSTER_FLAGS-}
}
