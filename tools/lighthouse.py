"""Lighthouse, as on a phone, on a home page, an article and a listing of a published folder: 100 in all categories."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import chromium
from tools.serve import serving

COMMAND = Path(__file__).resolve().parent.parent / "build/audit/node_modules/.bin/lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = ("--headless=new", *chromium.ARGUMENTS)
# Speed depends on what else the machine does, so a page may try again.
TRIES = 2


def main(public: Path) -> int:
    """Print the scores of each page; the exit code is 1 where one is below 100."""
    program = chromium.find()
    if program is None:
        print("Lighthouse needs Chromium. Install it: sudo apt-get install chromium", file=sys.stderr)
        return 1
    os.environ["CHROME_PATH"] = program
    perfect = True
    with serving(public) as address:
        print("Lighthouse (performance, accessibility, best practices, search engines):")
        for page in pages_of(public):
            scores: dict[str, int] = {}
            for _ in range(TRIES):
                report = audit(address + page)
                scores = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}
                if min(scores.values()) == 100:
                    break
            print(f"  {' '.join(f'{score:3}' for score in scores.values())}  {page}")
            if min(scores.values()) < 100:
                perfect = False
                for line in shortcomings(report):
                    print(f"      {line}")
    return 0 if perfect else 1


def pages_of(public: Path) -> tuple[str, str, str]:
    """The home page, the longest article and the longest category listing."""
    article = max(public.glob("tin/*/*/*.html"), key=lambda file: file.stat().st_size)
    listing = max(public.glob("chuyen-muc/*/index.html"), key=lambda file: file.stat().st_size)
    return (
        "/",
        f"/{article.relative_to(public).as_posix()}",
        f"/{listing.relative_to(public).as_posix().removesuffix('index.html')}",
    )


def audit(url: str) -> dict:
    """What Lighthouse reports about the page at ``url``."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "report.json"
        subprocess.run(
            [
                *(COMMAND, url, "--quiet", "--output=json", f"--output-path={output}"),
                f"--only-categories={','.join(CATEGORIES)}",
                f"--chrome-flags={' '.join(FLAGS)}",
            ],
            check=True,
        )
        return json.loads(output.read_text(encoding="utf-8"))


def shortcomings(report: dict) -> list[str]:
    """The audits that cost points."""
    costly = {
        reference["id"]
        for category in report["categories"].values()
        for reference in category["auditRefs"]
        if reference["weight"]
    }
    return [
        f"{entry['title']} {entry.get('displayValue', '')}".rstrip()
        for name, entry in report["audits"].items()
        if name in costly and entry["score"] is not None and entry["score"] < 1
    ]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
