# How a namespace of the cluster $1, at $2, is kept.
how_to_keep() {
  printf '%s\n' \
    "To keep one, ask $1 at $2: promote it (namespace update --promote_namespace), then give it" \
    "a cluster that stays (namespace update --clusters, $1 among them). Then it goes the way" \
    "of the others in CHANGE.md: what only $1 has is sent, and it leaves."
}

