# A cluster that leaves may be lost. If it answers, it must be the one that was read.
check_leaving() {
  printf 'Checking %s at %s, which leaves\n' "$1" "$4"
  if told=$(health "$4" 2>&1) && told=$(describe "$4" 2>&1); then
    compare "$1" "name" clusterName "$(json "$1")"
  else
    echo "  It does not answer there: only the others forget it. Never start it again as it is."
  fi
}

