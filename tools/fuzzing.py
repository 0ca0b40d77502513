"""What must hold of any bytes, and the fuzzer that looks for bytes of which it does not.

``make fuzz`` (``SECONDS=60`` for each target) lets atheris, led by what inputs reach, try to break the targets below;
what it did is kept in ``tests/fuzz.json``, which ``docs/reliability.md`` tells of. A target answers nothing and raises
``AssertionError``, or whatever Loa raised, when something does not hold. What was once found is tried by
``tests/test_fuzzing.py`` in each run of the tests.
"""

# ruff: noqa: PLC0415  # what atheris is to watch must be imported after it, so each target imports what it tries

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import loa
from tools import mutants

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "tests/fuzz.json"
WORK = ROOT / "build/fuzz"
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
# Longer ones say nothing new, and take the time of many.
LONGEST = 4096
# For an input of that size; a hundred times what it takes.
SLOWEST = 5

_PATHS = ("tin/2026/05/x.md", "trang/x.md", "van-ban/2026/x.md")
_SLUG = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?")
# What ``source`` refuses, or makes something else of, before anybody else sees the text.
_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_MARKS = re.compile("\x1a[^\x1a]*\x1a")


def reader(data: bytes) -> None:
    """A file is an entry or has problems, each with a sentence, a hint and a line inside it; twice the same."""
    from loa.content import parse
    from loa.errors import Problem
    from loa.markup import convert
    from loa.source import read_source

    path, data = _PATHS[(data[0] if data else 0) % len(_PATHS)], data[1:]

    def read() -> tuple[object, tuple[Problem, ...]]:
        source = read_source(path, data)
        return (None, (source,)) if isinstance(source, Problem) else parse(source, HANOI, convert)[:2]

    entry, problems = read()
    # A body that is missing is asked for on the line after the last.
    lines = len(re.split(b"\r\n?|\n", data)) + 1
    for told in problems:
        assert told.path == f"content/{path}"
        assert told.message
        assert told.hint
        assert "\n" not in told.message + told.hint
        assert 0 <= told.line <= lines
    assert (entry is None) == any(told.blocking for told in problems)
    assert read() == (entry, problems)


def address(data: bytes) -> None:
    """An address leads nowhere above the site, a slug is one, and what is suggested for a date is a date."""
    from loa import addresses, text

    written = data.decode("utf-8", "replace")
    path, fragment = addresses.resolve("tin/2026/05/x.md", written)
    assert not path or (path.startswith("/") and not path.startswith("//"))
    assert "\\" not in path
    assert ".." not in path.split("/")
    assert not fragment or fragment.startswith("#")
    if path:
        assert addresses.site_path(addresses.output_path(path)) == path or path.endswith("/index.html")

    slug = text.slug(written)
    assert _SLUG.fullmatch(slug)
    assert text.slug(slug) == slug
    assert {text.slug(unicodedata.normalize(form, written)) for form in ("NFC", "NFD")} == {slug}
    key = text.name_key(written)
    assert text.name_key(key) == key

    try:
        moment, _ = text.parse_date(written, HANOI)
        assert moment.utcoffset() is not None
        assert text.end_of_day(moment, HANOI) > moment or moment.year == 9999
    except text.DateError as error:
        if error.suggestion:
            text.parse_date(error.suggestion, HANOI)
    except OverflowError:
        assert written.strip().startswith("9999-12-31")


def _body(data: bytes) -> str:
    return _REFUSED.sub("", data.decode("utf-8", "ignore").replace("\r\n", "\n").replace("\r", "\n")).strip()


def sanitiser(data: bytes) -> None:
    """Whatever HTML and Markdown is written, what comes out is tame, and cleaning it again changes nothing."""
    from lxml import html

    from loa.markup import _TAGS, _cleaner, _convert_any, _convert_prose
    from loa.model import ConversionError

    written = _body(data)
    try:
        body, made = _convert_any(written)
    except ConversionError:
        return
    quick = _convert_prose(written)
    assert quick is None or tuple(quick) == (body, made)
    plain = _MARKS.sub("", made)
    assert _cleaner().clean(plain) == plain
    for element in html.fragment_fromstring(plain, create_parent=True).iter():
        assert isinstance(element.tag, str)
        assert element.tag in _TAGS
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in {"style", "srcdoc", "srcset", "formaction", "action"}
            if name in {"href", "src"}:
                scheme = re.match(r"[\x00-\x20]*([^/?#:]*):", str(value))
                assert scheme is None or scheme[1].lower() in {"http", "https", "mailto", "tel"}


def citations(data: bytes) -> None:
    """Citations lie in the text, apart and in order, however accents are composed; to mark them changes no text."""
    from loa.citations import find_mentions
    from loa.identity import contradiction, key_of, series_of
    from loa.marking import mark_citations

    written = _body(data)
    mentions = find_mentions(written)
    assert all(0 <= one.start < one.end <= len(written) for one in mentions)
    assert all(one.end <= other.start for one, other in pairwise(mentions))
    for one in mentions:
        key = key_of(one.number, one.issuer)
        assert key
        assert contradiction(one.number, one.issuer) in {True, False}
        assert series_of(key, one.date or "2026-05-17")
    composed, decomposed = (
        [(one.kind, one.number, one.date, one.issuer) for one in find_mentions(unicodedata.normalize(form, written))]
        for form in ("NFC", "NFD")
    )
    assert composed == decomposed
    marked, _ = mark_citations(f"<p>{written}</p>")
    assert _MARKS.sub("", marked) == f"<p>{written}</p>"


