# Asks before it goes on, unless the script was called with -y.
confirm() {
  if [ "${1-}" = -y ]; then return; fi
  if [ ! -t 0 ]; then
    fail "Nothing was changed. There is no terminal to ask on: call it with -y to go on."
  fi
  printf 'Go on? [y/N] '
  read -r reply || reply=n
  case $reply in
    [yY]*) ;;
    *) fail "Nothing was changed." ;;
  esac
}

