#!/usr/bin/env python3
"""How well typing errors are corrected: words of the vocabulary that the database holds, each with one error made by a fixed seed.

usage: tools/typos.py MITTELWEG DB [N] [SEED]
Prints the errors that were not put right at once, how many were, and which right words that no notice holds got a correction."""
import glob, json, random, re, subprocess, sys

program, db = sys.argv[1:3]
number = int(sys.argv[3]) if len(sys.argv) > 3 else 100
dice = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 20261129)
BESIDE = dict(zip("abcdefghiklmnoprstuvwz", "sv vb xv sf wr dg fh gj uo jl ko n bm ip oü et ad rz zi cb qe tu".split()))


def corrections(word):
    """Whether notices hold the word, and what it was corrected to."""
    out = subprocess.run([program, "search", "--lang", "de", "--db", db, "--no-synonyms", "--limit", "1", "--explain", "--format", "json", word],
                         capture_output=True, text=True).stdout
    readings = json.loads(out)["readings"]
    held = any(r["notices"] > 0 for r in readings if r["kind"] == "word")
    return held, [r["text"] for r in readings if r["kind"] == "correction"]


def mistype(word, kind):
    """None: the word gives no occasion."""
    i = dice.randrange(1, len(word) - 1)
    if kind == "swap":
        return word[:i] + word[i + 1] + word[i] + word[i + 2:]
    if kind == "missing":
        return word[:i] + word[i + 1:]
    if kind == "double":
        return word[:i] + word[i] + word[i:]
    if kind == "key":
        return word[:i] + dice.choice(BESIDE[word[i]]) + word[i + 1:] if word[i] in BESIDE else None
    at = [j for j in range(len(word)) if (word[j] == "s" and 4 <= j < len(word) - 4 if kind == "link" else word[j] in "äöü")]
    if not at:
        return None
    j = dice.choice(at)
    return word[:j] + ("" if kind == "link" else {"ä": "e", "ö": "eo", "ü": "y"}[word[j]]) + word[j + 1:]


def same(a, b):
    """But for the ending."""
    a, b = (re.sub("innen$", "", s.lower().translate(str.maketrans("äöü", "aou")).replace("ß", "ss")) for s in (a, b))
    n = max(5, len(a) - 3)
    return a[:n] == b[:n] and abs(len(a) - len(b)) <= 3


labels = ",".join(m for f in glob.glob("rules/vocabulary/*.yaml") for m in re.findall(r"\bde: \[([^\]]*)\]", open(f, encoding="utf-8").read()))
words = sorted({w for w in re.split(", *", labels) if re.fullmatch("[A-ZÄÖÜ][a-zäöüß]{5,}", w)})
known = {w: corrections(w) for w in words}
held = [w for w in words if known[w][0]]
right = several = made = 0
while made < number:
    word, kind = dice.choice(held), ["swap", "missing", "double", "key", "link", "umlaut"][made % 6]
    typed = mistype(word, kind)
    if typed is None or typed == word:
        continue
    made += 1
    found, offered = corrections(typed)
    several += len(offered) > 1
    if found or (offered and same(offered[0], word)):
        right += 1
    else:
        print(f"{kind:8} {word} typed {typed}: {', '.join(offered) or 'nothing'}")
false = [f"{w}: {', '.join(known[w][1])}" for w in words if not known[w][0] and known[w][1]]
print(f"{right} of {number} put right, {several} with several corrections")
print(f"{len(false)} of {len(words) - len(held)} right words that no notice holds were corrected: {'; '.join(false)}")
