#!/bin/sh
# The crawler beside its peers, each pair in one run on this machine: time on the wall and of the processor, ratios of both. What is
# stored is searchable at once; facts are left out but where it says so. Called by tools/bench.sh.
# PAGES (5000), BULK (130000000 bytes), DOCUMENTS (10000): smaller ones for a quick look.
set -eu
cd "$(dirname "$0")/.."
mw=${MITTELWEG:-./mittelweg}
serve=${SERVE:-build/serve}
run=${BENCH_RUN:-build/bench_run}
limit=${BENCH_PAGES:-build/bench_pages}
shared=${SHARED:-../shared}
pages=${PAGES:-5000} bulk=${BULK:-130000000} documents=${DOCUMENTS:-10000}
tmp=$(mktemp -d)
server=
end() {
    exec 9>&- || true
    [ -z "$server" ] || wait "$server" || true
    rm -rf "$tmp"
}
trap end EXIT
data() { LC_ALL=C awk -f tools/bench_crawl.awk "$@"; }
cost() { "$run" "$@" 2> "$tmp/said" || { cat "$tmp/said" >&2; exit 1; }; } # "wall cpu rss"
row() { printf '%-52s %9.2f s %9.2f s CPU   %s\n' "$1" "$(echo "$2" | awk '{ print $1 / 1e3 }')" "$(echo "$2" | awk '{ print $2 / 1e3 }')" "${3:-}"; }
beside() { echo "$1 $2" | awk '{ printf "%.1f x on the wall, %.1f x CPU", $1 / $4, $2 / $5 }'; } # of two costs
rate() { echo "$1 $2" | awk '{ printf "%.1f MB/s on the wall, %.1f MB/s of CPU", $4 / $1 / 1e3, $4 / $2 / 1e3 }'; } # a cost, bytes
rss() { echo "$1" | awk '{ printf "%.0f MB resident", $3 / 1024 }'; }

mkdir -p "$tmp/config/sources" "$tmp/norules/facts" "$tmp/norules/criteria" "$tmp/norules/vocabulary"
cp config/labels.yaml "$tmp/config"
cp -r config/codes "$tmp/config"
crawl() { # rules, database or --dry-run, sources
    if [ "$2" = --dry-run ]; then set -- "$1" "$2" "$3"; else set -- "$1" "--db=$2" "$3"; fi
    cost "$mw" crawl --lang en --allow-private --config "$tmp/config" --rules "$1" "$2" --only "$3"
}
source_of() { # id, address
    cat > "$tmp/config/sources/$1.yaml" << EOF
source: $1
title: Bench
level: bund
kind: html
addresses: "$2?page=1"
verified: {on: 2026-11-28, against: pages of our own}
enabled: yes
politeness: {delay_ms: 0, connections: 8, robots: no}
limits: {pages: 10000}
list: {records: "//ol/li", link: ".//a/@href", next: "//a[@rel='next']/@href"}
EOF
}
start() { # a server of the pages in a folder; its address in $portal
    exec 9>&- || true
    [ -z "$server" ] || wait "$server" || true
    rm -f "$tmp/pipe" "$tmp/address"
    mkfifo "$tmp/pipe" "$tmp/address"
    "$serve" "$1" 0 1000 < "$tmp/pipe" > "$tmp/address" &
    server=$!
    exec 9> "$tmp/pipe"
    read -r portal < "$tmp/address"
}

if [ -x "$serve" ]; then
    mkdir "$tmp/site"
    data -v what=pages -v pages="$pages" -v bytes=20000 -v dir="$tmp/site"
    start "$tmp/site"
    source_of pages "$portal"
    all=$(crawl "$tmp/norules" "$tmp/pages.db" pages)
    read_only=$(crawl "$tmp/norules" --dry-run pages)
    if command -v wget2 > /dev/null; then
        (cd "$tmp/site" && ls) | sed "s|^|$portal|" > "$tmp/urls"
        peer=$(cost wget2 -q --no-config --no-robots -P "$tmp/got" -i "$tmp/urls")
        row "wget2: $pages pages of 20 KB" "$peer" "a peer: fetches and writes files"
        row "crawl --dry-run: fetched and parsed" "$read_only" "$(beside "$read_only" "$peer")"
        row "crawl: fetched, parsed, stored, searchable" "$all" "$(beside "$all" "$peer") (goal 1.0)"
    else
        row "crawl: $pages pages of 20 KB" "$all" ""
        echo "SKIPPED the comparison with wget2: it is not installed (make deps-dev)."
    fi
    if [ -x "$limit" ]; then # what the libraries alone take for the same pages, on one core
        "$limit" "$portal" "$tmp/site" "$tmp/pages.db" "$tmp/scratch.db" > "$tmp/parts"
        echo "$all $(cat "$tmp/parts")" | awk '{
            sum = $4 + $5 + $6 + $7 + $8
            printf "%-52s %11s %9.2f s CPU   ", "the libraries alone (limit)", "", sum / 1e3
            printf "crawl is %.1f x that: libcurl %.2f, libxml2 %.2f, zstd and SHA-256 %.2f, rows %.2f, FTS5 %.2f\n", $2 / sum, $4 / 1e3, $5 / 1e3, $6 / 1e3, $7 / 1e3, $8 / 1e3
        }'
    fi
    rm -rf "$tmp/site" "$tmp/got" "$tmp/pages.db"* "$tmp/scratch.db"*

    mkdir "$tmp/site"
    data -v what=pages -v pages=$((2 * pages)) -v bytes=2000 -v dir="$tmp/site"
    start "$tmp/site"
    source_of small "$portal"
    first=$(crawl "$tmp/norules" "$tmp/small.db" small)
    "$mw" export --db "$tmp/small.db" > "$tmp/before"
    second=$(crawl "$tmp/norules" "$tmp/small.db" small)
    "$mw" export --db "$tmp/small.db" > "$tmp/after"
    row "crawl: $((2 * pages)) pages of 2 KB" "$first" "$(rss "$first")"
    row "crawl again: nothing changed" "$second" "$(beside "$first" "$second") faster (goal 5.0); $(awk '/^small/ { print $3 " unchanged, " $4 " new, " $5 " changed" }' "$tmp/said"); notices $(cmp -s "$tmp/before" "$tmp/after" && echo untouched || echo CHANGED)"
