# Calls $2 with every connection of the table $1: the five values of both clusters, the last one as the
# first cluster sees it.
each_of() { "$1" both_of "$2"; }
both_of() {
  action=$1 from=$2 to=$3
  each_cluster first_of
}
first_of() { if [ "$1" = "$from" ]; then each_cluster second_of "$@"; fi; }
second_of() { if [ "$6" = "$to" ]; then as_seen "$@"; fi; }

