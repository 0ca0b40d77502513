"""Nothing that is edited while the preview runs is missed, whatever the watcher is busy with."""

from __future__ import annotations

import errno
import os
import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import SiteTest

from loa import watching
from loa.errors import LoaError
from loa.watching import Changes


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    stop = threading.Event()
    yield stop
    stop.set()


@pytest.mark.parametrize("path", ["content/tin/a.md", "templates/base.html", "site.toml", "views.json"])
@pytest.mark.parametrize("_round", range(3))
def test_what_changes_right_after_the_start_is_told(
    site: SiteTest, stop: threading.Event, path: str, _round: int
) -> None:
    site.article("a").write("templates/base.html", "")
    changes = Changes(site.root, stop)
    site.write(path, "mới")
    assert _is_told(changes)


def test_the_files_that_were_changed_made_or_removed_together_are_named(site: SiteTest, stop: threading.Event) -> None:
    site.article("a").article("b")
    changes = Changes(site.root, stop)
    site.article("a", "Khác.").article("c").delete("content/tin/b.md").write("site.toml", "")
    told = iter(changes)
    found: set[Path] = set()
    while len(found) < 4:
        found |= next(told)
    assert found == {
        site.root / name for name in ("content/tin/a.md", "content/tin/b.md", "content/tin/c.md", "site.toml")
    }


@pytest.mark.parametrize("folder", ["content/tin", "."])
def test_a_name_that_is_no_text_is_told_and_all_that_comes_after_it(
    site: SiteTest, stop: threading.Event, folder: str
) -> None:
    changes = iter(Changes(site.article("a").root, stop))
    (Path(os.fsdecode(os.fsencode(site.root / folder) + b"/t\xe0i.doc"))).write_bytes(b"")
    while next(changes):
        pass

    for path in ("content/tin/a.md", "site.toml"):
        site.write(path, "mới")
        while site.root / path not in next(changes):
            pass


def test_what_was_before_the_start_is_not_told(site: SiteTest, stop: threading.Event) -> None:
    changes = Changes(site.article("a").root, stop)
    assert not _is_told(changes, seconds=1)


def test_a_folder_that_takes_the_place_of_another_is_followed_at_every_moment(
    tmp_path: Path, stop: threading.Event
) -> None:
    with ThreadPoolExecutor(12) as pool:
        missed = list(pool.map(lambda n: _last_seen(tmp_path / f"{n}", n / 4, stop), range(12)))
    assert missed == ["sau"] * 12


def _last_seen(root: Path, seconds: float, stop: threading.Event) -> str:
    """What was in the text of a site when its last change was told, after an edit so many seconds after an exchange."""
    site = SiteTest(root).write("content/a.md", "đầu").write("khac/a.md", "giữa")
    changes = Changes(root, stop)
    read = ["chưa"]
    threading.Thread(
        target=lambda: read.extend((root / "content/a.md").read_text() for _ in changes), daemon=True
    ).start()
    shutil.move(root / "content", root / "cu")
    shutil.move(root / "khac", root / "content")
    time.sleep(seconds)
    site.write("content/a.md", "sau")
    time.sleep(4)
    return read[-1]


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (OSError("OS file watch limit reached."), "max_user_watches"),
        (OSError(errno.ENOSPC, "No space left on device"), "max_user_watches"),
        (OSError(errno.EACCES, "Permission denied"), "không có quyền"),
    ],
)
def test_a_system_that_cannot_tell_of_changes_is_no_silence(
    site: SiteTest, stop: threading.Event, monkeypatch: pytest.MonkeyPatch, failure: OSError, said: str
) -> None:
    def watch(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(watching, "watch", watch)
    with pytest.raises(LoaError, match=said):
        next(iter(Changes(site.root, stop)))


def _is_told(changes: Changes, seconds: float = 5) -> bool:
    """Whether a change is told within so many seconds."""
    told = threading.Event()
    threading.Thread(target=lambda: [told.set() for _ in changes], daemon=True).start()
    return told.wait(seconds)
