if [ -z "$connect_only" ]; then
  echo "This removes all connections of the clusters that leave, in both directions."
  confirm "$sure"
  each_leaving check_leaving
fi
