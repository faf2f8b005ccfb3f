# Turns labels of tests/data/facts-*.tsv into the gold format of ../shared/eval/score_facts.py, one line a notice.
BEGIN { FS = "\t" }
/^#/ || NF == 0 { next }
function finish() { if (url != "") printf "{\"url\": \"%s\", \"facts\": [%s]}\n", url, facts }
function listed(text,    parts, n, i, out) {
    n = split(text, parts, ",")
    for (i = 1; i <= n; i++)
        out = out (i > 1 ? ", " : "") "\"" parts[i] "\""
    return "[" out "]"
}
$2 == "-" { finish(); url = $1; facts = ""; next }
{
    fact = "\"type\": \"" $2 "\""
    if ($3 != "") fact = fact ", \"kind\": \"" $3 "\""
    if ($2 == "deadline" && $4 != "") fact = fact ", \"" (length($4) == 5 ? "recurs" : "date") "\": \"" $4 "\""
    if ($2 == "rate" || $2 == "own_share") fact = fact sprintf(", \"bp\": %d", $4 * 100 + 0.5)
    if ($2 == "amount") fact = fact sprintf(", \"cents\": %.0f", $4 * 100)
    if ($2 == "duration") fact = fact ", \"months\": " $4
    if ($2 == "two_stage" || $2 == "de_minimis") fact = fact ", \"value\": " $4
    else if ($3 == "") fact = fact ", \"value\": \"" $4 "\""
    n = split($5, extras, " ")
    for (i = 1; i <= n; i++) {
        if (extras[i] == "lenient") fact = fact ", \"lenient\": true"
        else {
            split(extras[i], pair, "=")
            fact = fact ", \"" pair[1] "\": " listed(pair[2])
        }
    }
    facts = facts (facts == "" ? "" : ", ") "{" fact ", \"start\": " $6 "}"
}
END { finish() }
