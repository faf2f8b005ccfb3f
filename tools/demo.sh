#!/bin/sh
# The tour of `make demo`: from our own demo pages to the spreadsheet of an application, without network. Every command is
# shown before it runs, so that it can be typed again. Writes only into demo-output/.
set -eu
cd "$(dirname "$0")/.."
mw=./mittelweg
out=demo-output
db=$out/demo.db
today=2026-11-22
example=config/examples/stadtteilbuero-dorsten
export LANG="${LANG:-C.UTF-8}"

# Shows a command and runs it. A status that the step allows (its first argument) is not a failure.
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
}
say() { printf '\n== %s\n' "$*"; }

mkdir -p "$out"
rm -f "$db" "$db-wal" "$db-shm"

say "1. Notices: $(ls config/demo/*.html | wc -l) demo pages of our own become a database."
step 0 $mw import --db $db config/demo

say "2. Search: words in any form, parts of compounds too."
step 3 $mw search --db $db --today $today --limit 5 "Stadtteilbüro in der Innenstadt"

say "3. Facts: what one notice says, each with the sentence that proves it."
step 0 $mw show --db $db --today $today https://example.org/demo/foerderung/kfw-432-ausgabe-2025

say "4. Verdicts: which programmes may the Stadtteilbüro use? (--all: also those it may not, and why)"
step 3 $mw match --db $db --today $today --all --limit 20 $example/profil.yaml

say "5. Plan: cost, financing, schedule and the way back from the deadline."
step 1 $mw plan --today $today $example/projekt.yaml

say "6. Bundle: the same plan as documents."
step 1 $mw draft --out $out/stadtteilbuero --today $today $example/projekt.yaml

say "What is where"
find "$out" -type f ! -name '*-wal' ! -name '*-shm' | sort | sed 's/^/  /'
cat <<TEXT

Open $out/stadtteilbuero in a file manager: the .xlsx holds the cost and financing plan with live formulas.
What to try next:
  $mw match --db $db --today $today config/examples/ikz-gross-gerau/profil.yaml
  $mw plan --today $today config/examples/ikz-gross-gerau/projekt.yaml
  $mw import --db $db config/demo/day2     (three pages as they stand a day later)
  $mw help
The walk through the house is in README.md.
TEXT
