# Servers read their connections once a minute: waits for two minutes at most.
wait_until_usable() {
  printf 'Waiting until %s can use its connection to %s ' "$1" "$6"
  tries=60
  until usable "$4" "$1" "$6"; do
    tries=$((tries - 1))
    if [ "$tries" = 0 ]; then
      echo
      fail "It still cannot: $answer"
    fi
    printf .
    sleep 2
  done
  echo
}

