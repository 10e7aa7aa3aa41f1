each_pair connect
