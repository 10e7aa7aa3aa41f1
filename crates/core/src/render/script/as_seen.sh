# Calls $action with the five values of two clusters, the last one as the first cluster sees it.
as_seen() {
  seen=${10}
  each_seen look_up "$1" "$6"
  "$action" "$1" "$2" "$3" "$4" "$5" "$6" "$7" "$8" "$9" "$seen"
}
look_up() { if [ "$1" = "$3" ] && [ "$2" = "$4" ]; then seen=$5; fi; }

