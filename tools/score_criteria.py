#!/usr/bin/env python3
"""What match says of status, applicants and region, held against tests/data/match/criteria.tsv. usage: score_criteria.py [--errors] DB TABLE

A profile of nothing but one applicant is made for every Land and kind of applicant. A cell counts as right where the answer is one of its
letters; "no for yes" is a label of y alone that match answers with no, "yes for no" the other way round."""
import collections
import json
import os
import subprocess
import sys
import tempfile

TODAY, LAENDER = "2025-07-15", "BW BY BE BB HB HH HE MV NI NW RP SL SN ST SH TH".split()
NAMES = {"kommune": "Stadt Beispiel", "kreis": "Landkreis Beispiel", "kommunalverband": "Zweckverband Beispiel",
         "kommunales_unternehmen": "Stadtwerke Beispiel GmbH", "verband": "Verein Beispiel e. V.", "unternehmen": "Beispiel GmbH",
         "hochschule": "Hochschule Beispiel"}
LETTER = {"yes": "y", "no": "n", "unknown": "?"}
program = os.environ.get("MITTELWEG", "./mittelweg")
errors = "--errors" in sys.argv
db, table = [a for a in sys.argv[1:] if not a.startswith("--")]
answers = {}


def ask(kind, land):
    """{address: {criterion: letter}} for an applicant of this kind in this Land"""
    if (kind, land) not in answers:
        people = ", population: 20000" if kind == "kommune" else ""
        with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as f:
            f.write(f"profile: beispiel\ntitle: Vorhaben\nsummary: Vorhaben\napplicants:\n  - {{name: {NAMES[kind]}, type: {kind}, land: {land}{people}, lead: true}}\n")
            f.flush()
            run = subprocess.run([program, "match", "--db", db, "--format", "json", "--all", "--limit", "100000", "--today", TODAY, f.name],
                                 capture_output=True, text=True, check=False)
        found = {}
        for match in json.loads(run.stdout)["matches"]:
            said = {c["name"]: (LETTER[c["verdict"]], c.get("quote") or c.get("field") or "") for c in match["criteria"]}
            for address in [match["url"]] + [a["url"] for a in match.get("also", [])]:
                found[address] = said
        answers[kind, land] = found
    return answers[kind, land]


def hold(tally, name, label, kind, land, url):
    said, quote = ask(kind, land).get(url, {}).get(name, ("-", ""))
    right = said in label
    tally["cells"] += 1
    tally["right"] += right
    tally["no for yes"] += label == "y" and said == "n"
    tally["yes for no"] += label == "n" and said == "y"
    if errors and not right:
        print(f"  {name} {kind} {land}: {said}, label {label}: {url.rsplit('/', 1)[-1]} «{quote[:150]}»")


rows = [line.rstrip("\n").split("\t") for line in open(table, encoding="utf-8")]
head = next(r for r in rows if r[0] == "#status")
tallies = collections.OrderedDict((n, collections.Counter()) for n in ["status"] + list(NAMES) + ["region", "other Land"])
for row in rows:
    if row[0].startswith("#"):
        continue
    cell = dict(zip(["status"] + head[1:], row))
    where, _, without = cell["region"].rstrip("?").partition("-")
    home = where if where in LAENDER else "NW"
    hold(tallies["status"], "status", cell["status"], "kommune", home, cell["url"])
    for kind in NAMES:
        hold(tallies[kind], "applicant", cell[kind], kind, home, cell["url"])
    hold(tallies["region"], "region", "?y" if cell["region"].endswith("?") else "y", "kommune", home, cell["url"])
    if where in LAENDER or without:
        other = without.split(",")[0] if without else "SL" if home != "SL" else "NW"
        hold(tallies["other Land"], "region", "n", "kommune", other, cell["url"])
total = collections.Counter()
for name, tally in tallies.items():
    total.update(tally)
for name, tally in list(tallies.items()) + [("all", total)]:
    print(f"{name:24}{tally['right']:4} of {tally['cells']:4}   no for yes {tally['no for yes']:2}   yes for no {tally['yes for no']:2}")
