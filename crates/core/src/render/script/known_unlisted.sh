# Whether the cluster at $1 has stored the one named $2.
known() { describe_other "$1" "$2" >/dev/null 2>&1; }

