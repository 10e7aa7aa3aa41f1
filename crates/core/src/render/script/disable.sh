# Keeps what one cluster knows of another one, and turns the connection off.
disable() {
  printf 'Disabling the connection of %s to %s\n' "$1" "$6"
  upsert "$4" "${10}" ||
    fail "$1 cannot reach $6 at ${10}. Put that right and run this again; verify.sh shows what is disabled."
}

echo "This turns off all connections between the clusters, in both directions."
echo "What happens from then on is not replicated later by itself, not even after connect.sh."
echo "A namespace that is active in another cluster cannot be changed any more meanwhile."
confirm "$@"
check_all
each_pair disable
