#!/bin/bash
# No /tmp at all: an empty one into which nothing can be written. And no /proc, where the arguments stand.
here=$(cd "$(dirname "$0")" && pwd)
source "$here/namespace.bash"
source "$here/common.bash"
source "$here/explorer.bash"
sweep+=(--no-report)

# The program and its work elsewhere, where /tmp may have been.
mount -t tmpfs -o size=512m none /mnt
cp "$topoclip" /mnt/topoclip
topoclip=/mnt/topoclip
succeeds "$topoclip" "${sweep[@]}" --output /mnt/swept
succeeds "$topoclip" train plan.yaml --output /mnt/trained --quiet
photos /mnt/whole 10
cp plan.yaml /mnt
cd /mnt
mkdir scratch
explore whole || lost "no explorer"
until_ready
store whole > expected
rm -rf whole/.topoclip
mount -t tmpfs -o ro none /tmp
trap - EXIT
unset TMPDIR
if touch /tmp/a 2> /dev/null; then lost "/tmp can be written"; fi
succeeds "$topoclip" "${sweep[@]}" --output run
same swept run "a run without /tmp"
succeeds "$topoclip" verify run
succeeds "$topoclip" report run --quiet
succeeds "$topoclip" verify run
rm -rf run
succeeds "$topoclip" train plan.yaml --output run --quiet
same trained run "a training without /tmp"
explore whole || lost "no explorer without /tmp: $(cat explorer-said)"
until_ready
store whole | cmp - expected || lost "another store without /tmp"
tried=4
umount /tmp
mount -t tmpfs none /proc
fails "its arguments cannot be read: /proc is not mounted" "$topoclip" verify swept
tried=5
rm -rf "$work"
report "commands without /tmp or /proc"
