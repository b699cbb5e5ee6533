#!/bin/sh
# Compresses a file five times at a level; the last line is the result.
set -eu
level=$1
file=$2

nanoseconds() {
  now=$(date +%s%N)
  case $now in *N) now="$(date +%s)000000000" ;; esac
  echo "$now"
}

start=$(nanoseconds)
for _ in 1 2 3 4 5; do
  bytes=$(gzip -c "-$level" "$file" | wc -c)
done
end=$(nanoseconds)

echo "level $level: $bytes bytes"
awk -v bytes="$bytes" -v start="$start" -v end="$end" 'BEGIN {
  kilobytes = bytes / 1000
  milliseconds = (end - start) / 1e6 / 5
  printf "{\"cost\": %.3f, \"kilobytes\": %.3f, \"milliseconds\": %.3f}\n", kilobytes + milliseconds / 2, kilobytes, milliseconds
}'
