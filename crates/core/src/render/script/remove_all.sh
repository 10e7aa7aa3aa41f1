echo "This removes all connections between the clusters, in both directions."
confirm "$@"
check_all
each_cluster look_for_namespaces
each_pair remove
