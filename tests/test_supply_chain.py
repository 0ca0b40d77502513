"""What is installed is what was locked, and what Loa is made of can be looked up."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from conftest import LONG, REPOSITORY

from tools import sbom

LOCKS = sorted(
    str(file.relative_to(REPOSITORY))
    for file in [
        *REPOSITORY.glob("requirements*.txt"),
        *(REPOSITORY / "bench").glob("requirements*.txt"),
        *(REPOSITORY / "tools").glob("*/requirements*.txt"),
    ]
)
# Installed beside the environment of the tests for one run.
LENT = ("mutation", "fuzz")
NPM_LOCKS = sorted(str(file.relative_to(REPOSITORY)) for file in (REPOSITORY / "tools").glob("*/package-lock.json"))


def text(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


# --- installing -------------------------------------------------------------------------


class Shop:
    """A folder with one wheel, a lock of it, and a virtual environment whose pip looks nowhere else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.wheel = folder / "wheels/small-1.0-py3-none-any.whl"
        self.wheel.parent.mkdir()
        with zipfile.ZipFile(self.wheel, "w") as archive:
            archive.writestr("small.py", "print('as it was')\n" * 20)
            about = "small-1.0.dist-info"
            archive.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: small\nVersion: 1.0\n")
            archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            archive.writestr(f"{about}/RECORD", "")
        self.bytes = self.wheel.read_bytes()
        self.lock(hashlib.sha256(self.bytes).hexdigest())
        pip = folder / "venv/bin/pip"
        pip.parent.mkdir(parents=True)
        pip.write_text(
            f'#!/bin/sh\nexec "{sys.executable}" -m pip --isolated --no-cache-dir "$@" --no-index'
            f' --find-links "{self.wheel.parent}" --target "{folder}/there" --no-compile\n',
            encoding="utf-8",
        )
        pip.chmod(0o755)

    def lock(self, digest: str) -> None:
        wanted = f"small==1.0 --hash=sha256:{digest}\n" if digest else "small==1.0\n"
        (self.folder / "lock.txt").write_text(wanted, encoding="utf-8")

    def install(self) -> subprocess.CompletedProcess[str]:
        shutil.rmtree(self.folder / "there", ignore_errors=True)
        return subprocess.run(
            ["sh", REPOSITORY / "tools/venv.sh", self.folder / "venv", self.folder / "lock.txt"],
            env={"PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def is_installed(self) -> bool:
        return (self.folder / "there/small.py").exists()


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


@pytest.mark.proves("R18 locks")
def test_a_package_of_which_a_byte_has_changed_is_not_installed(
    shop: Shop, record_property: Callable[[str, object], None]
) -> None:
    done = shop.install()
    assert (done.returncode, shop.is_installed) == (0, True), done.stderr

    # A letter of the program, which no archiver would notice; then anywhere.
    places = [shop.bytes.index(b"as it was"), *random.Random(18).sample(range(len(shop.bytes)), 19 if LONG else 1)]
    for place in places:
        changed = bytearray(shop.bytes)
        changed[place] ^= 1
        shop.wheel.write_bytes(changed)
        done = shop.install()
        assert (done.returncode, shop.is_installed) == (1, False), place
        assert "DO NOT MATCH THE HASHES" in done.stderr
        assert "Chưa cài được các gói mà Loa cần" in done.stderr
    record_property("times", len(places))


def test_a_package_without_a_digest_is_not_installed(shop: Shop) -> None:
    shop.lock("")

    done = shop.install()

    assert (done.returncode, shop.is_installed) == (1, False)
    assert "--require-hashes" in done.stderr


# --- the locks --------------------------------------------------------------------------


def entries(lock: str) -> list[str]:
    """What stands in a lock, an entry a string, without comments."""
    joined = re.sub(r"(?m)^ *#.*\n?", "", text(lock)).replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip()]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_of_a_lock_has_one_version_and_digests(lock: str) -> None:
    found = entries(lock)

    assert found
    entry = r"[\w.-]+==[\w.]+(?: ; [^\\]+?)?(?:\s+--hash=sha256:[0-9a-f]{64})+ *"
    assert [line for line in found if not re.fullmatch(entry, line)] == []


@pytest.mark.parametrize("lock", NPM_LOCKS)
def test_every_package_of_npm_has_a_digest(lock: str) -> None:
    packages = {path: told for path, told in json.loads(text(lock))["packages"].items() if path}

    assert packages
    assert [path for path, told in packages.items() if not told["integrity"].startswith("sha512-")] == []


def test_locks_that_share_an_environment_share_their_versions() -> None:
    """Of two versions of a package in one environment, whichever was installed last would win."""
    versions: dict[str, str] = {}
    for lock in (
        "requirements.txt",
        "requirements-dev.txt",
        "tools/mutation/requirements.txt",
        "tools/fuzz/requirements.txt",
    ):
        for name, version in (entry.split()[0].split("==") for entry in entries(lock)):
            assert versions.setdefault(name, version) == version, name


def shell() -> dict[str, str]:
    """Every file that installs something, with its continued lines joined."""
    files = [
        REPOSITORY / "Makefile",
        *sorted((REPOSITORY / "tools").glob("*.sh")),
        *sorted(REPOSITORY.glob(".github/workflows/*.yml")),
        *sorted(REPOSITORY.glob("deploy/*/*.yml")),
        *sorted((REPOSITORY / "deploy/gitlab").glob(".*.yml")),
    ]
    return {str(file.relative_to(REPOSITORY)): file.read_text("utf-8").replace("\\\n", " ") for file in files}


def test_nothing_is_installed_but_from_a_lock() -> None:
    lines = [(name, line) for name, told in shell().items() for line in told.splitlines()]
    pip = [(name, line) for name, line in lines if re.search(r"\bpip[\"']? +install\b", line)]
    npm = [(name, line) for name, line in lines if re.search(r"\$?\bnpm +(install|i|ci|add)\b", line)]

    assert {name for name, _ in pip} >= {"tools/venv.sh", "tools/search.sh", "Makefile"}
    assert [found for found in pip if "--require-hashes" not in found[1]] == []
    assert {name for name, _ in npm} == {"tools/search.sh", "tools/audit.sh"}
    assert [found for found in npm if "npm ci --ignore-scripts" not in found[1]] == []


def test_every_lock_is_renewed_audited_and_watched() -> None:
    make = shell()["Makefile"]
    updates = yaml.safe_load(text(".github/dependabot.yml"))["updates"]
    watched = {(told["package-ecosystem"], folder) for told in updates for folder in told["directories"]}

    for lock in LOCKS:
        assert f"-o {lock}" in make.partition("\nlock:")[2], lock
        assert lock in re.search(r"^LOCKS := (.*)$", make, re.MULTILINE)[1].split()
        assert ("pip", "/" + str(Path(lock).parent).removeprefix(".")) in watched
    for lock in NPM_LOCKS:
        assert str(Path(lock).parent) in re.search(r"^NPM_LOCKS := (.*)$", make, re.MULTILINE)[1].split()
        assert ("npm", f"/{Path(lock).parent}") in watched
    assert ("github-actions", "/") in watched


def test_an_audit_that_cannot_ask_fails(tmp_path: Path) -> None:
    """Nobody is told that all is well by a program that could not look."""
    for name, does in {"pip-audit": "exit 1", "npm": 'echo "$@" >>asked'}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    (tmp_path / "good").write_text('#!/bin/sh\necho "$@" >>asked\n', encoding="utf-8")
    (tmp_path / "good").chmod(0o755)

    def audit(pip_audit: str, path: str) -> int:
        return subprocess.run(
            ["sh", REPOSITORY / "tools/supply.sh", tmp_path / pip_audit, "a.txt b.txt", "."],
            cwd=tmp_path,
            env={"PATH": path},
            capture_output=True,
            check=False,
        ).returncode

    here = f"{tmp_path}:{os.environ['PATH']}"
    assert audit("pip-audit", here) == 1
    assert audit("good", here) == 0
    asked = (tmp_path / "asked").read_text("utf-8")
    for lock in ("a.txt", "b.txt"):
        assert f"--strict --require-hashes --disable-pip -r {lock}\n" in asked
    (tmp_path / "npm").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    assert audit("good", here) == 1


# --- what Loa is made of ----------------------------------------------------------------


@pytest.fixture(scope="module")
def bill() -> dict[str, dict]:
    """The committed list: its components by purl."""
    return {part["purl"]: part for part in json.loads(text("docs/sbom.cdx.json"))["components"]}


def test_the_committed_list_is_what_the_locks_say(tmp_path: Path) -> None:
    # In another folder, at another time.
    for name in ("pyproject.toml", "requirements.txt", "tools/search", "static/fonts"):
        source, target = REPOSITORY / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, target)

    assert sbom.sbom(tmp_path) == text("docs/sbom.cdx.json"), "run: make sbom"


