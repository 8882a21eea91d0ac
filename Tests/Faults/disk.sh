#!/bin/bash
# A disk that is full at any moment, or takes no writing: the command says which file, and goes on to the same bytes
# once there is room. Without the right to mount a file system in memory nothing is tried.
here=$(cd "$(dirname "$0")" && pwd)
source "$here/namespace.bash"
source "$here/common.bash"
source "$here/explorer.bash"

mkdir disk
mount -t tmpfs -o size=64m none disk
trap 'cd /; umount "$work/disk"; rm -rf "$work"' EXIT

# fill ROOM: leaves so many bytes free.
fill() {
  rm -f disk/ballast
  local free
  free=$(df --output=avail -B1 disk | tail -1)
  head -c $((free - $1)) /dev/zero > disk/ballast
}

# room WHOLE: a random number of bytes that is too small for what the folder takes.
room() {
  local size
  size=$(du -s -B1 "$1" | cut -f1)
  echo $(((RANDOM * 32768 + RANDOM) % size))
}

# refused TEXT ROOM COMMAND…: it fails with the system's words and the name of a file, unless the room was enough; and
# with room it ends well.
refused() {
  local text=$1 room=$2
  shift 2
  quietly "$@"
  if [ "$code" != 0 ]; then
    [ "$code" = 1 ] || lost "exit code $code with $room bytes of: $* ($(tail -c 600 said))"
    grep -qF "$text" said || lost "nothing of \"$text\" with $room bytes: $(tail -c 600 said)"
    grep -qE "disk/|standard output" said || lost "no file is named with $room bytes: $(tail -c 600 said)"
    hit=$((hit + 1))
  fi
}

full="No space left on device"
tries=$moments

# full_disk WHAT WHOLE COMMAND…: into disk/run.
full_disk() {
  local what=$1 whole=$2 room
  shift 2
  hit=0
  for _ in $(seq "$tries"); do
    rm -rf disk/run
    room=$(room "$whole")
    fill "$room"
    refused "$full" "$room" "$@"
    rm -f disk/ballast
    succeeds "$@"
    same "$whole" disk/run "$what with $room bytes"
    succeeds "$topoclip" verify disk/run
    tried=$((tried + 1))
  done
  echo "$what: $tries disks, $hit of them full before its end"
}

succeeds "$topoclip" "${sweep[@]}" --output swept
full_disk "a sweep" swept "$topoclip" "${sweep[@]}" --output disk/run

succeeds "$topoclip" train plan.yaml --output trained --quiet
full_disk "a training" trained "$topoclip" train plan.yaml --output disk/run --resume --quiet

hit=0
for _ in $(seq "$tries"); do
  rm -rf disk/run
  cp -r swept disk/run
  rm -rf disk/run/figures disk/run/report.*
  room=$(room swept/figures)
  fill "$room"
  refused "$full" "$room" "$topoclip" report disk/run --quiet
  rm -f disk/ballast
  succeeds "$topoclip" report disk/run --quiet
  same swept disk/run "a report with $room bytes"
  succeeds "$topoclip" verify disk/run
  tried=$((tried + 1))
done
echo "report: $tries disks, $hit of them full before its end"

"$topoclip" persistence swept/embeddings/clean.npy --quiet > diagram.csv
hit=0
for _ in $(seq "$tries"); do
  room=$((RANDOM % ($(stat -c %s diagram.csv) + 1)))
  fill "$room"
  refused "$full" "$room" "$topoclip" persistence swept/embeddings/clean.npy --quiet --output disk/out/diagram.csv
  [ "$code" = 0 ] || [ ! -e disk/out/diagram.csv ] || lost "half a diagram"
  refused "$full" "$room" sh -c "'$topoclip' persistence swept/embeddings/clean.npy --quiet > disk/through.csv"
  rm -f disk/ballast
  succeeds "$topoclip" persistence swept/embeddings/clean.npy --quiet --output disk/out/diagram.csv
  cmp -s diagram.csv disk/out/diagram.csv || lost "another diagram"
  rm -rf disk/out disk/through.csv
  tried=$((tried + 1))
