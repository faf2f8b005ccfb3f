#!/usr/bin/env python3
"""Prepared changes to real notices: does watch tell the material ones with the right type, and no cosmetic one?

usage: seeded_changes.py CORPUS.ndjson.gz [SEED]

Every notice of the corpus is first changed in a way that no reader of conditions notices, then, where it states a date, a rate or a sum in a form
that can be changed in place, in one of those, or it is closed or moved to another Land. Profiles of all Länder and several kinds of applicants, without
words, watch all of it; what none of them may use is nobody's news and not counted."""
import collections
import gzip
import html
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

PROGRAM = os.environ.get("MITTELWEG", "./mittelweg")
TODAY = "2025-07-15"
LAENDER = "BW BY BE BB HB HH HE MV NI NW RP SL SN ST SH TH".split()
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()


def run(*args):
    return subprocess.run([PROGRAM, *args], capture_output=True, text=True, check=False).stdout


def texts(notice):
    for section in notice.get("sections", []):
        for key in ("html", "text"):
            if section.get(key):
                yield section, key


# --- what nobody should be told -------------------------------------------------------------------------------------------
def outside_tags(text, change):
    return "".join(part if part.startswith("<") else change(part) for part in re.split(r"(<[^>]*>)", text))


COSMETIC = {
    "two spaces": lambda t: outside_tags(t, lambda s: s.replace(" und ", "  und ")),
    "soft hyphens": lambda t: outside_tags(t, lambda s: s.replace("förder", "för\u00adder").replace("Unternehm", "Unter\u00adnehm")),
    "no-break spaces": lambda t: outside_tags(t, lambda s: re.sub(r"(\d) (?=[A-Z])", "\\1\u00a0", s)),
    "percent signs": lambda t: outside_tags(t, lambda s: re.sub(r"(\d) Prozent\b", r"\1 %", s)),
    "EUR for Euro": lambda t: outside_tags(t, lambda s: re.sub(r"(\d) Euro\b", r"\1 EUR", s)),
    "umlauts as entities": lambda t: outside_tags(t, lambda s: s.replace("ä", "&auml;").replace("ü", "&uuml;")),
    "emphasis": lambda t: re.sub(r"<p>([^<]{30,})</p>", r"<p><strong>\1</strong></p>", t),
    "a telephone number": lambda t: t + "<p>Auskunft erteilt das Referat unter 0611 987654, Zimmer 12.</p>",
    "a kind sentence": lambda t: t + "<p>Wir freuen uns auf Ihr Vorhaben.</p>",
}


def cosmetic(notice, dice):
    changed = json.loads(json.dumps(notice))
    names = list(COSMETIC)
    dice.shuffle(names)
    for name in names:
        for section, key in texts(changed):
            before = section[key]
            if key == "html":
                section[key] = COSMETIC[name](before)
            if section[key] != before:
                return name, changed
    return None, None


# --- what somebody should be told -----------------------------------------------------------------------------------------
def other_date(fact, quote):
    _, month, day = ("0-" + fact["recurs"] if "date" not in fact else fact["date"]).split("-")
    later, day_then = int(month) % 12 + 1, min(int(day), 28)
    for d in (day, str(int(day))):
        for old, new in [(f"{d}.{m}.", f"{day_then}.{later}.") for m in (month, str(int(month)))] + \
                [(f"{d}. {MONTHS[int(month) - 1]}", f"{day_then}. {MONTHS[later - 1]}")]:
            if re.search(r"(?<!\d)" + re.escape(old), quote):
                return re.sub(r"(?<!\d)" + re.escape(old), new, quote, count=1)
    return None


def other_rate(fact, quote):
    points = fact["bp"] // 100
    if fact["bp"] % 100:
        return None
    for unit in (" Prozent", "%", " %", " v.H.", " v. H.", " vom Hundert"):
        old = rf"(?<![\d,]){points}{re.escape(unit)}"
        if re.search(old, quote):
            return re.sub(old, f"{points - 3 if points > 50 else points + 4}{unit}", quote, count=1)
    return None


