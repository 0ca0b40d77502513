"""Changes Loa's modules a little, thousands of times, and counts how often the tests notice (mutation testing).

Run by ``make mutation``. mutmut makes the mutants; each is tried with those tests of its area that reach the function
it changes. What was found is kept in ``tests/mutants.json``, which ``docs/reliability.md`` tells of; what survived
stands in ``build/mutation/AREA.diff``. No mutant is left out: one that changes nothing anybody could see counts as not
noticed. Of each module a sample is tried, drawn by lot with a fixed seed. mutmut leaves tables of modules as they are,
and methods with decorators other than caches.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import loa
from bench.results import machine

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "tests/mutants.json"
WORK = ROOT / "build/mutation"
PACKAGES = WORK / "packages"


# Run where mutmut is.
_NAMES = """
import json, sys
from mutmut.mutation.file_mutation import mutate_file_contents
print(json.dumps(list(mutate_file_contents(sys.argv[1], open(sys.argv[1], encoding="utf-8").read()).mutant_names)))
"""


class Area(NamedTuple):
    """Modules of ``loa`` that are mutated together, and the tests that have to notice: quick ones, near to them."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


AREAS = {
    "reading": Area(
        ("front_matter", "source", "content", "fields"),
        ("unit/test_source.py", "unit/test_content.py", "unit/test_reading.py", "property/test_source.py"),
    ),
    "dates": Area(
        ("text", "addresses", "config"),
        (
            "unit/test_text.py",
            "unit/test_addresses.py",
            "unit/test_config.py",
            "unit/test_check.py",
            "unit/test_markup.py",
            "property/test_text.py",
        ),
    ),
    "citations": Area(
        ("citations", "citing", "identity"),
        (
            "unit/test_citations.py",
            "unit/test_identity.py",
            "unit/test_issuing.py",
            "property/test_citations.py",
            "test_citations.py",
        ),
    ),
    "publishing": Area(
        ("store", "state", "manifest", "releases"),
        (
            "unit/test_store.py",
            "unit/test_manifest.py",
            "unit/test_releases.py",
            "unit/test_fingerprint.py",
            "test_faults.py",
        ),
    ),
}
# What mutmut says of a mutant by the exit code of its tests: none of them noticed, or there is none that reaches it.
_SURVIVED = {0: "survived", 5: "untested", 33: "untested"}
_TIMEOUTS = {36, 24, -24, 152, 255}
# A cache remembers what the module said before it was changed, and mutmut passes over what has a decorator.
_CACHE = re.compile(r"^ *@(?:lru_cache(?:\(.*\))?|cache)(?: *#.*)?\n", re.MULTILINE)
_SETTINGS = """
[tool.mutmut]
source_paths = ["loa"]
only_mutate = {modules}
also_copy = {copied}
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = ["--no-cov", "-p", "no:cacheprovider"]
process_isolation = "forkserver"
use_git_change_detection = false
"""


class Counts(NamedTuple):
    """What became of the mutants of a module that were ``tried``, out of all there are; ``digest``: the module's."""

    digest: str
    mutants: int
    tried: int
    killed: int
    timeouts: int
    survived: int
    untested: int


def digest(module: str) -> str:
    """What tells this state of a module of ``loa`` from every other one."""
    return hashlib.sha256((ROOT / f"loa/{module}.py").read_bytes()).hexdigest()[:16]


def counted(codes: Mapping[str, int | None], mutants: int, of: str) -> Counts:
    """The exit codes of those that were tried, counted, out of so many ``mutants``; ``of`` is the module's digest."""
    kinds = Counter(
        "untested" if code is None else _SURVIVED.get(code, "timeouts" if code in _TIMEOUTS else "killed")
        for code in codes.values()
    )
    return Counts(of, mutants, len(codes), kinds["killed"], kinds["timeouts"], kinds["survived"], kinds["untested"])


def score(results: Mapping[str, Any]) -> int:
    """How many of a hundred mutants the tests noticed, rounded down.

    Those of a module that has changed since count as not noticed, and so does each area that was never run.
    """
    known = {module: Counts(**of) for area in results["areas"].values() for module, of in area["modules"].items()}
    wanted = [module for area in AREAS.values() for module in area.modules]
    if set(known) != set(wanted):
        return 0
    noticed = sum(of.killed + of.timeouts for module, of in known.items() if of.digest == digest(module))
    return 100 * noticed // sum(of.tried for of in known.values())


def table(results: Mapping[str, Any]) -> str:
    """The results as they stand on the page of reliability."""
    rows = []
    for name, area in results["areas"].items():
        for module, told in area["modules"].items():
            of = Counts(**told)
            noticed = f"{100 * (of.killed + of.timeouts) / max(of.tried, 1):.0f} %"
            stale = "" if of.digest == digest(module) else "; the module has changed since"
            rows.append(
                f"| {name} | `{module}` | {of.mutants} | {of.tried} | {of.killed} | {of.timeouts} | {of.survived} |"
                f" {of.untested} | {noticed} | {area['date']}, Loa {area['version']}{stale} |"
            )
    return "\n".join(
        [
            "| area | module | mutants | tried | killed | timed out | survived | not reached | noticed | run |",
            "|---|---|---:|---:|---:|---:|---:|---:|---:|---|",
            *rows,
        ]
    )


