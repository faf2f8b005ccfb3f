#!/bin/sh
# Checks that every #include "room/..." points to the room itself or to one that config/layers allows it.
# usage: tools/layers.sh            prints each breach as file:line and exits 1 when there is one
set -eu
cd "$(dirname "$0")/.."
find lib crawler rules/engine intake index apply web cli -name '*.[ch]' 2>/dev/null | sort | xargs grep -Hn '^#include "' |
awk -F: '
    FILENAME == "config/layers" {
        if ($0 ~ /^#/ || $0 == "") next
        room = $1; rooms[room] = 1
        n = split($2, list, " "); for (i = 1; i <= n; i++) may[room, list[i]] = 1
        next
    }
    function room_of(path,   r, best) {
        best = ""
        for (r in rooms) if (index(path, r "/") == 1 && length(r) > length(best)) best = r
        return best
    }
    {
        from = room_of($1)
        split($3, q, "\""); target = q[2]; to = room_of(target)
        n++
        if (from == "") { printf "%s:%s: no room of this name in config/layers\n", $1, $2; bad = 1 }
        else if (to == "") { printf "%s:%s: \"%s\" is not in a room; write the folder\n", $1, $2, target; bad = 1 }
        else if (to != from && !((from, to) in may)) { printf "%s:%s: %s may not include %s\n", $1, $2, from, to; bad = 1 }
    }
    END { if (!bad) printf "layers: %d includes, all point down\n", n; exit bad }
' config/layers -
