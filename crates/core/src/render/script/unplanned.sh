# Tells which clusters the one named $1, at $4, has stored that are not in the plan.
unplanned() {
  rows=$(list "$4" 2>/dev/null) || return 0
  others=$(printf '%s\n' "$rows" | from=$1 planned=$(each_cluster planned_name) awk -v name_key="$name_key" '
    BEGIN { split(ENVIRON["planned"], names, "\n"); for (i in names) planned[names[i]] }
    index($0, "\"" name_key "\": \"") {
      sub(/^[^:]*: "/, ""); sub(/",?$/, "")
      if (!($0 in planned)) printf "%-20s  %-20s  %-28s  not in the plan\n", ENVIRON["from"], $0, "-"
    }')
  if [ -n "$others" ]; then
    printf '%s\n' "$others"
    problems=$((problems + 1))
  fi
}
planned_name() {
  json "$1"
  echo
}

each_cluster unplanned