def prepare(area: Area, folder: Path) -> None:
    """A copy of the repository in ``folder``, with the settings of mutmut for ``area``."""
    shutil.rmtree(folder, ignore_errors=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\0")  # fmt: skip
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    for module in area.modules:
        file = folder / f"loa/{module}.py"
        file.write_text(_CACHE.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
    names = sorted({name.partition("/")[0] for name in listed if name} - {"pyproject.toml"})
    settings = _SETTINGS.format(
        modules=json.dumps([f"loa/{module}.py" for module in area.modules]),
        copied=json.dumps(names),
        tests=json.dumps([f"tests/{test}" for test in area.tests]),
    )
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(settings)


def call(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run Python there, with what is lent to this run."""
    environment = {**os.environ, "PYTHONPATH": str(PACKAGES), "PYTHONHASHSEED": "0"}
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, check=False, capture_output=True, text=True
    )


def drawn(folder: Path, module: str, sample: int) -> tuple[int, list[str]]:
    """How many mutants of a module there are, and the names of those that are to be tried."""
    names = json.loads(call(folder, "-c", _NAMES, f"loa/{module}.py").stdout)
    chosen = random.Random(module).sample(names, min(sample, len(names)))
    return len(names), [f"loa.{module}.{name}" for name in chosen]


def survivors(module: Path, codes: Mapping[str, int | None]) -> list[str]:
    """What was changed in each mutant of that file that nobody noticed, as a difference."""
    alive = [mutant for mutant, code in codes.items() if code is None or code in _SURVIVED]
    if not alive:
        return []
    lines = module.read_text(encoding="utf-8").splitlines()
    spans = json.loads(Path(f"{module}.spans").read_text(encoding="utf-8"))["spans"]
    found = []
    for mutant in alive:
        code = codes[mutant]
        name = mutant.rpartition(".")[2]
        original = f"{name.rpartition('__mutmut_')[0]}__mutmut_orig"
        before, after = (
            [line.replace(name, original) for line in lines[first - 1 : last]]
            for first, last in (spans[original], spans[name])
        )
        changes = list(difflib.unified_diff(before, after, n=1, lineterm=""))[2:]
        found.append("\n".join([f"# {mutant}: {_SURVIVED[33 if code is None else code]}", *changes, ""]))
    return found


def attempt(found: dict[str, Any], folder: Path, processes: int) -> None:
    """Try what nobody has noticed yet of the mutants ``found``, and put down what came of each."""
    wanted = [
        mutant for told in found.values() for mutant, code in told["codes"].items() if code is None or code in _SURVIVED
    ]
    if not wanted:
        return
    done = call(folder, "-m", "mutmut", "run", "--max-children", str(processes), *wanted)
    folder.with_suffix(".log").write_text(done.stdout + done.stderr, encoding="utf-8")
    if done.returncode:
        sys.exit(f"mutmut failed, see {folder.with_suffix('.log')}")
    for module, told in found.items():
        codes = json.loads((folder / f"mutants/loa/{module}.py.meta").read_text(encoding="utf-8"))["exit_code_by_key"]
        told["codes"] |= {mutant: codes[mutant] for mutant in set(told["codes"]) & set(wanted)}


def run(name: str, processes: int, sample: int, again: bool) -> dict[str, Any]:
    """The results of an area, as they are kept; what survived is written beside its folder.

    ``again`` tries only those that nobody noticed the last time, for who has just written tests for them.
    """
    area, folder = AREAS[name], WORK / name.replace(" ", "-")
    kept = folder.with_suffix(".json")
    before: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8")) if again and kept.exists() else {}
    started = time.monotonic()
    prepare(area, folder)
    found: dict[str, Any] = {}
    for module in area.modules:
        if before.get(module, {}).get("digest") == digest(module):
            found[module] = before[module]
        else:
            mutants, names = drawn(folder, module, sample)
            found[module] = {"digest": digest(module), "mutants": mutants, "codes": dict.fromkeys(names)}
    attempt(found, folder, processes)
    alive: list[str] = []
    for module, told in found.items():
        alive += survivors(folder / f"mutants/loa/{module}.py", told["codes"])
    folder.with_suffix(".diff").write_text("\n".join(alive), encoding="utf-8")
    kept.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return {
        "date": time.strftime("%Y-%m-%d"),
        "version": loa.__version__,
        "machine": machine(),
        "minutes": round((time.monotonic() - started) / 60),
        "modules": {
            module: counted(told["codes"], told["mutants"], told["digest"])._asdict() for module, told in found.items()
        },
    }


def main() -> int:
    """Run the areas that were asked for, or all; keep and tell what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("areas", nargs="*", help=f"of {', '.join(AREAS)}; all, when none is named")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--sample", type=int, default=60, help="of each module")
    parser.add_argument("--again", action="store_true", help="only those that survived the last run")
    chosen = parser.parse_args()
    for name in chosen.areas or AREAS:
        result = run(name, chosen.processes, chosen.sample, chosen.again)
        results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {"areas": {}}
        results["areas"][name] = result
        results["areas"] = {area: results["areas"][area] for area in AREAS if area in results["areas"]}
        RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(table(results))
    print(f"\nOf a hundred mutants the tests notice {score(results)}. What survived: {WORK}/*.diff")
    return 0


if __name__ == "__main__":
    sys.exit(main())
