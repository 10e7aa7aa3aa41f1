each_of to_connect wait_until_usable
echo "Connected: every one of these connections can be used."
