#!/usr/bin/env python3
"""Check the labels of tests/data/match/{open,blind,blind2,blind3}: evidence, and that the verdict follows from the criteria.

usage: match_labels.py EVAL_DIR FOLDER [--show]

A criterion holds no sentence of the notice but the place of one: "at" is [start, length] in code points of the text folded as
score_match.py folds it (title, headings and texts, without white space), "sum" the CRC-32 of that piece. --show prints each label with
the folded evidence, for reading errors of the open set. Exit status 1 where a label does not hold."""
import gzip
import json
import os
import sys
import zlib

sys.path.insert(0, sys.argv[1])
from score_match import squeeze  # noqa: E402


def folded(notice):
    parts = [notice["title"]]
    for section in notice["sections"]:
        parts += [section.get("heading") or "", section.get("text") or section.get("html") or ""]
    return squeeze("\n".join(parts))


def follows(verdicts):
    """The verdict of FORMATS.md section 3."""
    if "no" in verdicts.values():
        return "ineligible"
    decisive = [verdicts.get(name) for name in ("region", "applicant", "status")]
    return "eligible" if decisive == ["yes"] * 3 else "unknown"


def main():
    folder, show = sys.argv[2], "--show" in sys.argv
    with open(os.path.join(folder, "labels.jsonl"), encoding="utf-8") as file:
        labels = [json.loads(line) for line in file]
    wanted = {label["url"] for label in labels}
    with gzip.open(os.path.join(sys.argv[1], "corpus.ndjson.gz"), "rt", encoding="utf-8") as file:
        texts = {notice["url"]: folded(notice) for notice in map(json.loads, file) if notice["url"] in wanted}
    wrong = places = 0
    for label in labels:
        name = f'{label["profile"]} x {label["url"].rsplit("/", 1)[-1]}'
        if show:
            print(f'{name}: {label["verdict"]}, relevance {label["relevance"]}, also {label.get("accept", [])}')
        if label["verdict"] != follows({c["name"]: c["verdict"] for c in label["criteria"]}):
            wrong += 1
            print(f"{name}: the verdict does not follow from the criteria")
        for criterion in label["criteria"]:
            piece = ""
            if "at" in criterion:
                places += 1
                start, length = criterion["at"]
                piece = texts.get(label["url"], "")[start:start + length]
                if len(piece) != length or f"{zlib.crc32(piece.encode()):08x}" != criterion["sum"]:
                    wrong += 1
                    print(f'{name}: evidence for {criterion["name"]} is not at {criterion["at"]}')
            if criterion["verdict"] == "no" and not piece and "reason" not in criterion:
                wrong += 1
                print(f'{name}: {criterion["name"]} says no without evidence')
            if show:
                print(f'    {criterion["name"]} {criterion["verdict"]}: {criterion.get("reason", "")} | {piece}')
    print(f"labels: {len(labels)}, places of evidence checked: {places}, wrong: {wrong}")
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main())
