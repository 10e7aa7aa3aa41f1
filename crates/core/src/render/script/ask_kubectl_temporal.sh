# Takes a place apart: context (where one is named), namespace, deployment and address.
at() {
  address=${1##*/}
  set -- "${1%/*}"
  deployment=${1##*/}
  set -- "${1%/*}"
  namespace=${1##*/}
  context=${1%"$namespace"}
  context=${context%/}
}
# Calls temporal in the pod, with the flags of the environment. No shell reads the arguments again.
ask() {
  # shellcheck disable=SC2086 # split into words on purpose
  kubectl ${context:+"--context=$context"} exec -n "$namespace" "deploy/$deployment" -- temporal "$@" ${MULTICLUSTER_FLAGS-}
}
