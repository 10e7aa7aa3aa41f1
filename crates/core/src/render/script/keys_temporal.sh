# The keys in what temporal lists.
name_key=clusterName address_key=address on_key=isConnectionEnabled

