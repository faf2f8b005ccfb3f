#!/bin/sh
# Quality numbers on the development gold sets in ../shared/eval, one line a measure. The same scorers run elsewhere on
# sets that nobody here has seen. usage: tools/eval.sh [search|search-own|facts|facts-own|match|match-own|criteria|watch|plans|profiles|profiles-own|tibkat]...
set -eu
cd "$(dirname "$0")/.."
eval_dir=${SHARED:-../shared}/eval
[ -d "$eval_dir" ] || { echo "SKIPPED: needs $eval_dir"; exit 0; }
mw=${MITTELWEG:-./mittelweg}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
wants() { [ -z "$what" ] || case " $what " in *" $1 "*) true ;; *) false ;; esac; }
what="$*"

import() { "$mw" import --db "$tmp/$1.db" "$eval_dir/$2" > "$tmp/import.log" || { cat "$tmp/import.log"; exit 1; }; }

if wants search || wants search-own || wants match || wants match-own || wants criteria; then import gold corpus.ndjson.gz; fi
if wants search; then
    echo "== search: funding, then EU"
    python3 "$eval_dir/score_search.py" "$mw search --db $tmp/gold.db --format json --limit 100" "$eval_dir/search-dev.jsonl"
    import eu corpus-eu.ndjson.gz
    python3 "$eval_dir/score_search.py" "$mw search --db $tmp/eu.db --format json --limit 100" "$eval_dir/search-eu-dev.jsonl"
fi
if wants search-own; then
    # Our own questions over the same programmes (tests/data/search). Of the blind half only the totals are printed.
    for half in open blind; do
        echo "== search, own labels, $half"
        case $half in blind) totals='1p; /^ALL /p; /^nDCG/p; /^FAILED/p' ;; *) totals=p ;; esac
        python3 "$eval_dir/score_search.py" --all "$mw search --db $tmp/gold.db --format json --limit 100" "tests/data/search/$half.jsonl" | sed -n "$totals"
    done
fi
if wants tibkat; then
    echo "== search: library records"
    import tibkat tibkat-corpus.ndjson.gz
    python3 "$eval_dir/score_search.py" "$mw search --db $tmp/tibkat.db --format json --limit 100" "$eval_dir/tibkat-dev.jsonl"
fi
# score_facts GOLD LIST: what show finds in the gold set's documents; LIST wrong and missed facts a type are printed.
score_facts() {
    sed 's/^{"url": "\([^"]*\)".*/\1/' "$1" | while read -r url; do
        "$mw" show --db "$tmp/facts.db" --format json "$url" | tr -d '\n'
        echo
    done > "$tmp/facts.ndjson"
    python3 "$eval_dir/score_facts.py" "$tmp/facts.ndjson" --gold "$1" --list "$2" \
        --corpus "$eval_dir/corpus.ndjson.gz" --corpus "$eval_dir/corpus-extra.ndjson.gz" --corpus "$eval_dir/corpus-eu.ndjson.gz"
}

if wants facts || wants facts-own; then
    import facts corpus.ndjson.gz
    import facts corpus-extra.ndjson.gz
    import facts corpus-eu.ndjson.gz
fi
if wants facts; then
    echo "== facts"
    score_facts "$eval_dir/facts-dev.jsonl" 20
fi
if wants facts-own; then
    # Our own labels. a to d and h are open; e, f, g are blind: their errors are not printed, so that no rule is written from them.
    for batch in a b c d e f g h; do
        echo "== facts, own labels, batch $batch"
        awk -f tools/labels.awk "tests/data/facts-$batch.tsv" > "$tmp/own-$batch.jsonl"
        score_facts "$tmp/own-$batch.jsonl" 0
    done
