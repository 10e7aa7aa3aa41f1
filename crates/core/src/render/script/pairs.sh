# Calls $1 with every cluster and every other one: the five values of both.
each_pair() { each_cluster with_others "$1"; }
with_others() {
  action=$1
  shift
  each_cluster pair "$@"
}
pair() { if [ "$1" != "$6" ]; then "$action" "$@"; fi; }

