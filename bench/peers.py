"""The generators that are measured: how each is installed, staged and called, and what a user edits in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
SITES = REPOSITORY / "bench/sites"
BUILD = REPOSITORY / "build/bench"
VENV = BUILD / "venv"
NODE = BUILD / "node"
RESULTS = REPOSITORY / "bench/results"

# The word that the template edit adds: visible on every page of an article, and in all templates of one.
BEFORE, AFTER = "Các tin đã đăng", "Các tin đã đăng trước"

_UNCITED = "\n[documents]\ncitations = false\n"
# No document is cited so often, so that none gets a page, and nothing leads anywhere.
_UNLINKED = "\n[documents]\nstubs = 1000\n"


class Peer(NamedTuple):
    """A generator and its site.

    ``command`` gives the command for a staged site, which builds into its folder ``public``.
    ``site`` has the files of the site, and ``template`` in it makes the pages of articles.
    ``settings``: lines for the end of its ``site.toml``; ``dropped``: a line that is not to be in it.
    ``theme``: where that template is when the site has none of its own.
    ``repeats``: a listing's front may repeat articles of the page after it (docs/adr/0003).
    ``short_feeds``: its RSS cannot have both the summary and the text of an article.
    """

    name: str
    title: str
    command: Callable[[Path], Sequence[str]]
    site: Path
    template: str
    settings: str = ""
    dropped: str = ""
    theme: Path | None = None
    repeats: bool = False
    short_feeds: bool = False


def peers(loa: Path = REPOSITORY) -> dict[str, Peer]:
    """All there are, by name; ``loa`` is the checkout whose Loa is measured."""

    def build(stage: Path) -> list[str]:
        return [str(REPOSITORY / ".venv/bin/python"), str(loa / "build.py"), "--root", str(stage)]

    def hugo(_stage: Path) -> list[str]:
        return [str(_hugo()), "--quiet"]

    def eleventy(_stage: Path) -> list[str]:
        # Node gives up at 4 GB unless told otherwise, and Eleventy needs more for the largest size.
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") * 3 // 4 // 2**20
        command = NODE / "node_modules/@11ty/eleventy/cmd.cjs"
        return ["node", f"--max-old-space-size={memory}", str(command), "--quiet"]

    def pelican(_stage: Path) -> list[str]:
        return [str(VENV / "bin/pelican"), "--quiet", "--settings", "pelicanconf.py", "--output", "public"]

    article = "templates/pages/article.html"
    # A checkout's sites go with its code; one from before there was a benchmark has none.
    ours = loa / "bench/sites" if (loa / "bench/sites").is_dir() else SITES
    real = Peer("loa-real", "Loa, real theme", build, ours / "loa-real", article, theme=loa, repeats=True)
    return {
        peer.name: peer
        for peer in (
            Peer("loa", "Loa", build, ours / "loa", article, repeats=True),
            real,
            real._replace(name="loa-uncited", title="Loa, real theme, no citations", settings=_UNCITED),
            real._replace(name="loa-unlinked", title="Loa, real theme, citations only found", settings=_UNLINKED),
            real._replace(name="loa-texts", title="Loa, real theme, texts indexed", dropped="texts = false\n"),
            Peer("hugo", "Hugo", hugo, SITES / "hugo", "layouts/page.html"),
            Peer("eleventy", "Eleventy", eleventy, SITES / "eleventy", "_includes/article.11ty.js"),
            Peer("pelican", "Pelican", pelican, SITES / "pelican", "theme/templates/article.html", short_feeds=True),
        )
    }


def _hugo() -> Path:
    """The program itself: what the package installs as a command is a script that starts Python first."""
    return next(VENV.glob("lib/python3*/site-packages/hugo/binaries/hugo"))


def install(names: Sequence[str]) -> None:
    """Install what the peers ``names`` need into ``build/bench``, as the locks say. Loa is there already."""
    BUILD.mkdir(parents=True, exist_ok=True)
    if {"hugo", "pelican"} & set(names):
        install_venv()
    if "eleventy" in names:
        lock = SITES / "eleventy/package-lock.json"
        mark = NODE / "installed.json"
        if not mark.exists() or mark.read_bytes() != lock.read_bytes():
            if not (shutil.which("node") and shutil.which("npm")):
                sys.exit("Eleventy needs Node 18 or newer and npm; or leave it out: make bench PEERS='loa hugo'")
            NODE.mkdir(exist_ok=True)
            for name in ("package.json", "package-lock.json"):
                shutil.copy(SITES / "eleventy" / name, NODE)
            _run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", folder=NODE)
            shutil.copy(lock, mark)


def install_venv() -> None:
    """Install Hugo, Pelican and what draws the plot."""
    lock = REPOSITORY / "bench/requirements.txt"
    mark = VENV / "installed.txt"
    if not mark.exists() or mark.read_bytes() != lock.read_bytes():
        _run("sh", "tools/venv.sh", str(VENV), str(lock), folder=REPOSITORY)
        shutil.copy(lock, mark)


def versions(names: Sequence[str], loa: Path) -> dict[str, str]:
    """The version of each peer, and of what runs it."""
    found = {"Python": sys.version.split()[0]}
    for name in names:
        if name == "hugo":
            found["Hugo"] = _run(str(_hugo()), "version").split()[1].removeprefix("v").partition("-")[0]
        elif name == "pelican":
            found["Pelican"] = _run(str(VENV / "bin/pelican"), "--version").strip()
        elif name == "eleventy":
            found["Eleventy"] = _run("node", str(NODE / "node_modules/@11ty/eleventy/cmd.cjs"), "--version").strip()
            found["Node"] = _run("node", "--version").strip().removeprefix("v")
        elif "Loa" not in found:
            found["Loa"] = _commit(loa)
    return found


def code_of(loa: Path) -> str:
    """Changes with the code and the templates of a checkout."""
    made = blake2b(digest_size=8)
    for path in sorted([loa / "build.py", *loa.glob("loa/*.py"), *loa.glob("templates/*/*")]):
        made.update(path.read_bytes())
    return made.hexdigest()


def _commit(loa: Path) -> str:
    if not (loa / ".git").exists():
        return "of no commit"
    try:
        commit = _run("git", "rev-parse", "--short", "HEAD", folder=loa).strip()
        changed = _run("git", "status", "--porcelain", "--", "loa", "templates", "build.py", folder=loa)
    except (OSError, subprocess.CalledProcessError):
        return "of no commit"
    return f"{commit} with changes" if changed else commit


def _run(*command: str, folder: Path | None = None) -> str:
    return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603  # ours


def stage(peer: Peer, corpus: Path, folder: Path) -> None:
    """A site ready to be built in ``folder``: the articles of ``corpus`` and the files of the peer's site.

    Copied rather than linked: not all follow links, and a hard link made for one peer is an edit to another.
    """
    shutil.copytree(corpus, folder)
    shutil.copytree(peer.site, folder, dirs_exist_ok=True)
    if peer.settings:
        with (folder / "site.toml").open("a", encoding="utf-8") as file:
            file.write(peer.settings)
    if peer.dropped:
        settings = folder / "site.toml"
        settings.write_text(settings.read_text("utf-8").replace(peer.dropped, ""), encoding="utf-8")


def edit_template(peer: Peer, folder: Path) -> None:
    """Add a word to the template of articles, as a user would; where the theme is Loa's own, to a copy of it."""
    target = folder / peer.template
    source = peer.theme / peer.template if peer.theme else target
    text = source.read_text(encoding="utf-8")
    assert BEFORE in text, source
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text.replace(BEFORE, AFTER), encoding="utf-8")
