each_of to_connect connect
