# What keeps the cluster named $2, at $1, from using its connection to the one named $3. This release
# does not tell the address, nor whether the connection is on.
state() {
  if ! known "$1" "$3"; then
    echo "not connected: run connect.sh"
  elif usable "$1" "$2" "$3"; then
    echo works
  else
    echo "disabled, or the servers were not restarted since it was connected"
  fi
}

