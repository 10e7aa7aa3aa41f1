# Call $1 with every cluster that stays and every one that leaves, and the other way round: the five
# values of both.
each_staying() { each_cluster with_each each_leaving "$1"; }
each_departing() { each_leaving with_each each_cluster "$1"; }
with_each() {
  table=$1 action=$2
  shift 2
  "$table" "$action" "$@"
}

