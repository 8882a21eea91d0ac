#!/bin/bash
# A bit that flips in a file of each kind that a finished run, training, linkage or scoring has: verify names exactly
# that file, and the command that it names restores the bytes.
here=$(cd "$(dirname "$0")" && pwd)
source "$here/common.bash"

# The kinds of files of a run: what is left of a path when what differs within a kind is taken away.
kind() {
  sed -E 's#[0-9a-f]{64}#KEY#; s#(thumbnails/)[0-9]+#\1ROW#; s#(class-|noise-)[0-9]{3}#\1NUMBER#;
    s#(class-)(banded|dotted)#\1CLASS#; s#(gaussian-1-s0|clean)#CONDITION#; s#^figures/.*\.#figures/FIGURE.#' <<< "$1"
}

# is_named PATH FOLDER: verify names that file of the folder and no other, and says what to run.
is_named() {
  fails "; topoclip " "$topoclip" verify "$2"
  remedy=$(sed -nE 's/.*; (topoclip report .*) makes what differs again$/\1/p' said)
  [ "$(grep -cE '^[^ ].*: (changed|missing|unreadable)$' said)" = 1 ] && grep -qx "$1: changed" said \
    || lost "verify does not name $1 alone: $(cat said)"
}

run=("$topoclip" "${sweep[@]}" --analyses zeroshot,probe,angles,geometry,layouts,topology,statistics
  --set angles.null-draws=5 --set layouts.methods=pca,umap --figure-format svg,png,pdf --output)
succeeds "${run[@]}" whole
succeeds "$topoclip" verify whole
: > kinds
cp -r whole run
for file in $(cd whole && find . -type f -printf '%P\n' | LC_ALL=C sort); do
  name=$(kind "$file")
  if grep -qxF "$name" kinds || [ ! -s "whole/$file" ]; then continue; fi
  echo "$name" >> kinds
  # Of few moments all kinds of records and of work, and some of the tables and figures.
  case $file in
    *.csv | *.npy | angles/* | layouts/* | geometry.json | accuracy.* | levels.* | figures/* | examples/*)
      if [ "$moments" -lt 10 ] && [[ $file != cells/* ]] && ((RANDOM % 12)); then continue; fi
      ;;
  esac
  flip "run/$file" "$(random_bit "run/$file")"
  is_named "$file" run
  case $file in
    # A record of the page that is damaged has lost in which formats the figures were.
    report.json) succeeds "$topoclip" report run --figure-format svg,png,pdf --quiet ;;
    report.html | figures/*) succeeds "$topoclip" ${remedy#topoclip } --quiet ;;
    manifest.json)
      fails "manifest.json" "${run[@]}" run
      succeeds "${run[@]}" run --overwrite
      ;;
    *) succeeds "${run[@]}" run --no-report ;;
  esac
  succeeds "$topoclip" verify run
  same whole run "$file"
  tried=$((tried + 1))
done
echo "$tried of $(wc -l < kinds) kinds of files of a run"

succeeds "$topoclip" train plan.yaml --output trained --quiet
succeeds "$topoclip" report trained --quiet
for file in $(cd trained && find . -type f -printf '%P\n'); do
  rm -rf run
  cp -r trained run
  flip "run/$file" "$(random_bit "run/$file")"
  is_named "$file" run
  case $file in
    report.html | report.json | figures/*)
      succeeds "$topoclip" report run --quiet
      same trained run "$file"
      ;;
    *) fails "run" "$topoclip" train plan.yaml --output run --resume --quiet ;;
  esac
  tried=$((tried + 1))
done
report "bits"
