# Takes a place apart: container and address.
at() {
  container=${1%/*}
  address=${1##*/}
}