else
    echo "SKIPPED pages: need $serve (make $serve)."
fi

export=$shared/data/de/foerderdatenbank-export
if [ -d "$export" ] && command -v zip > /dev/null; then
    # of the real export a quarter are programmes; 3 of the 32 documents at hand are
    mkdir -p "$tmp/fdb/BMWI/FDB/Content/DE" "$tmp/un"
    find "$export" -name '*.xml' | LC_ALL=C sort | LC_ALL=C xargs awk -f tools/bench_crawl.awk -v what=fdb -v dir="$tmp/fdb/BMWI/FDB/Content/DE" -v programmes=$((documents / 12)) -v others=$((documents * 3 / 4 / 29))
    (cd "$tmp/fdb" && zip -q -r ../fdb.zip BMWI)
    sed "s|^addresses:.*|addresses: \"file:$tmp/fdb.zip\"|" config/sources/fdb-export.yaml > "$tmp/config/sources/fdb-export.yaml"
    mine=$(crawl "$tmp/norules" "$tmp/fdb.db" fdb-export)
    if command -v unzip > /dev/null && command -v xmllint > /dev/null; then
        # some of the real documents hold control characters, which xmllint finds fault with
        peer=$(cost sh -c "cd '$tmp/un' && unzip -q ../fdb.zip && find . -name '*.xml' -exec xmllint --noout {} + || true")
        row "unzip, then xmllint --noout" "$peer" "a peer: $(find "$tmp/un" -name '*.xml' | wc -l) documents"
        row "crawl: the export read and stored" "$mine" "$(beside "$mine" "$peer") (goal 4.0), $(rss "$mine")"
    else
        row "crawl: the export read and stored" "$mine" "$(rss "$mine")"
        echo "SKIPPED the comparison with unzip and xmllint: not installed (make deps-dev)."
    fi
    rm -rf "$tmp/un" "$tmp/fdb" "$tmp/fdb.db"*
else
    echo "SKIPPED the Förderdatenbank's export: needs $export and zip (make deps-dev)."
fi

records=$shared/data/eu/sedia/grantsTenders_sample7.json
if [ -r "$records" ]; then
    data -v what=eu -v bytes="$bulk" "$records" > "$tmp/eu.json"
    bytes=$(wc -c < "$tmp/eu.json")
    sed "s|^addresses:.*|addresses: \"file:$tmp/eu.json\"|" config/sources/eu-ftp.yaml > "$tmp/config/sources/eu-ftp.yaml"
    read_only=$(crawl "$tmp/norules" --dry-run eu-ftp)
    row "crawl --dry-run: bulk file of $((bytes / 1000000)) MB parsed" "$read_only" "$(rate "$read_only" "$bytes") (goal 40), $(rss "$read_only") (goal 100)"
    all=$(crawl "$tmp/norules" "$tmp/eu.db" eu-ftp)
    row "crawl: parsed and stored" "$all" "$(rate "$all" "$bytes") (goal 15), $(rss "$all") (goal 100)"
    rm -f "$tmp/eu.db"*
else
    echo "SKIPPED the EU's bulk file: needs $records."
fi

night=$(cd "$tmp/config/sources" && for f in small fdb-export eu-ftp; do [ ! -e $f.yaml ] || echo $f; done | paste -s -d , -)
if [ -n "$night" ]; then
    all=$(crawl rules "$tmp/night.db" "$night")
    row "crawl: one night ($night), with facts" "$all" "$(rss "$all") (goal 200)"
fi
