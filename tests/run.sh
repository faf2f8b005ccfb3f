#!/bin/sh
# Runs test programs one after the other and adds up what they say. usage: tests/run.sh PROGRAM...
# A program that crashes or prints no count is a failure. The last line is the sum.
passed=0 failed=0 skipped=0 bad=""
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for t; do
    "$t" > "$log" 2>&1
    rc=$?
    p=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$log" | awk '{s += $1} END {print s + 0}')
    f=$(grep -c '^\[  FAILED  \] [A-Za-z_]' "$log")
    s=$(grep -c '^\[  SKIPPED \] [A-Za-z_]' "$log")
    [ "$f" -gt 0 ] && [ "$(grep -c '^\[  FAILED  \] [0-9]' "$log")" -gt 0 ] && f=$(sed -n 's/^\[  FAILED  \] \([0-9]*\) test.*/\1/p' "$log" | awk '{s += $1} END {print s + 0}')
    [ "$rc" -ne 0 ] && [ "$f" -eq 0 ] && f=1
    [ "$rc" -eq 0 ] && [ "$p" -eq 0 ] && [ "$s" -eq 0 ] && f=1
    if [ "$f" -gt 0 ]; then
        echo "--- ${t##*/}: $f failed (exit $rc)"
        grep -v '^\[ RUN      \]\|^\[       OK \]' "$log" | tail -n 60
        bad="$bad ${t##*/}"
    else
        echo "ok  ${t##*/}: $p passed$([ "$s" -gt 0 ] && echo ", $s skipped")"
        grep '^SKIPPED' "$log" | head -n 5
    fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done
[ -n "$bad" ] && echo "failed:$bad"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
