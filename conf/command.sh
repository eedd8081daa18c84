#!/bin/sh
# Runs a command that asks nodes: a small JVM that lives for a moment, and an archive of the classes that it loads. It
# is not to be called by hand: scripts/hera and the command hera of the Debian package do, with the release of Java and
# the arguments, and with HERA_JAVA, HERA_JAR and HERA_CLASSES, where the archive is kept.
set -eu
release=$1
shift
options="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xms16m -Xmx512m -Xlog:disable"
archive=$HERA_CLASSES/hera-commands-$release.jsa use=-XX:SharedArchiveFile=
[ "$release" -lt 25 ] || use=-XX:AOTCache=

# Made once per jar, in the background, by a read that may fail. What a killed one has left is removed after ten minutes.
[ ! -d "$archive.d" ] || find "$archive.d" -maxdepth 0 -mmin +10 -exec rm -rf {} + 2>/dev/null || true
if ! [ "$archive" -nt "$HERA_JAR" ] && mkdir -p "$HERA_CLASSES" 2>/dev/null && mkdir "$archive.d" 2>/dev/null; then
  (
    case $1 in ls | get) ;; *) set -- ls ;; esac
    # Before 25 in two steps: an archive made in one leaves out picocli, whose class files are of Java 5.
    make="-XX:DumpLoadedClassList=$archive.d/list" dump="-XX:SharedClassListFile=$archive.d/list"
    [ "$release" -lt 25 ] || make="-XX:AOTCacheOutput=$archive.d/new"
    # shellcheck disable=SC2086
    "$HERA_JAVA" $options "$make" -jar "$HERA_JAR" "$@" || true
    # shellcheck disable=SC2086
    ! [ -s "$archive.d/list" ] ||
      "$HERA_JAVA" $options -Xshare:dump "$dump" "-XX:SharedArchiveFile=$archive.d/new" -cp "$HERA_JAR" || true
    ! [ -s "$archive.d/new" ] || mv "$archive.d/new" "$archive"
    rm -rf "$archive.d"
  ) </dev/null >/dev/null 2>&1 &
fi

set -- -jar "$HERA_JAR" "$@"
! [ -t 1 ] || set -- "-Dhera.terminal=$(stty size 2>/dev/null </dev/tty || echo '24 80')" "$@"
! [ "$archive" -nt "$HERA_JAR" ] || set -- "$use$archive" "$@"
# shellcheck disable=SC2086
exec "$HERA_JAVA" $options "$@"
