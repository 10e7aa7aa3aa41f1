echo "Now restart all servers of all clusters: this release reads its connections only when it starts."
echo "Then run verify.sh."
