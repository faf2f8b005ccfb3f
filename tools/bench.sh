#!/bin/sh
# Speed, measured now on this machine: each figure is the median of several runs, beside a physical limit or a peer taken
# in the same run. Nothing here is a test. usage: tools/bench.sh [import|search|match|rules|plan|crawl]... scale
# scale only when asked for alone: notices made of sentences of real ones (SIZES="10000 100000 1000000", in $TMPDIR, 2.7 KB a
# notice), processor time inside the process; beside it SQLite FTS5, Xapian and PostgreSQL up to PEERS_MOST notices, where installed
# (Debian: python3-xapian, postgresql).
set -eu
cd "$(dirname "$0")/.."
mw=${MITTELWEG:-./mittelweg}
corpus=${SHARED:-../shared}/eval/corpus.ndjson.gz
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
what="$*"
wants() { [ -z "$what" ] || case " $what " in *" $1 "*) true ;; *) false ;; esac; }

# median milliseconds of N runs of a command
median() {
    n=$1
    shift
    for _ in $(seq "$n"); do
        t0=$(date +%s%N)
        "$@" > /dev/null 2>&1 || true
        t1=$(date +%s%N)
        echo $(((t1 - t0) / 1000))
    done | sort -n | awk '{ t[NR] = $1 } END { printf "%.1f", t[int((NR + 1) / 2)] / 1000 }'
}
# The least milliseconds of processor time of five runs, the whole process with its start: others use the machine, too.
processor() {
    for _ in 1 2 3 4 5; do "${BENCH_RUN:-build/bench_run}" "$@" 2> /dev/null || true; done | cut -d' ' -f2 | sort -n | head -n 1
}
row() { printf '%-44s %10s ms   %s\n' "$1" "$2" "${3:-}"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.1f", a / b; else printf "-" }'; }

nothing=$(median 9 "$mw" --version)
row "start of the program (--version)" "$nothing"
row "start with all rules compiled (rules check)" "$(median 5 "$mw" rules check)"
row "the same, processor time of one process" "$(processor "$mw" rules check)" "start alone: $(processor "$mw" --version) ms"

if [ -r "$corpus" ]; then
    gzip -dc "$corpus" > "$tmp/corpus.ndjson"
    bytes=$(wc -c < "$tmp/corpus.ndjson")
    notices=$(wc -l < "$tmp/corpus.ndjson")
    if wants import; then
        raw=$(median 3 gzip -dc "$corpus")
        fresh=$(median 1 "$mw" import --db "$tmp/a.db" "$corpus")
        again=$(median 3 "$mw" import --db "$tmp/a.db" "$corpus")
        row "gzip -dc of the corpus ($notices notices)" "$raw" "the limit: reading alone"
        row "import: parse, facts, index" "$fresh" "$(ratio "$fresh" "$raw") x reading, $(awk -v b="$bytes" -v t="$fresh" 'BEGIN { printf "%.1f", b / 1e3 / t }') MB/s"
        row "import again: nothing changed" "$again" "$(ratio "$again" "$raw") x reading"
    fi
    [ -e "$tmp/a.db" ] || "$mw" import --db "$tmp/a.db" "$corpus" > /dev/null
    if wants search; then
        grep_ms=$(median 5 grep -ci stadtbaum "$tmp/corpus.ndjson")
        row "grep through the same texts" "$grep_ms" "a peer: reads everything, understands nothing"
        for q in "Stadtbäume" "Integration Geflüchtete Kommune" "energetische Sanierung der Turnhalle in unserer Gemeinde"; do
            ms=$(median 9 "$mw" search --db "$tmp/a.db" --limit 10 "$q")
            row "search: $q" "$ms" "$(ratio "$ms" "$nothing") x start"
        done
    fi
    if wants match; then
        for p in config/examples/*/profil.yaml; do
            ms=$(median 3 "$mw" match --db "$tmp/a.db" --today 2025-07-15 --all --limit 500 "$p")
            row "match: $(basename "$(dirname "$p")")" "$ms" "$(ratio "$ms" "$notices") ms a notice"
        done
        # Many clients: the corpus resampled to 2,500 programmes, the example profiles to 200.
        awk -v n=2500 '{ line[NR] = $0 } END { for (i = 0; i < n; i++) { x = line[i % NR + 1];
            sub(/"url": *"[^"]*/, "&?copy=" int(i / NR), x); print x } }' "$tmp/corpus.ndjson" > "$tmp/many.ndjson"
        "$mw" import --db "$tmp/many.db" "$tmp/many.ndjson" > /dev/null
        mkdir "$tmp/clients"
        i=0
        while [ "$i" -lt 200 ]; do
            for p in config/examples/*/profil.yaml; do
                sed "s/^profile: .*/profile: client-$i/; /^text_file:/d" "$p" > "$tmp/clients/$i.yaml"
                i=$((i + 1))
                [ "$i" -lt 200 ] || break
            done
        done
        for p in config/examples/*/profil.yaml; do
            row "match: 2500 programmes, $(basename "$(dirname "$p")")" "$(processor "$mw" match --db "$tmp/many.db" --today 2025-07-15 "$p")" "processor time with program start; limit 150 ms"
        done
        for c in facts "changes --since 2020-01-01" "history $(sed -n 's/.*"url": *"\([^"]*\)".*/\1/p' "$tmp/many.ndjson" | head -n 1)"; do
            # shellcheck disable=SC2086 # words
            row "2500 programmes: ${c%% *}" "$(processor "$mw" $c --db "$tmp/many.db" --today 2025-07-15)" "processor time with program start"
        done
        row "match --matrix: 2500 programmes x 200 profiles" \
            "$(median 3 "$mw" match --db "$tmp/many.db" --today 2025-07-15 --matrix --out "$tmp/m.csv" "$tmp/clients")"
    fi
    # Text to facts, user CPU time of one process, texts as stored; the best of five, since others use the machine, too.
    if wants rules; then
        reader=${BENCH_RULES:-build/bench_rules}
        read_rules() { for _ in 1 2 3 4 5; do "$reader" "$tmp/a.db" "$1" "$2"; done | sort -n | head -n 1; }
        curve() { printf '%-44s %10s MB/s %s\n' "$1" "$(echo "$2" | cut -d' ' -f2)" "$(echo "$2" | awk '{ printf "%.2f s, %.1f MB of text as stored, %d facts, memory +%.1f MB", $1, $3 / 1e6, $4, $5 / 1e3 }')"; }
        mkdir -p "$tmp/half" "$tmp/twice"
        cp -r rules/facts rules/vocabulary rules/criteria "$tmp/half"
        cp -r rules/facts rules/vocabulary rules/criteria "$tmp/twice"
        for f in rules/facts/*.yaml; do
            case $f in */shared.yaml) continue ;; esac
            awk '/^  - id:/ { n++ } n == 0 || n % 2 == 1' "$f" > "$tmp/half/facts/$(basename "$f")"
            sed 's/^  - id: .*/&-again/' "$f" > "$tmp/twice/facts/again-$(basename "$f")"
        done
        limit=$("$reader" --limit "$tmp/a.db" rules)
        whole=$(read_rules rules 1)
        row "rules: a look for line ends (memchr)" "" "$(echo "$limit" | awk '{ printf "%.0f MB/s, the limit: what memory gives", $1 }')"
        row "rules: one pattern for sums (PCRE2)" "" "$(echo "$limit $whole" | awk '{ printf "%.1f MB/s, a peer: one of some 600 patterns; all rules take %.1f x its time", $2, $2 / $6 }')"
        for n in 1 2 4; do curve "rules: text x $n" "$(read_rules rules "$n")"; done
        curve "rules: every second rule" "$(read_rules "$tmp/half" 1)"
        curve "rules: all rules" "$(read_rules rules 1)"
        curve "rules: every rule twice" "$(read_rules "$tmp/twice" 1)"
    fi
