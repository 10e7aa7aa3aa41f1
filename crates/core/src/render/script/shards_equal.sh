# The numbers of history shards of connected clusters must be equal in this release.
shards_fit() { [ "$1" = "$2" ]; }

