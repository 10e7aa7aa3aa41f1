# Makes a cluster that leaves forget another one, if it still answers.
remove_there() { if health "$4" >/dev/null 2>&1; then remove "$@"; fi; }