@pytest.mark.proves("R18 parts")
def test_the_list_names_everything_that_runs(
    bill: dict[str, dict], record_property: Callable[[str, object], None]
) -> None:
    for entry in [*entries("requirements.txt"), *entries("tools/search/requirements.txt")]:
        name, version = entry.split()[0].split("==")
        part = bill.pop(f"pkg:pypi/{name}@{version}")
        assert {told["content"] for told in part["hashes"]} == set(re.findall(r"sha256:(\w{64})", entry))
        assert part["licenses"]
    programs = json.loads(text("tools/search/package.json"))["optionalDependencies"]
    for name, version in programs.items():
        part = bill.pop(f"pkg:npm/{name.replace('@', '%40')}@{version}")
        assert len(part["hashes"][0]["content"]) == 128
    fonts = bill.pop("pkg:npm/%40fontsource/tinos@5.3.0")["components"]
    assert {file["name"] for file in fonts} == {file.name for file in (REPOSITORY / "static/fonts").glob("*.woff2")}

    assert bill == {}
    record_property("times", len(entries("requirements.txt")) + len(programs) + 1)


def test_the_list_says_who_needs_whom() -> None:
    needs = {told["ref"]: told["dependsOn"] for told in json.loads(text("docs/sbom.cdx.json"))["dependencies"]}
    names = {ref: re.sub(r"@[^@]+$", "", ref).removeprefix("pkg:pypi/") for ref in needs}
    asked = {re.match(r"[\w-]+", name)[0] for name in sbom.project(REPOSITORY)["dependencies"]}

    assert asked <= {names[ref] for ref in needs["loa"]}
    for ref, name in names.items():
        try:
            wanted = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        plain = {re.match(r"[\w.-]+", one)[0].lower().replace("_", "-") for one in wanted if "extra ==" not in one}
        assert {names[on] for on in needs[ref]} <= plain, name
    reached, waiting = set(), ["loa"]
    while waiting:
        ref = waiting.pop()
        reached.add(ref)
        waiting += set(needs[ref]) - reached
    assert reached == set(needs)


