echo "Done. All servers have read it within a minute."
