#!/usr/bin/env bash
# Starts a real clamd that knows one virus, on a socket in the folder given; prints what to export. Needs no download.
set -euo pipefail
folder=$1
mkdir -p "$folder/signatures"
# The EICAR test file's beginning in hexadecimal, anywhere in a file; in two halves, so that no scanner takes this for it.
printf 'Eicar-Test-Signature:0:*:%s%s\n' \
  58354f2150254041505b345c505a58353428505e2937434329377d24 \
  45494341522d5354414e444152442d414e544956495255532d544553542d46494c4521 >"$folder/signatures/eicar.ndb"
printf '44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test-File\n' >"$folder/signatures/eicar.hdb"
cat >"$folder/clamd.conf" <<CONF
LocalSocket $folder/clamd.sock
DatabaseDirectory $folder/signatures
PidFile $folder/clamd.pid
LogFile $folder/clamd.log
TemporaryDirectory $folder
StreamMaxLength 25M
MaxFileSize 100M
MaxScanSize 100M
AlertExceedsMax yes
AlertEncrypted no
CONF
clamd --config-file="$folder/clamd.conf" >/dev/null
for _ in $(seq 100); do
  test -S "$folder/clamd.sock" && break
  sleep 0.1
done
test -S "$folder/clamd.sock"
echo "$folder/clamd.sock"
