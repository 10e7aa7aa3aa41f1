# What is said of the cluster $1 that does not answer at $2.
no_answer() { problem "$1 does not answer at $2: $told"; }

