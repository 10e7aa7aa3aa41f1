# Tells one cluster where another one is, and turns the connection on.
connect() {
  printf 'Connecting %s to %s at %s\n' "$1" "$6" "${10}"
  upsert "$4" "${10}" ||
    fail "$1 cannot connect to $6 at ${10}. Put that right and run this again; verify.sh shows what is connected."
}

