if [ -n "$connect_only" ]; then
  echo "Nothing was taken out: it was called with --connect-only."
  exit
fi
each_staying look_for_users
each_leaving look_for_own
each_staying remove
each_departing remove_there
