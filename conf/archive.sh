#!/bin/sh
# Makes the archive with which a node starts in half the time: its classes, loaded and checked, and from Java 25 on the
# profiles that its compiler needs. Run in the background by scripts/hera, once per jar and release of Java:
#   archive.sh SECONDS JAVA RELEASE JAR ARCHIVE [OPTION ...]
# waits SECONDS, in which the node that was started comes up, and has a second one, with the same options of the JVM,
# write what it has loaded. That one is alone, has no files, and gets SIGTERM after a few thousand requests.
set -eu
[ $# -ge 5 ] || { sed -n '2,/^set/s/^# //p' "$0" >&2 && exit 2; }
wait=$1 java=$2 release=$3 jar=$4 archive=$5
shift 5

# What a killed one has left is removed after ten minutes.
[ ! -d "$archive.d" ] || find "$archive.d" -maxdepth 0 -mmin +10 -exec rm -rf {} + 2>/dev/null || true
mkdir "$archive.d" 2>/dev/null || exit 0 # another one is at work
node=
trap '[ -z "$node" ] || kill "$node" 2>/dev/null || true; rm -rf "$archive.d"' EXIT
sleep "$wait"

make=-XX:ArchiveClassesAtExit=
[ "$release" -lt 25 ] || make=-XX:AOTCacheOutput=
port=$((10000 + $$ % 10000)) name=archive-$$
url=http://127.0.0.1:$port
env -i "$java" "$@" -Xlog:disable "$make$archive.d/new" -jar "$jar" -n "$name" -p "$port" &
node=$!
if ! command -v curl >/dev/null; then
  sleep 5 # the archive has no profiles of requests
else
  # Another process that has the port gets no more than this question.
  curl -sf --retry 20 --retry-delay 1 --retry-connrefused -D - -o /dev/null "$url/_health/ready" | grep -qi "^hera-node: $name"
  for path in a b a b; do
    curl -sf -o /dev/null -X PUT -H 'Content-Type: application/json' -d '{"ip":"127.0.0.1","port":1}' "$url/$path/[1-2000]"
    curl -sf -o /dev/null "$url/$path?[1-1000]"
  done
fi
kill "$node"
wait "$node" || true
node=
[ ! -s "$archive.d/new" ] || mv "$archive.d/new" "$archive"
