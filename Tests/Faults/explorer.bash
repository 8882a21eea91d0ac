# An explorer that indexes a folder, and what is in its store.

# explore FOLDER: starts it; its process is `explorer`, its port `port`.
explore() {
  : > address
  "$topoclip" explore "$1" --port 0 --quiet > address 2> explorer-said < /dev/null &
  explorer=$!
  for _ in $(seq 1200); do
    port=$(sed -nE 's#^http://127\.0\.0\.1:([0-9]+)/.*#\1#p' address | head -1)
    [ -z "$port" ] || return 0
    kill -0 "$explorer" 2> /dev/null || return 1
    sleep 0.02
  done
  lost "the explorer has not said where it is: $(cat explorer-said)"
}

# ask: what the explorer says of its work, into the file `state`.
ask() {
  exec 3<> "/dev/tcp/127.0.0.1/$port" || return 1
  printf 'GET /api/v1/state HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$port" >&3
  cat <&3 > state
  exec 3>&-
}

# is_in STAGE: whether its work is there.
is_in() {
  ask 2> /dev/null && grep -q "\"stage\":\"$1\"" state
}

# until_ready: waits for it, and ends the explorer.
until_ready() {
  for _ in $(seq 1200); do
    if is_in ready; then
      kill -INT "$explorer"
      wait "$explorer" || lost "the explorer ended with $?: $(cat explorer-said)"
      return
    fi
    kill -0 "$explorer" 2> /dev/null || lost "the explorer ended: $(cat explorer-said)"
    sleep 0.02
  done
  lost "the explorer is not ready: $(cat explorer-said)"
}

# store FOLDER, or store FILE: the digests of what is kept of every image, in order.
store() {
  local file=$1
  [ -f "$file" ] || file=$1/.topoclip/explorer.sqlite
  python3 - "$file" << 'PYTHON'
import hashlib, sqlite3, sys
store = sqlite3.connect(sys.argv[1])
assert store.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
for table, columns, order in [
    ("images", "path, digest, size", "path"), ("embeddings", "digest, vector, checksum", "digest"),
    ("pictures", "digest, width, height, thumbnail", "digest"), ("problems", "digest, reason", "digest"),
]:
    rows = store.execute(f"SELECT {columns} FROM {table} ORDER BY {order}").fetchall()
    print(table, len(rows), hashlib.sha256(repr(rows).encode()).hexdigest())
PYTHON
}

# photos FOLDER COUNT: a folder of small images.
photos() {
  "$topoclip" textures --classes banded,dotted --per-class "$2" --size 48 --output "$1" > said 2>&1 \
    || lost "$(cat said)"
}