else
    echo "SKIPPED import, search, match, rules: need $corpus"
fi
if wants plan; then
    for p in config/examples/*/projekt.yaml; do
        row "plan: $(basename "$(dirname "$p")")" "$(median 9 "$mw" plan --today 2026-11-22 --format json "$p")" "limit 30 ms with program start"
    done
    mkdir "$tmp/rules"
    printf 'programme: p\ntitle: P\neditions: [{id: e, financing: anteil, rate: 50 %%}]\n' > "$tmp/rules/p.yaml"
    for k in 1 2 4; do
        awk -v rows=$((1250 * k)) -v tasks=$((500 * k)) 'BEGIN {
            print "project: p\ntitle: T\nprogramme: p\nprofile: {profile: p, title: T, summary: S., applicants: [{name: Stadt A, land: NW}]}"
            print "period: {from: 2027-01-01, to: 2036-12-31}\ncosts:"
            for (i = 0; i < rows; i++)
                printf "  - {id: r%d, label: Position %d, category: k%d, amount: %d.%02d EUR, vat: 19 %%, task: t%d}\n", i, i, i % 9, 1 + i * 37 % 9999, i % 100, i % tasks
            print "tasks:"
            for (i = 0; i < tasks; i++)
                printf "  - {id: t%d, takes: %d workdays, effort: 0.5%s}\n", i, 1 + i % 5, (i > 50 && i % 2 ? ", after: [t" (i - 1) ", t" (i - 40) "]" : "")
        }' > "$tmp/large.yaml"
        row "plan: $((1250 * k)) rows, $((500 * k)) tasks" "$(median 5 "$mw" plan --rules "$tmp/rules" --today 2026-11-22 --format json "$tmp/large.yaml")" "limit 300 ms for the largest; grows no faster than n log n"
    done
    awk -v dir="$tmp/rules" 'BEGIN {
        list = ""
        for (i = 0; i < 30; i++) {
            list = list (i ? ", " : "") "m" i
            printf "programme: m%d\ntitle: M%d\neditions: [{id: e, financing: anteil, rate: %d %%, grant: {max: %d EUR, min: %d EUR}, public_share: {max: %d.5 %%}%s}]\n", i, i, 20 + i * 7 % 60, 9000 + i * 1733 % 20000, i * 311 % 4000, 60 + i * 11 % 39, (i % 3 ? "" : ", not_with: [m" ((i + 7) % 30) "]") > (dir "/m" i ".yaml")
        }
        print "project: p\ntitle: T\nprogrammes: [" list "]\nprofile: {profile: p, title: T, summary: S., applicants: [{name: Stadt A, land: NW}]}"
        print "period: {from: 2027-01-01, to: 2028-12-31}\ncosts: [{id: a, category: v, amount: 300000 EUR}]"
    }' > "$tmp/mix.yaml"
    row "mix: 30 programmes" "$(median 5 "$mw" mix --rules "$tmp/rules" --today 2026-11-22 --format json "$tmp/mix.yaml")" "limit 200 ms"
fi
if wants crawl; then
    sh tools/bench_crawl.sh
fi
if [ "$what" = scale ]; then
    records=${SHARED:-../shared}/eval/tibkat-corpus.ndjson.gz
    queries=${SHARED:-../shared}/eval/tibkat-dev.jsonl
    bench=${BENCH:-build/bench_search}
    python=python3
    /usr/bin/python3 -c 'import xapian' 2> /dev/null && python=/usr/bin/python3 # where Debian's packages are
    if [ -r "$records" ] && [ -x "$bench" ]; then
        sed -n 's/.*"query": "\([^"]*\)".*/\1/p' "$queries" > "$tmp/queries"
        for n in ${SIZES:-10000 100000}; do
            echo "== $n notices, $(wc -l < "$tmp/queries") queries"
            "$bench" make "$tmp/$n.db" "$n" "$records"
            echo "the whole file: $(wc -c < "$tmp/$n.db") bytes"
            if sqlite3 "$tmp/$n.db" 'SELECT 1 FROM dbstat LIMIT 1' > /dev/null 2>&1; then
                sqlite3 "$tmp/$n.db" "SELECT CASE WHEN name LIKE 'chunk%' THEN 'impact table, as pages:' ELSE 'FTS5, as pages:' END, sum(pgsize) || ' bytes'
                    FROM dbstat WHERE name LIKE 'chunk%' OR name LIKE 'section_fts%' GROUP BY 1" | tr '|' ' '
            fi
            "$bench" ask "$tmp/$n.db" "$tmp/queries" | tee "$tmp/ours"
            head -n 3 "$tmp/queries" | while read -r q; do
                row "search, a process of its own: $q" "$(processor "$mw" search --db "$tmp/$n.db" --today 2025-07-15 "$q")" "processor time with program start; goal at 100,000: 25 ms"
            done
            # The peers count no hits; ours counts them all. Beside the best ten of the typed words.
            if [ "$n" -le "${PEERS_MOST:-100000}" ]; then
                "$bench" print "$n" "$records" > "$tmp/$n.tsv"
                ours=$(sed -n 's/^typed words, best ten.* p95 *\([0-9.]*\) ms.*/\1/p' "$tmp/ours")
                "$python" tools/bench_peers.py "$tmp/$n.tsv" "$tmp/queries" | awk -v ours="$ours" '
                    { print } match($0, /p95 *[0-9.]+/) { printf "%48s p95 is %.1f x ours\n", "", substr($0, RSTART + 3, RLENGTH - 3) / ours }'
                rm -f "$tmp/$n.tsv"
            fi
            echo "adding 1000 notices:"
            "$bench" more "$tmp/$n.db" 1000 "$records" | tail -1
            echo "adding 10000 notices while another process reads:"
            "$bench" beside "$tmp/$n.db" 10000 "$records" "$tmp/queries" | tail -1
            rm -f "$tmp/$n.db"*
        done
        echo "== quality of the peers on the records themselves (ours: tools/eval.sh tibkat)"
        gzip -dc "$records" | "$python" -c 'import json, sys
for line in sys.stdin:
    d = json.loads(line)
    print(d["url"], " ".join(d["title"].split()), " ".join(" ".join(s.get("text") or "" for s in d["sections"]).split()), sep="\t")' > "$tmp/records.tsv"
        "$python" tools/bench_peers.py "$tmp/records.tsv" "$queries"
    else
        echo "SKIPPED scale: need $records and $bench"
    fi
fi
