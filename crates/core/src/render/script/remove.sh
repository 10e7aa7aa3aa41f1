# Makes one cluster forget another one. Servers look at the namespaces of some seconds ago, so a
# refusal counts only if it lasts.
remove() {
  if ! known "$4" "$6"; then
    printf '%s does not know %s: nothing to remove\n' "$1" "$6"
    return
  fi
  printf 'Removing %s from %s\n' "$6" "$1"
  tries=6
  until answer=$(forget "$4" "$6" 2>&1); do
    tries=$((tries - 1))
    if [ "$tries" = 0 ]; then fail "It refuses: $answer"; fi
    sleep 2
  done
}

