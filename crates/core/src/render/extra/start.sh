serves() {
  seconds=0
  until temporal operator cluster health --address "$1" >/dev/null 2>&1; do
    if [ "$seconds" -ge 300 ]; then
      printf '%s\n' "$1 does not serve." >&2
      exit 1
    fi
    seconds=$((seconds + 2))
    sleep 2
  done
  printf '%s\n' "$1 serves."
}

each_address serves
exec sh connect.sh
