#!/usr/bin/env python3
"""How many criteria that say "no" rest on a quote or on a field of the source. usage: no_evidence.py DB FOLDER OF PROFILES [TODAY]

Every profile is matched with --all. Whether a quote is verbatim in the text, score_match.py checks."""
import collections
import glob
import json
import os
import subprocess
import sys

db, folder, today = sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "2025-07-15"
program = os.environ.get("MITTELWEG", "./mittelweg")
kinds, bare = collections.Counter(), collections.Counter()
for profile in sorted(glob.glob(os.path.join(folder, "*.yaml"))):
    run = subprocess.run([program, "match", "--db", db, "--format", "json", "--all", "--limit", "100000", "--today", today, profile],
                         capture_output=True, text=True, check=False)
    for match in json.loads(run.stdout)["matches"]:
        for criterion in match["criteria"]:
            if criterion["verdict"] == "no":
                kind = "quote" if criterion.get("quote") else "field" if criterion.get("field") else "nothing"
                kinds[kind] += 1
                bare[criterion["rule"]] += kind == "nothing"
total = sum(kinds.values())
print(f'evidence of "no": {kinds["quote"]} by quote, {kinds["field"]} by field of the source, {kinds["nothing"]} by nothing: '
      f'{(total - kinds["nothing"]) / max(total, 1):.1%} of {total}')
for rule, n in bare.most_common(10):
    if n:
        print(f"    {n} {rule}")
