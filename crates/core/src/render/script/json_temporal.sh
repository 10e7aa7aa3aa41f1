# A text as it stands in the answers of temporal, within quotation marks.
json() { printf '%s' "$1" | sed 's/["\\]/\\&/g'; }

