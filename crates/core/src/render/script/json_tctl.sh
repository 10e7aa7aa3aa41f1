# A text as it stands in the answers of tctl, within quotation marks.
json() {
  printf '%s' "$1" | sed -e 's/["\\]/\\&/g' -e 's/&/\\u0026/g' -e 's/</\\u003c/g' -e 's/>/\\u003e/g'
}

