"""The proof-reader on five real publications: the defects that people have found in them, and what is argued for.

``vectors/proofreading-samples.jsonl`` has a row for each finding: the rule, the line of the publication, where the
words stand in it (code points), a digest of the words, and why: ``known`` where the list of defects names it, or the
reason for which it is reported beside. The publications are read from the folder beside the repository; no sentence of
theirs stands here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import pytest
from conftest import REPOSITORY

from loa.proof_text import proof_of
from loa.proofreading import read

ROWS = [
    json.loads(line)
    for line in (REPOSITORY / "tests/vectors/proofreading-samples.jsonl").read_text(encoding="utf-8").splitlines()
]
FILES = ("000", "001", "002", "003", "004")
# What of each publication is the text of the entry: its lines, both inclusive. The rest is the frame of the page.
BODIES = {"000": (6, 12), "001": (4, 35), "002": (6, 20), "003": (1, 59), "004": (1, 55)}
HEADS = {
    "000": "title: {1}\ndate: 2021-11-09 09:15:55\ncategory: Tin",
    "001": 'title: "{3}"\ndate: 2021-11-01 02:49\ncategory: Tin',
    "002": 'title: "{3}"\ndate: 2021-05-17\ncategory: Tin',
    "003": "kind: Công văn\nnumber: /STTTT-TTBCXB\nissued: 2021-05\nissuer: Sở\nsubject: tuyên truyền",
    "004": "kind: Công văn\nnumber: 5056/UBND-KGVX\nissued: 2021-09-08\nissuer: UBND tỉnh\nsubject: triển khai",
}


def findings(samples: Path, number: str) -> Iterator[tuple[str, int, int, str]]:
    """What is found in a publication, as an entry of its kind: rule, line and column of the publication, digest."""
    (file,) = samples.glob(f"{number}_*.txt")
    lines = file.read_text(encoding="utf-8").split("\n")
    first, last = BODIES[number]
    head = f"---\n{HEADS[number].format('', *lines)}\n---\n"
    folder = "van-ban" if number in ("003", "004") else "tin"
    data = (head + "\n".join(lines[first - 1 : last]) + "\n").encode()
    for remark in read(f"{folder}/bai.md", data).remarks:
        line = remark.line - head.count("\n") + first - 1 if remark.line > head.count("\n") else 0
        yield remark.rule, line, remark.column if line else 0, digest(remark.words)


def digest(words: str) -> str:
    return blake2b(words.encode(), digest_size=6).hexdigest()


@pytest.mark.parametrize("number", FILES)
def test_all_defects_are_found_and_nothing_that_nobody_argues_for(samples: Path, number: str) -> None:
    wanted = [(row["rule"], row["line"], row["column"], row["words"]) for row in ROWS if row["sample"] == number]

    assert sorted(findings(samples, number)) == sorted(wanted)


# The list of defects, publication by publication: how many findings of which rules are its own.
KNOWN = {
    "000": {"spacing": 3, "dash": 1, "nbsp": 2},
    "001": {"line-break": 1, "quotes": 1, "bare-heading": 3, "message-key": 2, "variants": 1},
    "002": {"joined": 2, "blank-line": 7, "dash": 1, "ellipsis": 1, "nbsp": 3},
    "003": {"page-break": 1, "range": 1, "doubled": 1, "blank-number": 1, "blank-day": 1, "variants": 2},
    "004": {"hard-break": 2, "typo": 1, "closing-mark": 1, "symbol-issuer": 1, "variants": 1},
}


def test_every_defect_of_the_list_is_in_the_table_and_the_others_have_reasons() -> None:
    for number in FILES:
        rows = [row for row in ROWS if row["sample"] == number]
        known = [row["rule"] for row in rows if row["why"] == "known"]
        assert {rule: known.count(rule) for rule in known} == KNOWN[number]
        assert all(len(row["why"]) > 20 for row in rows if row["why"] != "known")


def test_every_no_break_blank_of_the_third_is_found(samples: Path) -> None:
    (file,) = samples.glob("002_*.txt")
    lines = file.read_text(encoding="utf-8").split("\n")
    body = "---\ntitle: A\n---\n" + "\n".join(lines[5:20]) + "\n"
    proof = proof_of("trang/a.md", body.encode())
    assert proof

    found = sum(
        r.words.count("\xa0") for r in read("trang/a.md", body.encode()).remarks if r.rule in ("nbsp", "blank-line")
    )

    assert found == body.count("\xa0") > 0
