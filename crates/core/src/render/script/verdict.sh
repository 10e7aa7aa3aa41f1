if [ "$problems" != 0 ]; then fail "Not as planned: $problems."; fi
echo "Everything is as planned."
