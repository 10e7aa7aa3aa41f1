# What it is called with. A word that is misspelt takes nothing out.
sure='' connect_only='' give_up=''
for option; do
  case $option in
    -y) sure=-y ;;
    --connect-only) connect_only=yes ;;
    --give-up-namespaces) give_up=yes ;;
    *) fail "Nothing was changed. There are -y, --connect-only and --give-up-namespaces, and no $option." ;;
  esac
done

