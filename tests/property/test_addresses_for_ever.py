"""What was once at an address answers there for ever, whatever is edited in whatever order; or a build says no.

Each sequence is a small site that is edited, renamed, deleted, put off, withdrawn and built, also by builds that fail.
A model knows every address that a build has published, less what was given up in ``[addresses] gone``.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from conftest import LONG, NOW, files_of

from loa import pipeline
from loa.pipeline import Options, Report, build

pytestmark = pytest.mark.no_cover

SEQUENCES = int(os.environ.get("LOA_SEQUENCES", "0")) or (5_000 if LONG else 100)
# Shared out to the processes of pytest-xdist.
SHARES = 20
STEPS = 9

PAGES = "article home listing page document stub register index search feeds 404 withdrawn"
BODIES = {
    **dict.fromkeys(PAGES.split(), ""),
    "article": "{{ article.title }} {{ content }}",
    "withdrawn": "withdrawn {{ title }}",
    "redirect": "-&gt; {{ target }}",
}
PAGE = '<!doctype html>\n<html lang="vi"><head><title>{{ chrome.title }}</title></head><body>%s</body></html>\n'
THEME = {f"pages/{name}.html": PAGE % body for name, body in BODIES.items()}
REDIRECT = re.compile("<body>-&gt; ([^<]+)<")
PATHS = (*(f"tin/{year}/{name}" for year in (2025, 2026) for name in ("cau", "cho", "hoi")), "trang/lien-he")
TITLES = ("Cầu mới", "Chợ quê", "Lễ hội", "Mùa lúa")
SECTIONS = ("tin", "thoi-su", "tin-tuc")
DATES = ("2026-05-01", "2026-05-01 08:00", "2025-12-31", "2026-05-31 23:59")


class Stopped(BaseException):
    """The process is gone; nothing may catch this."""


class Site:
    """A site on the disk, and what its readers may remember of it."""

    def __init__(self, root: Path, dice: random.Random) -> None:
        self.root, self.dice = root, dice
        self.now = NOW
        # By path: the fields, and ``token``, by which an entry is the same whatever else changes.
        self.entries: dict[str, dict[str, Any]] = {}
        self.section, self.section_aliases = "tin", list[str]()
        self.gone: set[str] = set()
        # What a build has published, and the identity of each entry in feeds.
        self.promised: set[str] = set()
        self.ids: dict[str, str] = {}
        # What a build that failed may have published.
        self.perhaps: set[str] = set()
        self.was_stopped = False
        self.tokens = 0
        self.log: list[str] = []
        for name, text in THEME.items():
            self._write(f"templates/{name}", text)

    # --- the files -----------------------------------------------------------------

    def _write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def save(self) -> None:
        """Write all that the model holds."""
        shutil.rmtree(self.root / "content", ignore_errors=True)
        (self.root / "content").mkdir()
        for path, entry in self.entries.items():
            fields = {key: value for key, value in entry.items() if key not in ("token", "aliases") and value}
            if path.startswith("tin/"):
                fields["category"] = "Tin tức"
            if entry["aliases"]:
                fields["aliases"] = f"[{', '.join(entry['aliases'])}]"
            lines = [f"{key}: {value}" for key, value in fields.items()]
            self._write(f"content/{path}.md", "\n".join(["---", *lines, "---", "", f"Bài {entry['token']}.", ""]))
        lists = '[lists]\nkinds = []\nfeed = 20\nfeed_formats = ["rss", "atom"]\n'
        section = f'[[category]]\nslug = "{self.section}"\nname = "Tin tức"\naliases = {self.section_aliases!r}\n'
        gone = f"[addresses]\ngone = {sorted(self.gone)!r}\n"
        address = 'title = "Cổng"\nbase_url = "https://thu.example"\n'
        self._write("site.toml", f"{address}{lists}[search]\ntexts = false\n{gone}{section}")

    # --- edits -----------------------------------------------------------------------

    def edit(self) -> None:
        """One edit at random, whether it is wise or not."""
        edits = [self.add, self.add, self.change, self.change, self.rename, self.rename, self.hold, self.withdraw,
                 self.expire, self.delete, self.give_up, self.forget_aliases, self.rename_section,
                 self.wait]  # fmt: skip
        chosen = self.dice.choice(edits)
        if self.entries or chosen == self.add:
            chosen()
            self.log.append(f"{chosen.__name__}: {sorted(self.entries)}")

    def _some(self) -> str:
        return self.dice.choice(sorted(self.entries))

    def _was_left(self, path: str) -> bool:
        """Whether readers know another text by that address: a file is its text, whatever is written into it."""
        return f"/{path}.html" in self.promised | self.perhaps

    def add(self) -> None:
        path = self.dice.choice(PATHS)
        if path not in self.entries and not self._was_left(path):
            self.tokens += 1
            day = self.dice.choice(DATES) if path.startswith("tin/") else ""
            self.entries[path] = {
                "title": self.dice.choice(TITLES), "date": day, "aliases": [], "token": f"T{self.tokens}T",
            }  # fmt: skip

    def change(self) -> None:
        entry = self.entries[path := self._some()]
        entry["title"] = self.dice.choice(TITLES)
        if path.startswith("tin/"):
            entry["date"] = self.dice.choice(DATES)

    def rename(self) -> None:
        path, to = self._some(), self.dice.choice(PATHS)
        if to not in self.entries and to[:3] == path[:3] and not self._was_left(to):
            entry = self.entries.pop(path)
            if self.dice.random() < 0.6:
                entry["aliases"] = [*entry["aliases"], f"/{path}.html"]
            entry["aliases"] = [url for url in entry["aliases"] if url != f"/{to}.html"]
            self.entries[to] = entry

    def hold(self) -> None:
        entry = self.entries[self._some()]
        entry["draft"] = "" if entry.get("draft") else "true"

    def withdraw(self) -> None:
        entry = self.entries[self._some()]
        entry["withdrawn"] = "" if entry.get("withdrawn") else '{date: 2026-05-31, by: Văn phòng, reason: "Sai."}'

    def expire(self) -> None:
        if (path := self._some()).startswith("tin/"):
            entry = self.entries[path]
            entry["expires"] = "" if entry.get("expires") else self.dice.choice(("2026-06-01", "2026-06-03"))

    def delete(self) -> None:
        del self.entries[self._some()]

    def give_up(self) -> None:
        if self.promised:
            self.gone.add(self.dice.choice(sorted(self.promised)))

    def forget_aliases(self) -> None:
        self.entries[self._some()]["aliases"] = []

    def rename_section(self) -> None:
        old, self.section = self.section, self.dice.choice(SECTIONS)
        if self.dice.random() < 0.6 and old != self.section:
            self.section_aliases.append(f"/chuyen-muc/{old}/")
        self.section_aliases = [url for url in self.section_aliases if url != f"/chuyen-muc/{self.section}/"]
        self.section_aliases = list(dict.fromkeys(self.section_aliases))

    def wait(self) -> None:
        self.now += timedelta(days=self.dice.randint(0, 3))

    # --- what must hold --------------------------------------------------------------

    @property
    def offered(self) -> set[str]:
        """Every address at which the sources of today have something to show."""
        urls = {f"/chuyen-muc/{self.section}/", *self.section_aliases}
        for path, entry in self.entries.items():
            if not entry.get("draft"):
                urls |= {f"/{path}.html", *entry["aliases"]}
        return urls

    @property
    def disputed(self) -> bool:
        """Whether two have one address: that is refused, too."""
        urls = [f"/chuyen-muc/{self.section}/", *self.section_aliases]
        urls += (f"/{path}.html" for path in self.entries)
        urls += (alias for entry in self.entries.values() for alias in entry["aliases"])
        return len(urls) > len(set(urls))

    def publish(self) -> Report:
        """Build; a build that is refused must change nothing and say why, one that is not must keep every promise."""
        self.save()
        before = files_of(self.root / "public")
        report = self.build()
        lost = self.promised - self.gone - self.offered
        if not report.done:
            # What a build that was stopped had begun is finished by the next, whatever that one thinks of the sources.
            assert self.was_stopped or files_of(self.root / "public") == before
            self.was_stopped = False
            self.assert_all_answer()
            reasons = (self.promised | self.perhaps) - self.gone - self.offered
            assert reasons or self.disputed, ([problem.message for problem in report.problems], self.log)
            told = [problem for problem in report.problems if problem.blocking]
            assert told
            assert all(problem.path.startswith(("content/", "site.toml")) for problem in told)
            if not self.disputed:
                words = " ".join(f"{problem.path} {problem.message} {problem.hint}" for problem in told)
                # Of what is held back its own address alone; the former ones come and go with it.
                assert any(url in words for url in reasons), (reasons, told, self.log)
            return report
        assert not lost, (lost, self.log)
        self.was_stopped = False
        self.promised = {url for url in self.promised | self.offered if url not in self.gone or url in self.offered}
        self.assert_all_answer()
        self.assert_identities()
        return report

    def build(self) -> Report:
        return build(Options(root=self.root, now=self.now, workers=1, force=True))

    def fail(self) -> None:
        """A build that is stopped, or that the disk stops, at some step; then all old addresses answer still."""
        self.save()
        self.perhaps |= self.offered
        fault = self.dice.choice((Stopped(), OSError(28, "No space left on device")))
        with patch.object(os, "replace", _failing(os.replace, self.dice.randint(0, 12), fault)):
            try:
                self.build()
            except (Stopped, Exception):  # noqa: BLE001  # whatever it says
                self.was_stopped = True
                self.log.append(f"failed {fault!r}")
        # What this build would have given up may be gone already.
        self.promised &= self.promised - self.gone | self.offered
        self.assert_all_answer()

    def assert_all_answer(self) -> None:
        public = self.root / "public"
        for url in self.promised:
            text = _page(public, url)
            assert text, (url, self.log)
            if leads := REDIRECT.search(text):
                target = _page(public, leads[1])
                assert target, (url, text, self.log)
                assert not REDIRECT.search(target), (url, text, self.log)

    def assert_identities(self) -> None:
        """What has an identity in a feed has it for ever, and nothing else has it."""
        found: dict[str, set[str]] = {}
        for name, entry, tag in (("rss.xml", "item", "guid"), ("atom.xml", "entry", "id")):
            text = (self.root / "public" / name).read_text(encoding="utf-8")
            for part in re.findall(rf"<{entry}>.*?</{entry}>", text, re.DOTALL):
                token, guid = re.search(r"T\d+T", part), re.search(rf"<{tag}[^>]*>([^<]+)<", part)
                assert token, part
                assert guid, part
                found.setdefault(token[0], set()).add(guid[1])
        for token, ids in found.items():
            assert len(ids) == 1
            known = self.ids.setdefault(token, *ids)
            if known not in ids:
                # It was known by an address that was given up.
                assert known.rpartition(":")[2] in self.gone, (token, ids, self.ids, self.log)
                self.ids[token] = ids.pop()


def _page(public: Path, url: str) -> str:
    file = public / (f"{url}index.html" if url.endswith("/") else url).lstrip("/")
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _failing(replace: Callable[..., None], step: int, fault: BaseException) -> Callable[..., None]:
    steps = iter(range(step))

    def replace_or_fail(*given: Any, **named: Any) -> None:
        if next(steps, None) is None:
            raise fault
        replace(*given, **named)

    return replace_or_fail


@pytest.fixture
def still_code() -> Iterator[None]:
    """Nobody changes Loa meanwhile, and to look takes as long as a build."""
    with patch.object(pipeline, "_code_digest", lambda: "code"):
        yield


@pytest.mark.slow
@pytest.mark.proves("R4 sequences")
@pytest.mark.usefixtures("still_code")
@pytest.mark.parametrize("share", range(SHARES if SEQUENCES > 1000 else 2))
def test_what_was_published_answers_for_ever(
    share: int, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    shares = SHARES if SEQUENCES > 1000 else 2
    accepted = refused = 0
    for number in range(share, SEQUENCES, shares):
        dice = random.Random(number)  # no secret
        site = Site(tmp_path / str(number), dice)
        for _ in range(3):
            site.add()
        for _ in range(STEPS):
            step = dice.random()
            if step < 0.35:
                report = site.publish()
                accepted, refused = accepted + report.done, refused + (not report.done)
            elif step < 0.4:
                site.fail()
            else:
                site.edit()
        site.publish()
        shutil.rmtree(site.root)
    record_property("times", len(range(share, SEQUENCES, shares)))
    # Both happen often enough to tell something.
    assert accepted > refused > 10
