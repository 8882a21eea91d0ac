#!/bin/bash
# SIGKILL at random moments of a sweep, of a training and of an exploration; the same command then goes on.
here=$(cd "$(dirname "$0")" && pwd)
source "$here/common.bash"
source "$here/explorer.bash"

hit=0
# disturb WHAT WHOLE MICROSECONDS COMMAND… (with OUTPUT for the folder): once killed, once to its end.
disturb() {
  local what=$1 whole=$2 duration=$3 time
  shift 3
  time=$(moment "$duration")
  rm -rf run
  killed_after "$time" "${@//OUTPUT/run}"
  [ "$code" != 137 ] || hit=$((hit + 1))
  succeeds "${@//OUTPUT/run}"
  same "$whole" run "$what, killed after $time s"
  succeeds "$topoclip" verify run
  tried=$((tried + 1))
}

start=$(now)
succeeds "$topoclip" "${sweep[@]}" --output swept
duration=$(($(now) - start))
for _ in $(seq "$moments"); do
  disturb "a sweep" swept "$duration" "$topoclip" "${sweep[@]}" --output OUTPUT
done
echo "sweep: killed $moments times, $hit of them at work"

hit=0
start=$(now)
succeeds "$topoclip" train plan.yaml --output trained --quiet
duration=$(($(now) - start))
for _ in $(seq "$moments"); do
  disturb "a training" trained "$duration" "$topoclip" train plan.yaml --output OUTPUT --resume --quiet
done
echo "train: killed $moments times, $hit of them at work"

hit=0
photos whole 20
start=$(now)
explore whole || lost "no explorer"
until_ready
duration=$(($(now) - start))
store whole > expected
for _ in $(seq "$moments"); do
  rm -rf part
  cp -r whole part
  rm -rf part/.topoclip
  time=$(moment "$duration")
  killed_after "$time" "$topoclip" explore part --port 0 --quiet
  [ "$code" != 137 ] || hit=$((hit + 1))
  explore part || lost "killed after $time s, no explorer: $(cat explorer-said)"
  until_ready
  store part | cmp - expected || lost "an exploration, killed after $time s, has another store"
  tried=$((tried + 1))
done
echo "explore: killed $moments times, $hit of them at work"
report "moments"