TARGETS: dict[str, Callable[[bytes], None]] = {
    "reader": reader,
    "address": address,
    "sanitiser": sanitiser,
    "citations": citations,
}
# What each target tries, of Loa's own.
MODULES: dict[str, tuple[str, ...]] = {
    "reader": ("content", "fields", "front_matter", "source", "text"),
    "address": ("addresses", "text"),
    "sanitiser": ("dialect", "markup"),
    "citations": ("citations", "citing", "identity", "marking"),
}


def seeds(target: str) -> list[bytes]:
    """Inputs to begin with: the sample portal, and what the vectors hold."""
    files = sorted((ROOT / "content").rglob("*.md"))
    vectors = (ROOT / "tests/vectors/citations.jsonl").read_text(encoding="utf-8").splitlines()
    sentences = [re.sub("[⟦⟧]", "", json.loads(line)["text"]).encode() for line in vectors]
    targets = (ROOT / "tests/unit/test_addresses.py", ROOT / "tests/unit/test_text.py")
    quoted = [found.encode() for file in targets for found in re.findall(r'"([^"\n]+)"', file.read_text("utf-8"))]
    found = {
        "reader": [bytes([number % 3]) + file.read_bytes() for number, file in enumerate(files)],
        "address": quoted,
        "sanitiser": [file.read_bytes().split(b"\n---\n", 1)[-1] for file in files],
        "citations": sentences,
    }[target]
    return [seed[:LONGEST] for seed in [*found, *(file.read_bytes() for file in regressions(target))]]


def regressions(target: str) -> list[Path]:
    """What was once found, shrunken."""
    return sorted((ROOT / "tests/vectors/fuzz").glob(f"{target}-*"))


def fuzz(target: str, arguments: list[str]) -> None:
    """Try to break a target; in a process of its own, since libFuzzer never comes back."""
    import atheris  # type: ignore[import-not-found]  # installed by make fuzz alone

    with atheris.instrument_imports(include=["loa", "markdown", "yaml"]):
        import loa.citations
        import loa.content
        import loa.dialect
        import loa.front_matter
        import loa.identity
        import loa.marking
        import loa.markup  # noqa: F401  # to be instrumented
    atheris.Setup([sys.argv[0], *arguments], TARGETS[target])
    atheris.Fuzz()


def run(target: str, seconds: int) -> dict[str, Any]:
    """What came of so many seconds of a target; what it broke on lies in ``build/fuzz/TARGET``."""
    corpus, begin = WORK / f"{target}/corpus", WORK / f"{target}/seeds"
    for folder in (corpus, begin):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(target)):
        (begin / f"{number:04}").write_bytes(seed)
    options = {
        "max_total_time": seconds,
        "max_len": LONGEST,
        "timeout": SLOWEST,
        "rss_limit_mb": 2048,
        "print_final_stats": 1,
        "verbosity": 0,
        "artifact_prefix": f"{WORK / target}/",
    }
    arguments = [*(f"-{name}={value}" for name, value in options.items()), str(corpus), str(begin)]
    environment = {**os.environ, "PYTHONPATH": f"{WORK / 'packages'}"}
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "tools.fuzzing", "--target", target, *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip
    (WORK / f"{target}.log").write_text(done.stdout + done.stderr, encoding="utf-8")
    runs = re.search(r"stat::number_of_executed_units: +(\d+)", done.stderr)
    return {
        "date": time.strftime("%Y-%m-%d"),
        "seconds": round(time.monotonic() - started),
        "runs": int(runs[1]) if runs else 0,
        "broken": bool(done.returncode) or runs is None,
        "modules": {module: mutants.digest(module) for module in MODULES[target]},
    }


def _changed_since(told: Mapping[str, Any]) -> str:
    changed = [module for module, digest in told["modules"].items() if digest != mutants.digest(module)]
    return f"; changed since: {', '.join(changed)}" if changed else ""


def table(results: Mapping[str, Any]) -> str:
    """The results as they stand on the page of reliability, with the modules that have changed since."""
    rows = [
        f"| {target} | {told['seconds']:,} | {told['runs']:,} | {'**yes**' if told['broken'] else 'no'} |"
        f" {told['date']}, Loa {told['version']}{_changed_since(told)} |"
        for target, told in results.items()
    ]
    return "\n".join(["| target | seconds | inputs | broken | run |", "|---|---:|---:|---|---|", *rows])


def main() -> int:
    """Fuzz all targets, keep and tell what came of it; 1 when one broke."""
    if sys.argv[1:2] == ["--target"]:
        fuzz(sys.argv[2], sys.argv[3:])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", help=f"of {', '.join(TARGETS)}; all, when none is named")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    chosen = parser.parse_args()
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for target in chosen.targets or TARGETS:
        results[target] = {**run(target, chosen.seconds), "version": loa.__version__}
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(table(results))
    return int(any(results[target]["broken"] for target in chosen.targets or TARGETS))


if __name__ == "__main__":
    sys.exit(main())
