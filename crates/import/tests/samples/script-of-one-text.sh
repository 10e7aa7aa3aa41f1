#!/bin/sh
set -e
A=east.example.com:7233
B=west.example.com:7233

temporal operator cluster upsert \
  --address $A \
  --frontend-address $B \
  --enable-connection

temporal operator cluster upsert --address $B --frontend-address $A --enable-connection
