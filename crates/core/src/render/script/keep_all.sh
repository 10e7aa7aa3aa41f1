# How a namespace of the cluster $1, at $2, is kept.
how_to_keep() {
  printf '%s\n' "To keep one, keep $1 in the plan: in this release no namespace can leave a cluster. From 1.15 on it can."
}

