each_pair wait_until_usable
echo "Connected: every cluster can use its connections to all others."
