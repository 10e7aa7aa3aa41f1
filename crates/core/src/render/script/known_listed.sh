# Whether the cluster at $1 has stored the one named $2.
known() {
  row=$(stored "$1" "$2") || exit 1
  [ -n "$row" ]
}

