# Compares what a cluster says of itself with the plan, and its shards with those of the clusters
# before it. What a release does not say of itself is not compared.
problems=0
all_shards=
check() {
  printf 'Checking %s at %s\n' "$1" "$4"
  if ! told=$(health "$4" 2>&1) || ! told=$(describe "$4" 2>&1); then
    no_answer "$1" "$4"
    return
  fi
  compare "$1" "name" clusterName "$(json "$1")"
  compare "$1" "initial failover version" initialFailoverVersion "$2"
  compare "$1" "failover version increment" failoverVersionIncrement "$increment"
  if [ "$3" != - ]; then compare "$1" "number of history shards" historyShardCount "$3"; fi
  shards=$(told_value historyShardCount)
  for others in $all_shards; do
    shards_fit "${shards:-1}" "$others" || problem "$1 has $shards history shards, and another cluster $others."
  done
  all_shards="$all_shards ${shards-}"
  # Refused in any case; where global namespaces are off, that is the reason.
  case $(probe "$4" "$1" "no such cluster" 2>&1) in
    *"global namespace when not enabled"*)
      problem "$1 was started with enableGlobalNamespace: false; it must be true." ;;
  esac
}
told_value() {
  printf '%s\n' "$told" | sed -n \
    -e "s/^ *\"$1\": \"\(.*\)\",\{0,1\}\$/\1/p" \
    -e "s/^ *\"$1\": \([0-9]*\),\{0,1\}\$/\1/p"
}
compare() {
  there=$(told_value "$3")
  if [ -n "$there" ] && [ "$there" != "$4" ]; then
    problem "$1: the $2 is $there there, and $4 in the plan."
  fi
}
problem() {
  printf '  %s\n' "$1" >&2
  problems=$((problems + 1))
}

