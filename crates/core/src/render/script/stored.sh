# What the cluster at $1 has stored of the one named $2: its address, and "on" or "off".
stored() {
  rows=$(list "$1") || fail "The list of clusters at $1 could not be read."
  printf '%s\n' "$rows" | name=$(json "$2") awk -v name_key="$name_key" -v address_key="$address_key" -v on_key="$on_key" '
    index($0, "\"" name_key "\": ") { mine = index($0, ": \"" ENVIRON["name"] "\"") }
    mine && index($0, "\"" address_key "\": ") { split($0, part, "\""); address = part[4] }
    mine && index($0, "\"" on_key "\": true") { on = 1 }
    END { if (address != "") print address, on ? "on" : "off" }'
}