done
echo "persistence: $tries disks, $hit of $((2 * tries)) writings refused"

photos whole 20
explore whole || lost "no explorer"
until_ready
store whole > expected
hit=0
for _ in $(seq "$tries"); do
  rm -rf disk/part
  cp -r whole disk/part
  rm -rf disk/part/.topoclip
  room=$(room whole/.topoclip)
  fill "$room"
  code=0
  if explore disk/part; then
    until [ "$code" != 0 ] || is_in ready || is_in failed; do
      kill -0 "$explorer" 2> /dev/null || wait "$explorer" || code=$?
      sleep 0.02
    done
    if [ "$code" = 0 ]; then
      if is_in failed; then
        grep -qE "$full|disk is full" state || lost "the explorer does not say why: $(cat state)"
        hit=$((hit + 1))
      fi
      kill -INT "$explorer"
      # Its last writing may fail as well.
      wait "$explorer" || { [ $? = 1 ] && grep -qE "$full|disk is full" explorer-said; } \
        || lost "the explorer did not end well: $(cat explorer-said)"
    fi
  else
    wait "$explorer" || code=$?
  fi
  if [ "$code" != 0 ]; then
    [ "$code" = 1 ] || lost "the explorer ended with $code: $(cat explorer-said)"
    grep -qE "$full|disk is full" explorer-said || lost "the explorer does not say why: $(cat explorer-said)"
    hit=$((hit + 1))
  fi
  rm -f disk/ballast
  explore disk/part || lost "no explorer after a full disk of $room bytes: $(cat explorer-said)"
  until_ready
  store disk/part | cmp - expected || lost "an exploration with $room bytes has another store"
  tried=$((tried + 1))
done
echo "explore: $tries disks, $hit of them full before its end"
rm -rf disk/*

# Read-only from the beginning, and with half a run and half a training in it.
locked="Read-only file system"
killed_after 0.5 "$topoclip" "${sweep[@]}" --output disk/run
killed_after 0.3 "$topoclip" train plan.yaml --output disk/trained --resume --quiet
cp -r swept disk/whole
cp -r whole disk/part
# What a killed sweep had gnuplot draw is still being written for a moment.
for _ in $(seq 100); do
  if mount -o remount,ro disk 2> said; then break; fi
  sleep 0.1
done
for command in "${sweep[*]} --output disk/run" "${sweep[*]} --output disk/new" "${sweep[*]} --output disk/whole" \
  "train plan.yaml --output disk/trained --resume --quiet" "report disk/whole --quiet" \
  "persistence swept/embeddings/clean.npy --quiet --output disk/out.csv" \
  "zeroshot disk/whole --quiet" "textures --classes banded --output disk/set" \
  "score --images whole --texts whole --model builtin --output disk/s.csv"; do
  # shellcheck disable=SC2086
  quietly timeout 20 "$topoclip" $command
  [ "$code" = 1 ] || lost "exit code $code of $command: $(tail -c 600 said)"
  grep -q "$locked\|no image\|no text" said || lost "$command does not say why: $(tail -c 600 said)"
  tried=$((tried + 1))
done
# What it finds goes where it may write.
explore disk/part || lost "no explorer of a read-only folder: $(cat explorer-said)"
until_ready
store cache/topoclip/*.sqlite | cmp - expected || lost "a read-only folder has another store"
tried=$((tried + 1))
succeeds "$topoclip" verify disk/whole
succeeds "$topoclip" diff disk/whole swept
mount -o remount,rw disk
succeeds "$topoclip" "${sweep[@]}" --output disk/run
same swept disk/run "a run that was read-only"
succeeds "$topoclip" train plan.yaml --output disk/trained --resume --quiet
same trained disk/trained "a training that was read-only"
report "full and read-only disks"
