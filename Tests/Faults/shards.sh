#!/bin/bash
# SIGKILL at random moments of a plan, of its shards and of their merge; the same plan, submitted, then goes on. Cells
# that are lost after their shard has left its record are made again.
here=$(cd "$(dirname "$0")" && pwd)
source "$here/common.bash"

run=("${sweep[@]:1}" --control)
plan=("$topoclip" plan "${run[@]}" --shards 3 --output run)
merge=("$topoclip" merge run --no-report --quiet)
# The steps of a planned run, one after the other: what is killed is one of them.
steps=(plan embeddings:0 embeddings:1 embeddings:2 analyses:0 analyses:1 analyses:2 merge)
command_of() {
  case $1 in
    plan) command=("${plan[@]}") ;;
    merge) command=("${merge[@]}") ;;
    *) command=("$topoclip" shard run --index "${1#*:}" --stage "${1%:*}" --quiet) ;;
  esac
}

succeeds "$topoclip" sweep "${run[@]}" --no-report --output whole
declare -A duration
for step in "${steps[@]}"; do
  command_of "$step"
  start=$(now)
  succeeds "${command[@]}"
  duration[$step]=$(($(now) - start))
done
same whole run "a plan that nobody disturbed"

hit=0
for _ in $(seq "$moments"); do
  rm -rf run
  killed=${steps[RANDOM % ${#steps[@]}]}
  for step in "${steps[@]}"; do
    command_of "$step"
    [ "$step" != "$killed" ] || break
    succeeds "${command[@]}"
  done
  time=$(moment "${duration[$killed]}")
  killed_after "$time" "${command[@]}"
  [ "$code" != 137 ] || hit=$((hit + 1))
  [ "$killed" != plan ] || succeeds "${plan[@]}"
  succeeds "$topoclip" submit run --engine local --processes 2 --no-report
  same whole run "$killed, killed after $time s"
  succeeds "$topoclip" status run --stage analyses
  succeeds "$topoclip" verify run
  tried=$((tried + 1))
done
echo "plan, shards and merge: killed $moments times, $hit of them at work"

rm -rf run
succeeds "${plan[@]}"
succeeds "$topoclip" submit run --engine local --stage embeddings
cp -r run made
for _ in $(seq "$moments"); do
  rm -rf run
  cp -r made run
  cells=(run/cells/*.npy run/control/cells/*.npy)
  cell=${cells[RANDOM % ${#cells[@]}]}
  if ((RANDOM % 2)); then
    words="lacks 1 of"
    rm "$cell"
  else
    words="$cell: is damaged"
    flip "$cell" "$(random_bit "$cell")"
  fi
  # Whoever needs the cell says so, and takes back the record of the shard that makes it.
  fails "$words" "$topoclip" submit run --engine local --processes 1 --no-report
  succeeds "$topoclip" submit run --engine local --processes 2 --no-report
  same whole run "a cell that was lost after its shard was done"
  tried=$((tried + 1))
done
report "moments"
