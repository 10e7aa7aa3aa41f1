# Compares what one cluster knows of another one with the plan, a row of the table each.
verify_pair() {
  found=$(state "$4" "$1" "$6" "${10}")
  printf '%-20s  %-20s  %-28s  %s\n' "$1" "$6" "${10}" "$found"
  if [ "$found" != works ]; then problems=$((problems + 1)); fi
}

each_cluster check
printf '\n%-20s  %-20s  %-28s  %s\n' FROM TO ADDRESS STATE
each_pair verify_pair
