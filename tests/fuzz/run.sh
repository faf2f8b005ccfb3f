#!/bin/sh
# Runs fuzz targets, SECONDS in all shared out evenly, each on seeds of its kind: files of this repository and, where it is there, the
# reference data. What a run has found interesting stays in $BUILD/found for the next one. An input that fails lies in $BUILD/faults/
# and is named; then the result is 1. Again: $BUILD/fuzz_NAME FILE. usage: tests/fuzz/run.sh SECONDS FUZZER...
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build-fuzz}
shared=${SHARED:-../shared}
seconds=$1
shift
each=$((seconds / $#))
[ "$each" -gt 0 ] || each=1
mkdir -p "$build/faults"

# seed NAME PREFIX < BYTES: one input of a target, at most 60 KB; PREFIX: the bytes that choose how, as octal escapes or "".
seed() {
    { printf "$2"; head -c 60000; } > "$(mktemp "$build/seeds/$1/XXXXXX")"
}
# pieces NAME PREFIX < LINES: every line an input
pieces() {
    while IFS= read -r line; do printf '%s' "$line" | seed "$1" "$2"; done
}
octal() { printf '\\%03o' "$1"; }
texts() { sed -n "s/.*text: '\([^']*\)'.*/\1/p" rules/facts/*.yaml | awk 'NR % 7 == 1' | head -n 150; }
notices() {
    if [ -r "$shared/eval/corpus.ndjson.gz" ]; then gzip -dc "$shared/eval/corpus.ndjson.gz" | awk 'NR % 25 == 3'; fi
}

seeds_of() {
    case $1 in
    html)
        for f in tests/data/sources/*.html "$shared"/data/de/foerderdatenbank-html/*.html; do [ ! -r "$f" ] || seed html '\000' < "$f"; done ;;
    xml)
        for f in tests/data/sources/*.xml "$shared"/data/eu/ted_eforms/real/*.xml "$shared"/data/eu/ted_export/picked/1*.xml; do
            [ ! -r "$f" ] || seed xml '' < "$f"
        done
        printf '//item[position() < 3]/title | ancestor::*\n<r><item a="1"><title>x &amp; y</title></item></r>' | seed xml '' ;;
    pdf)
        printf '%s' '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body><doc><page width="595.0" height="842.0">
            <flow><block xMin="56" yMin="70" xMax="300" yMax="100"><line xMin="56" yMin="70" xMax="300" yMax="82"><word xMin="56" yMin="70"
            xMax="100" yMax="82">F&#246;rder-</word><word xMin="110" yMin="70" xMax="150" yMax="82">mittel</word></line></block></flow></page>
            <page width="595.0" height="842.0"></page></doc></body></html>' | seed pdf '' ;;
    zip)
        printf 'PK\003\004\012\000\000\000\000\000\000\000\041\000\206\246\020\066\005\000\000\000\005\000\000\000\005\000\000\000a.txthelloPK\001\002\036\003\012\000\000\000\000\000\000\000\041\000\206\246\020\066\005\000\000\000\005\000\000\000\005\000\000\000\000\000\000\000\000\000\000\000\244\201\000\000\000\000a.txtPK\005\006\000\000\000\000\001\000\001\000\063\000\000\000\050\000\000\000\000\000' |
            seed zip '' ;;
    robots)
        printf 'User-agent: *\nDisallow: /a*b$\nAllow: /%%7Ea\nCrawl-delay: 2.5\nSitemap: https://example.org/s.xml\n\nUser-agent: mittelweg\nDisallow:\n' | seed robots '' ;;
    url)
        for u in 'https://example.org/a/b?c=d#e' '//Stra\303\237e.example:443/../x%%20y' 'https://user@[::1]:80/' 'http://a/b\n./../c?d' '?x=%%C3%%A4' \
            'HTTPS://EXAMPLE.org./%%7e' 'https://1.2.3.4\n\\\\x'; do printf "$u" | seed url ''; done ;;
    yaml)
        for f in config/examples/*/profil.yaml; do seed yaml '\000' < "$f"; done
        for f in config/examples/*/projekt.yaml; do seed yaml '\001' < "$f"; done
        for f in rules/programmes/*.yaml; do seed yaml '\002' < "$f"; done
        for f in rules/tariffs/*.yaml; do seed yaml '\003' < "$f"; done
        for f in config/forms/*.yaml; do [ ! -r "$f" ] || seed yaml '\004' < "$f"; done ;;
    json)
        notices | pieces json ''
        printf '{"url":"https://example.org/1","title":"T","sections":[{"heading":"H","text":"x"}],"deadlines":["2026-03-31"],"x":[1.5,null,true]}' | seed json '' ;;
    values)
        for v in '2,5 Mio. EUR' '33 1/3 v. H.' '1.10. des Vorjahres' '2027-04-08T00:00:00.000+0000' 'Wed, 04 Nov 2026 08:00:00 +0100' 'zweieinhalb Jahre' \
            '2. Quartal 2025' 'EUR 5.000 und 50 000 Euro' 'zwei Drittel' '350 000' 'Ende September 2029' '20 workdays' '1792713600000'; do printf '%s' "$v" | seed values ''; done
        texts | pieces values '' ;;
    pattern)
        printf '(?<=bis )\\d{1,3}(?:[.,]\\d+)? ?%%|(?:H\303\244lfte)\\b\nbis 50,5 %%' | seed pattern ''
        sed -n "s/.*find: '\([^{']*\)'.*/\1/p" rules/facts/*.yaml | head -n 60 | while IFS= read -r p; do printf '%s\nzuschuss bis 31.03.2026' "$p" | seed pattern ''; done ;;
    facts)
        texts | pieces facts '\001'
        notices | sed -n 's/.*"text": *"\([^"]*\)".*/\1/p' | while IFS= read -r t; do printf '%b' "$t" | seed facts '\000'; done ;;
    words) texts | pieces words '' ;;
    search)
        for q in 'Radwege "l\303\244ndlicher Raum" -Darlehen land:NW,BY status:open deadline:<2026-12-31 rate:>=50' 'NEAR(a b, 5) AND x* OR ^y' '\360\237\214\263 E-Mobilit\303\244t'; do
            printf "$q" | seed search '\060'
        done ;;
    source)
        i=0
        for f in config/sources/fdb-export.yaml "$shared"/data/de/foerderdatenbank-html/detail_single_desc.html tests/data/sources/feed-rss.xml \
            "$shared"/data/eu/interreg/interreg_eu_call_hit_1.json "$shared"/data/eu/sedia/grantsTenders_sample7.json "$shared"/data/eu/sedia/search_open_topics.json \
            "$shared"/data/eu/ted_eforms/real/2024-OJS047-00137599.xml "$shared"/data/eu/ted_search_v3/notices_excerpt_8of18.json tests/data/sources/sitemap.xml \
            tests/data/sources/records.json tests/data/sources/records.xml tests/data/sources/feed-atom.xml tests/data/sources/table.csv \
            tests/data/sources/inside.json tests/data/sources/hits.json; do
            if [ -r "$f" ]; then
                seed source "$(octal $i)\\000" < "$f"
                seed source "$(octal $i)\\001" < "$f"
            fi
            i=$((i + 1))
        done ;;
    paper)
        for f in config/examples/*/*.txt "$shared"/eval/profiles-dev/*.txt tests/data/sources/page.html "$shared"/data/eu/ted_export/picked/16*.xml; do
            [ ! -r "$f" ] || seed paper '' < "$f"
        done ;;
    esac
}

bad=0
for fuzzer in "$@"; do
    name=${fuzzer##*/fuzz_}
    rm -rf "$build/seeds/$name"
    mkdir -p "$build/seeds/$name" "$build/found/$name"
    seeds_of "$name"
    log=$build/$name.log
    if "$fuzzer" -max_total_time="$each" -timeout=25 -rss_limit_mb=3000 -print_final_stats=1 -artifact_prefix="$build/faults/$name-" \
        "$build/found/$name" "$build/seeds/$name" > "$log" 2>&1; then
        echo "ok    $name: $(sed -n 's/^stat::number_of_executed_units: //p' "$log") inputs"
    else
        bad=1
        input=$(sed -n 's/^artifact_prefix=.*written to //p' "$log" | tail -n 1)
        echo "FAIL  $name: $(grep -m 1 -E '^fuzz: |ERROR: |runtime error' "$log" || tail -n 1 "$log")"
        echo "      the input: ${input:-none written}; all of it: $log"
    fi
done
exit $bad
