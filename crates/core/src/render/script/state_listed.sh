# What keeps the cluster named $2, at $1, from using its connection to the one named $3 at $4.
state() {
  row=$(stored "$1" "$3" 2>/dev/null) || row=unread
  case $row in
    unread) echo "it does not answer" ;;
    "") echo "not connected: run connect.sh" ;;
    "$4 off") echo "disabled: connect.sh turns it on" ;;
    "$4 on") if usable "$1" "$2" "$3"; then echo works; else echo "on, and not usable yet: $answer"; fi ;;
    *) echo "stored as: $row" ;;
  esac
}

