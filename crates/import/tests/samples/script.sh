#!/bin/bash
# Joins two clusters.
set -e
A=10.0.0.1:7233
export B="10.0.0.2:7233"
C=$(kubectl get svc c -o jsonpath='{.spec.clusterIP}')

tctl --address $A admin cluster upsert-remote-cluster --frontend_address "$B"
tctl --address "${B}" admin cluster upsert-remote-cluster \
  --frontend_address $A \
  --enable_connection=false
kubectl exec deploy/admin -- tctl --address $A admin cluster urc --fad $C
temporal operator cluster upsert --address $A --frontend_address $B
temporal operator cluster upsert --address $A --frontend-address "$B --enable-connection"
temporal operator cluster upsert --address $A --frontend-address $B
temporal operator cluster upsert --frontend-address http://10.0.0.3:7233 --enable-connection
for peer in 10.0.0.4 10.0.0.5; do
  temporal operator cluster upsert --address $A --frontend-address $peer:7233 --enable-connection
done
# temporal operator cluster upsert --address $A --frontend-address 10.0.0.9:7233 --enable-connection
temporal operator cluster upsert --frontend-address 10.0.0.3:7233 --enable-connection
mytool cluster upsert --frontend-address 10.0.0.8:7233
temporal operator cluster upsert --address $A --frontend-address $B --enable-conection
temporal operator cluster upsert --address $B --frontend-address $A --enable-connection --enable-replication
temporal operator cluster upsert --address $B --enable-connection "$@"
TEMPORAL_ADDRESS=10.0.0.6:7233 temporal operator cluster upsert --frontend-address "$A" --enable-connection
export TEMPORAL_CLI_ADDRESS=$B
echo "Running: tctl admin cluster upsert-remote-cluster --frontend_address 10.0.0.9:7233"
tctl admin cluster upsert-remote-cluster --frontend_address 10.0.0.6:7233