fi
# score_match LABELS [OPTIONS]: what match says of the pairs that LABELS judges
score_match() {
    labels=$1
    shift
    python3 "$eval_dir/score_match.py" "$@" --corpus "$eval_dir/corpus.ndjson.gz" \
        "$mw match --db $tmp/gold.db --format json --all --limit 500 --today 2025-07-15 {profile}" "$labels"
}
if wants match; then
    echo "== match"
    score_match "$eval_dir/match-dev"
    MITTELWEG=$mw python3 tools/no_evidence.py "$tmp/gold.db" "$eval_dir/match-dev"
fi
if wants match-own; then
    echo "== match, own labels, the first seven" # blind, like the facts: their errors are not printed
    score_match tests/data/match
    # The second set and those after it. Errors of the open ones are printed, of the blind ones only totals.
    for part in open blind blind2 blind3; do
        echo "== match, own labels, $part"
        python3 tools/match_labels.py "$eval_dir" "tests/data/match/$part"
        score_match "tests/data/match/$part" $(case $part in open | blind2) echo --errors ;; esac)
    done
fi
if wants criteria; then
    echo "== status, applicants and region of programmes drawn at random, own labels"
    MITTELWEG=$mw python3 tools/score_criteria.py "$tmp/gold.db" tests/data/match/criteria.tsv
fi
if wants watch; then
    echo "== watch: prepared changes to real notices"
    MITTELWEG=$mw python3 tools/seeded_changes.py "$eval_dir/corpus.ndjson.gz"
fi
if wants profiles; then
    echo "== profiles from documents: as text, then the notices among them as XML"
    python3 "$eval_dir/score_profiles.py" "$mw profile from --format json {file}" "$eval_dir/profiles-dev"
    archive=$eval_dir/../data/eu/ted_export/ted_export_de_493.tar.gz
    if [ -f "$archive" ]; then
        tar -xzf "$archive" -C "$tmp"
        python3 "$eval_dir/score_profiles.py" --originals "$tmp/ted_export_de" "$mw profile from --format json {file}" "$eval_dir/profiles-dev"
    fi
fi
if wants profiles-own; then
    # Our own labels (tests/data/profiles). desk4-blind is blind: only its totals are printed. The others named so were blind once and are seen now.
    for set in written desk-open desk-blind desk2-blind desk3-open desk3-blind desk4-blind; do
        echo "== profiles from documents, texts of our own, $set"
        case $set in desk4-blind) errors= totals='1p; /^ALL /,$p' ;; *) errors=--errors totals=p ;; esac
        python3 "$eval_dir/score_profiles.py" $errors "$mw profile from --format json {file}" "tests/data/profiles/$set" | sed -n "$totals"
    done
    tar -xzf "$eval_dir/../data/eu/ted_export/ted_export_de_493.tar.gz" -C "$tmp"
    cp "$eval_dir"/../data/eu/ted_eforms/real/*.xml "$tmp/ted_export_de"
    for half in open blind; do
        echo "== profiles from documents, own labels, $half: as text, then as XML"
        mkdir "$tmp/$half"
        cp "tests/data/profiles/$half/labels.jsonl" "$tmp/$half"
        sed 's/.*"file": "\([^"]*\)".*/\1/' "$tmp/$half/labels.jsonl" | while read -r file; do
            case $file in
            *.txt) python3 tools/ted_text.py "$tmp/ted_export_de/${file%.txt}.xml" > "$tmp/$half/$file" ;;
            *) cp "$tmp/ted_export_de/$file" "$tmp/$half" ;;
            esac
        done
        python3 "$eval_dir/score_profiles.py" --errors "$mw profile from --format json {file}" "$tmp/$half"
        python3 "$eval_dir/score_profiles.py" --errors --originals "$tmp/ted_export_de" "$mw profile from --format json {file}" "$tmp/$half"
    done
fi
if wants plans; then
    echo "== plans and mixes"
    python3 "$eval_dir/score_plans.py" "$eval_dir/plans-dev" --quiet || true
    python3 "$eval_dir/score_plans.py" "$eval_dir/mix-dev" --quiet || true
fi
