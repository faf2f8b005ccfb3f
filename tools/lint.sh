#!/bin/sh
# clang-tidy with clang's own warnings, and cppcheck, over the files named; cppcheck alone over tests and tools, too. usage: tools/lint.sh FILE.c...
# $PKGS: the libraries' pkg-config names; $WARN: the build's warning flags
set -eu
cd "$(dirname "$0")/.."
flags="-std=c17 ${WARN:-} -D_GNU_SOURCE -I. -I${BUILD:-build} -DMW_PREFIX_DATA=\"/usr/share/mittelweg\" $(pkg-config --cflags ${PKGS:-libxml-2.0 sqlite3 libzip pangocairo} | sed 's/-I/-isystem /g')"
# The analyser gives up on a function after so many states (its own limit is 225,000): three times as fast, and CI has minutes.
flags="$flags -Xclang -analyzer-config -Xclang max-nodes=35000"
bad=0
printf '%s\n' "$@" | xargs -P 2 -n 4 sh -c 'flags=$0; clang-tidy --quiet --warnings-as-errors="*" "$@" -- $flags 2>/dev/null' "$flags" || bad=1
cppcheck -q -j 2 --std=c11 --enable=warning,style,performance,portability --error-exitcode=1 --inline-suppr \
    --suppress=missingIncludeSystem --suppress=constParameterCallback --suppress=variableScope -I. "$@" tests/*.c tests/fuzz/*.c tools/*.c || bad=1
[ "$bad" -eq 0 ] && echo "lint: $# files clean; cppcheck: $(ls tests/*.c tests/fuzz/*.c tools/*.c | wc -l) of tests and tools"
exit "$bad"
