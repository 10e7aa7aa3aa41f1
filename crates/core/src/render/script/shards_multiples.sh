# The numbers of history shards of connected clusters must be multiples of each other.
shards_fit() { [ $(($1 % $2)) = 0 ] || [ $(($2 % $1)) = 0 ]; }

