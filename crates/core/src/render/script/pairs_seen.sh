# Calls $1 with every cluster and every other one: the five values of both, the last one as the first
# cluster sees it.
each_pair() { each_cluster with_others "$1"; }
with_others() {
  action=$1
  shift
  each_cluster pair "$@"
}
pair() { if [ "$1" != "$6" ]; then as_seen "$@"; fi; }

