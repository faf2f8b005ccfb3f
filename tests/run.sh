#!/bin/sh
# Runs test programs, as many at once as there are cores, and adds up what they say. usage: tests/run.sh PROGRAM...
# A program that crashes or prints no count is a failure. The last line is the sum. $JOBS: how many at once.
count() { sed -n "s/^\\[  $1  \\] \\([0-9]*\\) test.*/\\1/p" "$log" | awk '{ s += $1 } END { print s + 0 }'; }

# One program: its report goes out in one piece, its counts into the file named first.
if [ "$1" = --one ]; then
    sums=$2 t=$3 log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    "$t" > "$log" 2>&1
    rc=$?
    p=$(count PASSED) f=$(count FAILED) s=$(grep -c '^\[  SKIPPED \] [A-Za-z_]' "$log")
    [ "$rc" -ne 0 ] && [ "$f" -eq 0 ] && f=1
    [ "$rc" -eq 0 ] && [ "$p" -eq 0 ] && [ "$s" -eq 0 ] && f=1
    echo "$p $f $s ${t##*/}" >> "$sums"
    if [ "$f" -gt 0 ]; then
        report=$(echo "--- ${t##*/}: $f failed (exit $rc)"; grep -v '^\[ RUN      \]\|^\[       OK \]' "$log" | tail -n 60)
    else
        report=$(echo "ok  ${t##*/}: $p passed$([ "$s" -gt 0 ] && echo ", $s skipped")"; grep '^SKIPPED' "$log" | head -n 5)
    fi
    printf '%s\n' "$report"
    exit 0
fi

sums=$(mktemp)
trap 'rm -f "$sums"' EXIT
printf '%s\n' "$@" | xargs -P "${JOBS:-$(nproc)}" -n 1 sh "$0" --one "$sums"
[ "$(wc -l < "$sums")" -eq $# ] || echo "? 1 0 runner" >> "$sums"
awk '{ p += $1; f += $2; s += $3; if ($2 > 0) bad = bad " " $4 }
    END { if (bad != "") print "failed:" bad; printf "%d passed, %d failed, %d skipped\n", p, f, s; exit f > 0 }' "$sums"
