#!/bin/sh
# The tour of `make demo`: from a portal of our own demo pages on this computer to the papers of an application, without network.
# Every command is shown before it runs. Speaks German where LANG does.
# usage: tools/demo.sh [DIR]      writes only into DIR (demo-output/)
set -eu
cd "$(dirname "$0")/.."
mw=${MITTELWEG:-./mittelweg}
serve=${SERVE:-build/serve}
out=${1:-demo-output}
db=$out/demo.db
today=2026-11-22
example=config/examples/stadtteilbuero-dorsten
export LANG="${LANG:-C.UTF-8}"

# The first text in English, the second in German.
say() {
    case ${LC_ALL:-${LC_MESSAGES:-$LANG}} in de*) shift ;; esac
    printf '%s\n' "$1"
}
# Shows a command and runs it. The status named first is no failure here.
step() {
    allowed=$1
    shift
    printf '\n$'
    for word; do
        case $word in *[!A-Za-z0-9._/:=-]*) printf " '%s'" "$word" ;; *) printf ' %s' "$word" ;; esac
    done
    printf '\n'
    status=0
    "$@" || status=$?
    case " 0 $allowed " in *" $status "*) ;; *) echo "demo: exit status $status" >&2; exit "$status" ;; esac
    echo
}

mkdir -p "$out"
rm -rf "$db" "$db-wal" "$db-shm" "$out/portal" "$out/config"
mkdir -p "$out/portal" "$out/config/sources"
cp config/demo/*.html "$out/portal"
cp config/labels.yaml "$out/config"
pages=$(ls config/demo/*.html | wc -l)

# The portal lives as long as its standard input: a pipe that ends with this script.
mkfifo "$out/pipe" "$out/address"
"$serve" "$out/portal" 8432 < "$out/pipe" > "$out/address" &
server=$!
exec 9> "$out/pipe"
read -r portal < "$out/address"
rm "$out/pipe" "$out/address"
trap 'exec 9>&-; wait $server' EXIT
sed "s|^addresses:.*|addresses: $portal|" config/demo/demo.yaml > "$out/config/sources/demo.yaml"

say "== 1. Notices: a portal with $pages demo pages of our own ($portal) is crawled into a database." \
    "== 1. Bekanntmachungen: Ein Portal mit $pages eigenen Demo-Seiten ($portal) wird in eine Datenbank geholt."
step 0 $mw crawl --db $db --config "$out/config" --contact mailto:demo@example.org --today 2026-11-21

say "== The next night: the portal has changed. The second run asks for what changed, and says what it is." \
    "== In der nächsten Nacht hat sich das Portal geändert. Der zweite Lauf fragt nur das Geänderte ab und sagt, was es ist."
cp config/demo/day2/*.html "$out/portal"
step 0 $mw crawl --db $db --config "$out/config" --contact mailto:demo@example.org --today $today
step 0 $mw changes --db $db --since $today --all

say "== 2. Search: words in any form, parts of compounds too." \
    "== 2. Suche: Wörter in jeder Form, auch Teile zusammengesetzter."
step 3 $mw search --db $db --today $today --limit 5 "Stadtteilbüro in der Innenstadt"

say "== 3. Facts: what one notice says, each with the sentence that proves it." \
    "== 3. Angaben: was eine Bekanntmachung sagt, jeweils mit dem Satz, der es belegt."
step 0 $mw show --db $db --today $today https://example.org/demo/foerderung/kfw-432-ausgabe-2025

say "== 4. Verdicts: which programmes may the Stadtteilbüro use, and which not, and why?" \
    "== 4. Urteile: Welche Programme kommen für das Stadtteilbüro in Frage, welche nicht, und warum?"
step 3 $mw match --db $db --today $today --all --limit 20 $example/profil.yaml

say "== 5. Plan: cost, financing, schedule and the way back from the deadline." \
    "== 5. Plan: Kosten, Finanzierung, Zeitplan und der Weg zurück von der Frist."
step 1 $mw plan --today $today $example/projekt.yaml

say "== 6. Bundle: the same plan as documents." \
    "== 6. Antragsmappe: derselbe Plan als Dokumente."
step 1 $mw draft --out $out/stadtteilbuero --today $today $example/projekt.yaml

say "== What is where" "== Was wo liegt"
find "$out" -type f ! -path "$out/portal/*" ! -path "$out/config/*" ! -name '*-wal' ! -name '*-shm' | sort | sed 's/^/  /'
echo
say "Open $out/stadtteilbuero in a file manager: the .pdf holds all papers, the .xlsx the cost plan with live formulas." \
    "$out/stadtteilbuero im Dateimanager öffnen: Die .pdf enthält alle Papiere, die .xlsx den Kostenplan mit Formeln."
say "What to try next:" "Zum Weitermachen:"
cat <<TEXT
  $mw match --db $db --today $today config/examples/ikz-gross-gerau/profil.yaml
  $mw plan --today $today config/examples/ikz-gross-gerau/projekt.yaml
  $mw history --db $db https://example.org/demo/foerderung/klimaanpassung-kommunal
  $mw help
TEXT
say "The walk through the house, and ten minutes for each of three readers: README.md" \
    "Der Gang durch das Haus und zehn Minuten für drei Leserkreise: README.md"
