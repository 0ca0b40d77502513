"""The output folder: what is written, what is left alone, what is removed, and what survives an accident."""

from __future__ import annotations

import io
import os
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from loa.errors import StoreError
from loa.fingerprint import Frame, Inputs
from loa.manifest import EMPTY
from loa.state import state_of
from loa.store import Store

FRAME = Frame("chrome", "template", "code")


def publish(folder: Path, files: dict[str, bytes], *, only: set[str] | None = None) -> tuple[int, int]:
    """Publish ``files`` as a new process would; ``only`` those are rendered, the others are taken as fresh."""
    store = Store(folder)
    store.open()
    staged = [store.put(path, data) for path, data in files.items() if only is None or path in only]
    return store.publish(staged, {path: Inputs(data, FRAME) for path, data in files.items()})


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def opened(folder: Path) -> Store:
    store = Store(folder)
    store.open()
    return store


@pytest.fixture
def public(tmp_path: Path) -> Path:
    return tmp_path / "public"


def test_the_folder_holds_exactly_what_was_published(public: Path) -> None:
    assert publish(public, {"index.html": b"home", "tin/2026/a.html": b"a"}) == (2, 0)
    assert publish(public, {"index.html": b"home", "tin/2026/b.html": b"b"}) == (1, 1)

    assert tree(public) == {"index.html": b"home", "tin/2026/b.html": b"b"}


def test_what_the_disk_takes_in_parts_is_written_whole(public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(io.FileIO):
        def write(self, data: bytes) -> int:  # type: ignore[override]  # bytes suffice here
            return super().write(data[:3])

    monkeypatch.setattr("loa.store.open", lambda file, mode, buffering: Slow(file, mode), raising=False)
    store = opened(public)

    staged = store.put("index.html", b"home of all")

    assert (store.stage / staged.file).read_bytes() == b"home of all"
    assert store.staged_bytes(staged) == 11


def test_a_file_with_the_same_bytes_is_not_written_again(public: Path) -> None:
    publish(public, {"index.html": b"home"})
    before = (public / "index.html").stat()

    assert publish(public, {"index.html": b"home"}) == (0, 0)

    after = (public / "index.html").stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_ctime_ns) == (
        before.st_ino,
        before.st_mtime_ns,
        before.st_ctime_ns,
    )


def test_files_that_loa_did_not_write_are_left_alone(public: Path) -> None:
    publish(public, {"index.html": b"home", "tin/a.html": b"a"})
    (public / "google1234.html").write_bytes(b"proof of ownership")
    (public / "tin/ghi-chu.txt").write_bytes(b"by hand")

    publish(public, {"index.html": b"home"})

    assert tree(public) == {
        "index.html": b"home",
        "google1234.html": b"proof of ownership",
        "tin/ghi-chu.txt": b"by hand",
    }
    assert opened(public).unknown_files() == ("google1234.html", "tin/ghi-chu.txt")


def test_folders_that_become_empty_go_away(public: Path) -> None:
    publish(public, {"index.html": b"home", "tin/2025/12/a.html": b"a", "tin/2026/b.html": b"b"})

    publish(public, {"index.html": b"home", "tin/2026/b.html": b"b"})

    assert not (public / "tin/2025").exists()
    assert (public / "tin/2026").is_dir()


def test_the_output_folder_itself_stays_when_nothing_is_left_in_it(public: Path) -> None:
    publish(public, {"index.html": b"home"})

    publish(public, {})

    assert public.is_dir()
    assert tree(public) == {}


def test_a_file_can_become_a_folder_and_a_folder_a_file(public: Path) -> None:
    publish(public, {"tin": b"a file", "trang/a.html": b"a"})

    publish(public, {"tin/a.html": b"a", "trang": b"a file"})

    assert tree(public) == {"tin/a.html": b"a", "trang": b"a file"}


