#!/bin/sh
# Every English message of the program must have its German (po/de), with the same conversions; none may stand there
# twice or for nothing. Texts in tables (help of commands) are checked by tests/test_cli.c. usage: tools/messages.sh
set -eu
cd "$(dirname "$0")/.."
command -v xgettext >/dev/null || { echo "SKIPPED: needs xgettext (make deps-dev)"; exit 0; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
find lib crawler rules/engine intake index apply web cli -name '*.c' 2>/dev/null | sort > "$tmp/files"
labels=$(for f in object list table sv z int bool eur share day num null link; do printf ' -kmw_out_%s:3' $f; done)
# shellcheck disable=SC2086 # one word each
xgettext -L C --from-code=UTF-8 --no-wrap --no-location -kmw_tr:2 -kT:2 -kmw_fail:3 -kmw_fail_at:4 -kmw_diag_add:5 \
    -kmw_diag_cure:3 -kmw_out_paraf:3 -kmw_find:6 -kTR:2 -kFAULT:3 -kFAULT_AT:3 $labels -f "$tmp/files" -o "$tmp/en.po" 2>/dev/null
bad=0
for po in po/de/*.po; do
    if grep -q Content-Type "$po"; then cp "$po" "$tmp/one.po"; else
        { printf 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'; cat "$po"; } > "$tmp/one.po"
    fi
    msgfmt --check-format -o /dev/null "$tmp/one.po" 2> "$tmp/log" || { sed "s|$tmp/one.po|$po|" "$tmp/log"; bad=1; }
done
LC_ALL=C awk -f tools/po2c po/de/*.po > "$tmp/de.c" || bad=1
sed -n 's/^    { \("\(.*\)"\),$/\2/p' "$tmp/de.c" | sort > "$tmp/have"
cat "$tmp/en.po" | awk '
    function out() { if (id != "") print id; id = "" }
    /^msgid "/ { out(); id = substr($0, 8, length($0) - 8); on = 1; next }
    /^"/ { if (on) id = id substr($0, 2, length($0) - 2); next }
    /^msgstr/ { on = 0 }
    END { out() }' | 
    awk '{ rest = $0; gsub(/%[-0-9.*$]*(zu|lld|[a-z])/, "", rest) } rest ~ /[A-Za-z][a-z]/' | sort -u > "$tmp/want" # "%s" alone needs none
# The columns of tables ({ "key", "Label", right }) are translated where they are printed.
xargs sed -n 's/{ "/\n&/gp' < "$tmp/files" | sed -n 's/^{ "[^"]*", "\([A-Za-z][^"]*[a-z][^"]*\)", \(true\|false\) }.*/\1/p' | sort -u - "$tmp/want" > "$tmp/all"
mv "$tmp/all" "$tmp/want"
if comm -23 "$tmp/want" "$tmp/have" | grep . > "$tmp/missing"; then
    echo "messages without German:"
    sed 's/^/    /' "$tmp/missing"
    bad=1
fi
[ "$bad" -eq 0 ] && echo "messages: $(wc -l < "$tmp/want") in both languages"
exit "$bad"
