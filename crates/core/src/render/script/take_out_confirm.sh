echo "This removes all connections of the clusters that leave, in both directions."
confirm "$@"
each_leaving check_leaving
