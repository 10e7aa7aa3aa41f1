# Whether the cluster named $2, at $1, can use its connection to the one named $3. It is asked for a
# namespace that it must refuse in any case, as its active cluster is not among its clusters; before
# that it refuses clusters that it cannot use.
usable() {
  answer=$(probe "$1" "$2" "$3" 2>&1) || true
  case $answer in
    *"Active cluster is not contained in all clusters"*) return 0 ;;
    *) return 1 ;;
  esac
}

