# A server takes what is connected anew for older than what it has not yet seen removed.
echo "Do not connect them again before: such a connection would never work."