def test_licences_are_those_that_the_packages_declare() -> None:
    for name, licence in sbom.LICENCES.items():
        try:
            declared = metadata.metadata(name)["License-Expression"]
        except metadata.PackageNotFoundError:
            continue
        assert declared in {None, licence}, name


def test_the_decision_about_dependencies_names_each() -> None:
    decided = text("docs/adr/0006-dependencies.md")
    known = {name for row in re.findall(r"(?m)^\| ([^|]+) \|", decided) for name in re.split(r", | and ", row)}

    locked = {entry.split("==")[0] for entry in entries("requirements.txt")}
    assert locked - known == set()


# --- releases ---------------------------------------------------------------------------


def git(folder: Path, *command: str) -> None:
    # Without the settings of whoever runs the tests, and with those of nobody.
    environment = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    settings = ["-c", "user.name=t", "-c", "user.email=t@t.example", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *settings, *command], cwd=folder, env=environment, check=True, capture_output=True)


@pytest.mark.proves("R18 archives", times=2)
def test_the_same_commit_gives_the_same_release_in_any_folder_at_any_time(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "sâu hơn/b"
    first.mkdir()
    for name in ("pyproject.toml", "tools/dist.sh", "docs/sbom.cdx.json", "build.py", ".gitignore"):
        (first / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(REPOSITORY / name, first / name)
    git(first, "init")
    git(first, "add", ".")
    git(first, "commit", "-m", "1")
    git(tmp_path, "clone", str(first), str(second))
    for file in [*second.glob("*"), *second.glob("tools/*")]:
        os.utime(file, (10**9, 10**9))
        file.chmod(0o700 if file.is_dir() else 0o600)
    # What is not committed is no part of it.
    (first / "build.py").write_text("raise SystemExit", encoding="utf-8")
    (first / "new.py").touch()

    made = []
    for folder, mask in ((first, 0o022), (second, 0o077)):
        subprocess.run(
            ["sh", folder / "tools/dist.sh", tmp_path / f"{folder.name}.dist"],
            cwd=folder,
            umask=mask,
            check=True,
            capture_output=True,
        )
        made.append({file.name: file.read_bytes() for file in (tmp_path / f"{folder.name}.dist").iterdir()})

    name = f"loa-{sbom.project(REPOSITORY)['version']}"
    assert set(made[0]) == {f"{name}.tar.gz", f"{name}.cdx.json", "SHA256SUMS"}
    assert made[0] == made[1]
    # Both were made in one second, perhaps: no time is in the head.
    assert made[0][f"{name}.tar.gz"][4:8] == bytes(4)
    with tarfile.open(tmp_path / f"a.dist/{name}.tar.gz") as archive:
        told = archive.extractfile(f"{name}/build.py")
        assert told is not None
        assert told.read() == (REPOSITORY / "build.py").read_bytes()
    subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path / "a.dist", check=True, capture_output=True)
