# Reads back what was stored: an exit status of 0 alone does not tell.
check_disabled() {
  row=$(stored "$4" "$6")
  case $row in
    *" off") ;;
    *) fail "The connection of $1 to $6 is not off: $row" ;;
  esac
}
each_pair check_disabled
