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
