# Tells one cluster where another one is, and turns the connection on.
connect() {
  printf 'Connecting %s to %s at %s\n' "$1" "$6" "${10}"
  upsert "$4" "${10}"
}

check_all
each_pair connect
