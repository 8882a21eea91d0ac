#!/bin/bash
# Two processes in one folder, output that nobody takes, no /tmp, no HOME.
here=$(cd "$(dirname "$0")" && pwd)
source "$here/common.bash"
source "$here/explorer.bash"
sweep+=(--no-report)

# until_locked FOLDER: waits until a process works there.
until_locked() {
  for _ in $(seq 2000); do
    if [ -s "$1/lock" ]; then return; fi
    sleep 0.005
  done
  lost "nobody has locked $1"
}

succeeds "$topoclip" "${sweep[@]}" --output swept
succeeds "$topoclip" train plan.yaml --output trained --quiet

rounds=$(((moments + 9) / 10))
for _ in $(seq "$rounds"); do
  rm -rf run
  "$topoclip" "${sweep[@]}" --output run > first 2>&1 &
  first=$!
  until_locked run
  # Whoever comes second is told, or comes after the end.
  for command in "${sweep[*]} --output run" "${sweep[*]} --overwrite --output run" "report run --quiet" "verify run" \
    "zeroshot run"; do
    # shellcheck disable=SC2086
    quietly "$topoclip" $command
    if kill -0 "$first" 2> /dev/null; then
      [ "$code" = 1 ] && grep -q "process $first" said || lost "$command beside another: $code $(cat said)"
      tried=$((tried + 1))
    fi
  done
  wait "$first" || lost "the first of two ended with $?: $(cat first)"
  # Where the report came after its end.
  rm -rf run/figures run/report.*
  succeeds "$topoclip" "${sweep[@]}" --output run
  same swept run "a run that two wanted"
  succeeds "$topoclip" verify run

  rm -rf run
  "$topoclip" train plan.yaml --output run --quiet > first 2>&1 &
  first=$!
  until_locked run
  quietly "$topoclip" train plan.yaml --output run --resume --quiet
  if kill -0 "$first" 2> /dev/null; then
    [ "$code" = 1 ] && grep -q "process $first" said || lost "a training beside another: $(cat said)"
    tried=$((tried + 1))
  fi
  wait "$first" || lost "the first of two trainings ended with $?: $(cat first)"
  same trained run "a training that two wanted"

  # Of some that begin at once one does the work, and all of them end.
  rm -rf run
  processes=()
  for _ in 1 2 3; do
    "$topoclip" "${sweep[@]}" --output run > /dev/null 2>&1 &
    processes+=($!)
  done
  well=0
  for process in "${processes[@]}"; do
    code=0
    wait "$process" || code=$?
    [ "$code" -le 1 ] || lost "exit code $code of one of three"
    [ "$code" = 1 ] || well=$((well + 1))
  done
  [ "$well" -ge 1 ] || lost "none of three did the work"
  same swept run "a run that three wanted"
  tried=$((tried + 1))
done
echo "two in one folder: $tried"

# A reader that does not read: the program waits, and a signal ends it.
mkfifo pipe
sleep 1000 < pipe &
reader=$!
"$topoclip" columns --format csv > pipe 2> said &
writer=$!
for _ in $(seq 400); do
  if grep -q pipe_write "/proc/$writer/wchan" 2> /dev/null || [ -s said ]; then break; fi
  kill -0 "$writer" 2> /dev/null || break
  sleep 0.01
done
if kill -0 "$writer" 2> /dev/null; then
  kill -INT "$writer"
  code=0
  wait "$writer" || code=$?
  [ "$code" != 0 ] || lost "a program that nobody reads ended with 0"
fi
kill "$reader"
wait "$reader" 2> /dev/null || true
tried=$((tried + 1))
# A run is finished whatever becomes of what it says.
for redirection in "> /dev/full" ">&-" "2> /dev/full" "2>&-" "> /dev/full 2>&-" "| true"; do
  rm -rf run
  code=0
  bash -c "set -o pipefail; '$topoclip' ${sweep[*]} --output run $redirection" > said 2>&1 || code=$?
  [ "$code" -le 1 ] || lost "exit code $code with $redirection"
  same swept run "a run with $redirection"
  tried=$((tried + 1))
done

# No HOME, no environment at all, and no folder for temporary files.
for environment in "env -u HOME" "env HOME=/nowhere" "env -i" "env TMPDIR=/nowhere" "env TMPDIR=" "env TMPDIR=/proc"; do
  rm -rf run
  # shellcheck disable=SC2086
  succeeds $environment "$topoclip" "${sweep[@]}" --output run
  same swept run "a run with $environment"
  rm -rf run
  # shellcheck disable=SC2086
  succeeds $environment "$topoclip" train plan.yaml --output run --quiet
  same trained run "a training with $environment"
  tried=$((tried + 2))
done
report "disturbances"
