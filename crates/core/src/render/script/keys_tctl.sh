# The keys in what tctl lists.
name_key=cluster_name address_key=cluster_address on_key=is_connection_enabled

