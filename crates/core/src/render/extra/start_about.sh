#!/bin/sh
# Waits until every cluster of the lab serves, and connects them.
set -eu