@pytest.mark.parametrize(
    "tamper",
    [
        lambda file: file.write_bytes(b"hOme"),
        lambda file: file.write_bytes(b"longer than before"),
        lambda file: file.unlink(),
    ],
    ids=["same size", "another size", "gone"],
)
def test_a_file_that_somebody_changed_is_not_intact_and_is_mended(public: Path, tamper) -> None:
    publish(public, {"index.html": b"home", "a.html": b"a"})
    tamper(public / "index.html")

    store = opened(public)

    assert not store.intact("index.html")
    assert store.intact("a.html")
    publish(public, {"index.html": b"home", "a.html": b"a"}, only={"index.html"})
    assert (public / "index.html").read_bytes() == b"home"


def test_a_change_that_hides_behind_size_and_time_is_seen(public: Path) -> None:
    publish(public, {"index.html": b"home"})
    file = public / "index.html"
    before = file.stat()
    file.write_bytes(b"hOme")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert not opened(public).intact("index.html")


@pytest.mark.parametrize(("later", "read"), [(1_000_000, True), (10_000_000_000, False)])
def test_a_file_that_may_have_changed_within_one_tick_of_the_clock_is_read_before_it_is_trusted(
    public: Path, later: int, read: bool
) -> None:
    """The manifest was saved ``later`` nanoseconds after the file looked as it does, with other bytes."""
    publish(public, {"index.html": b"home"})
    (public / "index.html").write_bytes(b"hOme")
    store = opened(public)
    status = (public / "index.html").stat()
    looks = {"size": status.st_size, "mtime": status.st_mtime_ns, "ctime": status.st_ctime_ns}
    known = replace(store.manifest.outputs["index.html"], **looks)
    store.manifest = replace(store.manifest, taken=status.st_ctime_ns + later, outputs={"index.html": known})

    assert store.intact("index.html") is not read


def test_a_restored_backup_is_taken_as_it_is(public: Path) -> None:
    publish(public, {"index.html": b"home"})
    (public / "index.html").unlink()
    (public / "index.html").write_bytes(b"home")

    assert opened(public).intact("index.html")
    assert publish(public, {"index.html": b"home"}, only=set()) == (0, 0)


@pytest.mark.parametrize("damage", [b"", b"rubbish", None], ids=["empty", "rubbish", "gone"])
def test_without_a_readable_manifest_everything_is_published_again_and_nothing_removed(
    public: Path, damage: bytes | None
) -> None:
    publish(public, {"index.html": b"home", "alt.html": b"old"})
    manifest = public.parent / ".public.loa/manifest"
    if damage is None:
        manifest.unlink()
    else:
        manifest.write_bytes(damage)

    store = opened(public)

    assert store.manifest == EMPTY
    assert publish(public, {"index.html": b"new home"}) == (1, 0)
    assert tree(public) == {"index.html": b"new home", "alt.html": b"old"}


def test_a_manifest_of_another_version_counts_as_none(public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(public, {"index.html": b"home"})
    monkeypatch.setattr("loa.manifest.VERSION", 999)

    assert opened(public).manifest.outputs == {}


def test_an_unreadable_journal_is_passed_over(public: Path) -> None:
    publish(public, {"index.html": b"home"})
    (public.parent / ".public.loa/journal").write_bytes(b"torn")

    assert publish(public, {"index.html": b"home"}) == (0, 0)
    assert not (public.parent / ".public.loa/journal").exists()


def test_a_copy_has_the_bytes_of_its_source(public: Path, tmp_path: Path) -> None:
    source = tmp_path / "ke-hoach.pdf"
    source.write_bytes(bytes(range(256)) * 10_000)
    store = opened(public)
    staged = [store.put_copy("tep/ke-hoach.pdf", source)]
    store.publish(staged, {"tep/ke-hoach.pdf": Inputs(b"1", FRAME)})

    assert (public / "tep/ke-hoach.pdf").read_bytes() == source.read_bytes()
    assert opened(public).put_copy("tep/ke-hoach.pdf", source).file == ""


def test_nothing_is_left_in_the_stage(public: Path) -> None:
    publish(public, {"index.html": b"home"})
    publish(public, {"index.html": b"new home"})

    assert sorted(p.name for p in (public.parent / ".public.loa").iterdir()) == ["manifest"]


def test_published_files_can_be_read_by_the_web_server(public: Path) -> None:
    publish(public, {"tin/a.html": b"a"})

    assert (public / "tin/a.html").stat().st_mode & 0o044 == 0o044
    assert (public / "tin").stat().st_mode & 0o055 == 0o055


def test_an_output_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / ".public.loa").write_bytes(b"a file where the state folder must be")

    with pytest.raises(StoreError, match=r"\.public\.loa"):
        opened(tmp_path / "public")


