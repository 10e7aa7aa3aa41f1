# How a namespace of the cluster $1, at $2, is kept.
how_to_keep() {
  printf '%s\n' \
    "To keep one, ask $1 at $2: promote it (operator namespace update --promote-global), then give it" \
    "a cluster that stays (operator namespace update --cluster, also for $1). Then it goes the way" \
    "of the others in CHANGE.md: what only $1 has is sent, and it leaves."
}

