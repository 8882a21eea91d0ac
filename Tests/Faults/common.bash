# What the scripts of faults share. Each of them breaks one thing on purpose, over and over, and ends with 0 only when
# nothing was lost: what is made in the end has the bytes of what nobody disturbed. They print what they tried.
#
#   TOPOCLIP  the program (.build/release/topoclip of this checkout)
#   MOMENTS   how often what is random is tried (50)
#   SEED      of what is random (1)
set -euo pipefail

topoclip=${TOPOCLIP:-$here/../../.build/release/topoclip}
moments=${MOMENTS:-50}
RANDOM=${SEED:-1}
tried=0

if [ ! -x "$topoclip" ]; then
  echo "$topoclip is not there: make builds it, or TOPOCLIP names another" >&2
  exit 2
fi
work=$(mktemp -d)
cd "$work"
export TMPDIR=$work/scratch XDG_CACHE_HOME=$work/cache
mkdir scratch
# What a script left mounted goes with its namespace.
trap 'cd /; rm -rf "$work" 2>/dev/null || true' EXIT

sweep=(sweep --classes banded,dotted --limit 12 --levels 0,1 --analyses zeroshot,geometry,topology
  --set topology.halvings=2 --quiet)

cat > plan.yaml <<'PLAN'
shape: {image-size: 32, patch-size: 8, image-width: 64, image-layers: 2, image-heads: 1,
  text-width: 32, text-layers: 1, text-heads: 1, dimension: 16, vocabulary-size: 540}
data: {textures: 3, per-class: 20, validation-per-class: 2, texture-size: 32}
batches: {size: 6, per-label: 1}
augmentation: {crop: 0.5, flip: true}
optimizer: {learning-rate: 1e-3, course: cosine}
validation: {metric: loss}
epochs: 6
PLAN

lost() {
  echo "LOST: $*" >&2
  exit 1
}

skipped() { echo "skipped: $*"; }

# quietly COMMAND…: its exit code is `code`, what it said is in the file `said`.
quietly() {
  code=0
  "$@" > said 2>&1 < /dev/null || code=$?
}

# succeeds COMMAND…
succeeds() {
  quietly "$@"
  [ "$code" = 0 ] || lost "exit code $code of: $* ($(tail -c 600 said))"
}

# fails TEXT COMMAND…: with exit code 1, and one line that has the text in it.
fails() {
  local text=$1
  shift
  quietly "$@"
  [ "$code" = 1 ] || lost "exit code $code, not 1, of: $* ($(tail -c 600 said))"
  grep -qF -- "$text" said || lost "nothing of \"$text\" in: $(tail -c 600 said)"
}

# contents FOLDER: the digests of its files but for those that tell of times, of a process, of who was to do what, or
# of parts of analyses, whose keys stand in no order.
contents() {
  (cd "$1" && find . -type f ! -name manifest.json ! -name training.json ! -name report.html ! -name report.json \
    ! -path '*/units/*' ! -name plan.json ! -path './plan/*' ! -path './shards/*' ! -path './.*' -print0 \
    | LC_ALL=C sort -z | xargs -0 -r sha256sum)
}

# same WHOLE FOLDER WHAT: the two hold the same bytes, and nothing unfinished is left in the second.
same() {
  [ "$(contents "$1")" = "$(contents "$2")" ] \
    || lost "$3: $(diff <(contents "$1") <(contents "$2") | head -5)"
  local left
  left=$(find "$2" scratch \( -name '.*.tmp' -o -name '.figures*' -o -name lock \) | head -3)
  [ -z "$left" ] || lost "$3 leaves $left"
}

# after SECONDS COMMAND…: starts it, and ends it by SIGKILL at that time; whether it was still at work is `code`.
killed_after() {
  local seconds=$1 process
  shift
  "$@" > said 2>&1 < /dev/null &
  process=$!
  sleep "$seconds"
  # faketime is the program's parent.
  if [ "$1" = faketime ]; then
    # shellcheck disable=SC2046
    kill -9 $(cat "/proc/$process/task/$process/children" 2>/dev/null) 2>/dev/null || true
  else
    kill -9 "$process" 2>/dev/null || true
  fi
  code=0
  wait "$process" 2>/dev/null || code=$?
}

now() { echo "${EPOCHREALTIME/./}"; }

# moment MICROSECONDS: a random time within, in seconds.
moment() { awk -v share="$RANDOM" -v whole="$1" 'BEGIN { printf "%.4f", share / 32768 * whole / 1e6 }'; }

# flip FILE BIT: changes one bit of a file.
flip() {
  local place=$(($2 / 8)) byte
  byte=$(od -An -tu1 -j "$place" -N 1 "$1")
  printf "\\x$(printf %x $((byte ^ (1 << ($2 % 8)))))" | dd of="$1" bs=1 seek="$place" conv=notrunc status=none
}

# random_bit FILE: the number of one of its bits.
random_bit() { echo $(((RANDOM * 32768 + RANDOM) % ($(stat -c %s "$1") * 8))); }

report() { echo "$(basename "$0"): $tried $1, none lost anything"; }
