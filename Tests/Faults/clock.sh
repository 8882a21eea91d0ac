#!/bin/bash
# A clock that goes backwards: between a command that was killed and the next, and while one works.
here=$(cd "$(dirname "$0")" && pwd)
source "$here/common.bash"
source "$here/explorer.bash"
sweep+=(--no-report)

if ! type -p faketime > /dev/null; then
  echo "skipped: $(basename "$0"): faketime is not installed (Debian: apt-get install faketime)"
  exit 0
fi
# Time that is measured goes on: no system sets that clock.
export FAKETIME_DONT_FAKE_MONOTONIC=1

# No time that was taken is less than nothing.
no_less_than_nothing() {
  ! grep -nE '_seconds" : -' "$1" || lost "$1 has a negative time"
}

# back WHAT WHOLE COMMAND…: into run; killed in the future, ended now; and with a clock that at every look is earlier.
back() {
  local what=$1 whole=$2 time file
  shift 2
  file=manifest.json
  [ -e "$whole/$file" ] || file=training.json
  for _ in $(seq "$(((moments + 4) / 5))"); do
    rm -rf run
    time=$(moment "$duration")
    killed_after "$time" faketime -f +3d "$@"
    succeeds "$@"
    same "$whole" run "$what, killed in three days"
    succeeds "$topoclip" verify run
    no_less_than_nothing "run/$file"
    tried=$((tried + 1))

    rm -rf run
    succeeds faketime -f "+3d i-$((RANDOM % 7200 + 1))" "$@"
    same "$whole" run "$what, whose clock went back"
    succeeds "$topoclip" verify run
    no_less_than_nothing "run/$file"
    tried=$((tried + 1))
  done
}

start=$(now)
succeeds "$topoclip" "${sweep[@]}" --output swept
duration=$(($(now) - start))
back "a sweep" swept "$topoclip" "${sweep[@]}" --output run
# A run of tomorrow is reported and extended today.
rm -rf run
succeeds faketime -f +1d "$topoclip" "${sweep[@]}" --output run
same swept run "a run of tomorrow"
succeeds "$topoclip" report run --quiet
succeeds "$topoclip" verify run

start=$(now)
succeeds "$topoclip" train plan.yaml --output trained --quiet
duration=$(($(now) - start))
back "a training" trained "$topoclip" train plan.yaml --output run --resume --quiet

# Images of tomorrow, one of which changes, at the same size and time.
photos whole 5
touch -d '+1 day' whole/images/*/*
explore whole || lost "no explorer"
until_ready
store whole > expected
for _ in 1 2; do
  explore whole || lost "no explorer on images of tomorrow"
  until_ready
  store whole | cmp - expected || lost "another store of images of tomorrow"
  tried=$((tried + 1))
done
image=$(find whole -name '*.png' -o -name '*.jpg' | sort | head -1)
other=$(find whole -name "*.${image##*.}" | sort | tail -1)
stamp=$(stat -c %y "$image")
size=$(stat -c %s "$image")
head -c "$size" "$other" > mixed
cat mixed > "$image"
touch -d "$stamp" "$image"
explore whole || lost "no explorer on a changed image"
until_ready
store whole > changed
if cmp -s changed expected; then lost "an image of tomorrow that changed is not seen"; fi
tried=$((tried + 1))
report "clocks"