@pytest.mark.parametrize("damage", [None, "index.html"])
def test_what_another_look_has_found_is_relied_on(public: Path, damage: str | None) -> None:
    publish(public, {"index.html": b"home", "a.html": b"a"})
    (public / "a.html").unlink()
    (public / "a.html").write_bytes(b"a")
    if damage:
        (public / damage).write_bytes(b"hOme")
    looked = opened(public)
    inspection = looked.inspect()

    store = opened(public)
    store.rely_on(inspection)

    assert store.intact("index.html") is looked.intact("index.html") is (damage is None)
    assert store.intact("a.html")
    assert store.adopted("a.html") == looked.adopted("a.html") is not None
    assert store.holds(["a.html"])
    assert not store.holds(["a.html", "b.html"])


def test_what_is_kept_stays_without_being_named_one_by_one(public: Path) -> None:
    publish(public, {"index.html": b"home", "a.html": b"a", "b.html": b"b"})
    store = opened(public)

    assert store.publish([store.put("index.html", b"new")], {"index.html": Inputs(b"new", FRAME)}, ["a.html"]) == (1, 1)

    assert tree(public) == {"index.html": b"new", "a.html": b"a"}
    assert opened(public).holds(["index.html", "a.html"])
    assert publish(public, {"index.html": b"new", "a.html": b"a"}) == (0, 0)


def test_what_readers_were_promised_is_known_to_the_next_build(public: Path) -> None:
    assert opened(public).promises is None
    opened(public).note_promises({"/a.html": "tin/a.md"})

    assert opened(public).promises == {"/a.html": "tin/a.md"}
    # Also to builds of later versions, which look for this name.
    assert (public.parent / ".public.loa/addresses").exists()


@pytest.mark.parametrize(
    ("due", "noted"),
    [
        ("2026-05-17T08:00:00+07:00", "2026-05-17T09:00:00+07:00"),
        ("2026-05-17T07:59:59+07:00", "2026-05-17T09:00:00+07:00"),
        ("2026-05-17T08:00:01+07:00", "2026-05-17T08:00:01+07:00"),
        ("", ""),
    ],
)
def test_a_refused_build_is_asked_for_again_in_an_hour_once_it_was_due(public: Path, due: str, noted: str) -> None:
    store = opened(public)
    store.note_due(due)

    store.postpone_due(datetime.fromisoformat("2026-05-17T08:00:00+07:00"))

    assert opened(public).due == noted


def test_what_was_staged_tells_its_size_and_digest(public: Path) -> None:
    store = opened(public)

    first, second = store.put("a.html", b"one"), store.put("b.html", b"three")

    assert (first.size, second.size) == (3, 5)
    assert first.content == sha256(b"one").hexdigest()
    assert first.file != second.file


def test_a_file_that_was_just_written_is_known_by_its_looks(public: Path) -> None:
    publish(public, {"a.html": b"one"})

    known, status = opened(public).manifest.outputs["a.html"], (public / "a.html").stat()
    assert (known.size, known.mtime, known.ctime) == (3, status.st_mtime_ns, status.st_ctime_ns)


def test_notes_lie_beside_the_output_or_inside_where_that_is_a_file_system_of_its_own(public: Path) -> None:
    """A rename cannot leave a file system."""
    assert state_of(Path("/proc")) == Path("/proc/.loa")
    assert state_of(public) == public.parent / ".public.loa"
    public.mkdir()
    assert state_of(public) == public.parent / ".public.loa"
