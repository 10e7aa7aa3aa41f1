export TEMPORAL_CLI_ADDRESS=east.example.com:7233
export OTHER=$(secret)
tctl admin cluster upsert-remote-cluster --frontend_address west.example.com:7233