def other_sum(fact, quote):
    euro = fact["cents"] // 100
    grouped = lambda n: f"{n:,}".replace(",", ".")
    old = rf"(?<![\d.]){re.escape(grouped(euro))}(?=,00|,- | Euro| EUR| €)"
    return re.sub(old, grouped(euro + euro // 10 + 1000), quote, count=1) if re.search(old, quote) else None


OTHERS = {"deadline": other_date, "rate": other_rate, "amount": other_sum}


def window(old, new):
    """The pieces around the difference, for quotes that markup interrupts."""
    begin = next(i for i, (a, b) in enumerate(zip(old, new)) if a != b)
    end = next(i for i, (a, b) in enumerate(zip(old[::-1], new[::-1])) if a != b)
    begin = max(0, begin - 25)
    return old[begin:len(old) - max(0, end - 8)], new[begin:len(new) - max(0, end - 8)]


def replaced(notice, old, new):
    for pair in ((old, new), window(old, new)):
        for quoted in (lambda s: s, lambda s: html.escape(s, quote=False)):
            changed = json.loads(json.dumps(notice))
            for section, key in texts(changed):
                if quoted(pair[0]) in section[key]:
                    section[key] = section[key].replace(quoted(pair[0]), quoted(pair[1]))
                    return changed
    return None


def material(notice, facts, dice):
    facts = [f for f in facts if f["type"] in OTHERS and f.get("quote") and
             (f["type"] != "deadline" or f.get("kind") in ("application", "sketch", "cutoff", "full_proposal") and ("date" in f or "recurs" in f))]
    dice.shuffle(facts)
    for fact in facts:
        new = OTHERS[fact["type"]](fact, fact["quote"])
        changed = replaced(notice, fact["quote"], new) if new else None
        if changed:
            return fact["type"], changed
    changed = json.loads(json.dumps(notice))
    where = changed.get("facets", {}).get("funding_location", [])
    if len(where) == 1 and where[0] != "bundesweit":
        changed["facets"]["funding_location"] = ["Saarland" if where[0] != "Saarland" else "Bremen"]
        return "verdict", changed
    return None, None


# --- one round ------------------------------------------------------------------------------------------------------------
def told(folder, db, day, notices):
    file = folder / f"{day}.ndjson"
    file.write_text("".join(json.dumps(n, ensure_ascii=False) + "\n" for n in notices))
    run("import", "--db", db, "--format", "ndjson", str(file))
    answer = run("watch", "--db", db, "--near", "100000", "--today", TODAY, "--format", "json", str(folder / "p"))
    events = collections.defaultdict(set)
    for digest in json.loads(answer)["digests"]:
        for event in digest["events"]:
            events[event["url"]].add(event["what"])
    return events


def seen(folder):
    return {w["url"] for f in (folder / "p").glob("*.watch.json") for w in json.loads(f.read_text())["programmes"] if w["near"]}


def main():
    dice = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    notices = [json.loads(line) for line in gzip.open(sys.argv[1], "rt", encoding="utf-8")]
    with tempfile.TemporaryDirectory() as name:
        folder, db = pathlib.Path(name), name + "/t.db"
        (folder / "p").mkdir()
        for land in LAENDER:
            for kind in ("kommune", "kreis", "verband", "unternehmen", "hochschule"):
                (folder / "p" / f"{land}-{kind}.yaml").write_text(
                    f"profile: {land}-{kind}\ntitle: Und\nsummary: der die das\napplicants: [{{name: X, type: {kind}, land: {land}}}]\n")
        told(folder, db, 1, notices)
        counted = seen(folder)
        made = {n["url"]: cosmetic(n, dice) for n in notices if n["url"] in counted}
        made = {url: change for url, change in made.items() if change[0]}
        events = told(folder, db, 2, [n for _, n in made.values()])
        loud = {url: what for url, what in events.items() if url in made}
        for url, what in loud.items():
            print(f"  told, but cosmetic ({made[url][0]}): {url} {sorted(what)}")
        print(f"cosmetic changes told: {len(loud)} of {len(made)}")
        before = {n["url"]: made.get(n["url"], (None, n))[1] for n in notices}
        made = {url: material(n, json.loads(run("show", "--db", db, "--format", "json", url))["facts"], dice)
                for url, n in before.items() if url in counted}
        made = {url: change for url, change in made.items() if change[0]}
        events = told(folder, db, 3, [n for _, n in made.values()])
        right, all_ = collections.Counter(), collections.Counter()
        for url, (kind, _) in made.items():
            # a date that now lies in the past stops the programme, and that is what is told
            good = kind in events[url] or (kind == "deadline" and "stopped" in events[url]) or (kind == "verdict" and "new" in events[url])
            all_[kind] += 1
            right[kind] += good
            if not good:
                print(f"  not told as {kind}: {url} {sorted(events[url])}")
        total = sum(all_.values())
        print(f"material changes told with the right type: {sum(right.values())} of {total} ({sum(right.values()) / max(total, 1):.1%}); "
              + ", ".join(f"{k} {right[k]} of {all_[k]}" for k in sorted(all_)))


main()
