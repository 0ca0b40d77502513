"""What is remembered may be lost at any moment, and is never believed when it might be old."""

from __future__ import annotations

import gc
import multiprocessing
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from loa.content import parse
from loa.errors import MemoryDamagedError
from loa.markup import convert
from loa.memory import (
    Bodies,
    Entries,
    Measured,
    Parsed,
    change_from,
    load_entries,
    save_entries,
    unchanged,
)
from loa.model import Article, Asset, Converted
from loa.scan import Signature
from loa.source import Source, read_source

LOOKS = Signature(100, 5_000_000_000, 6_000_000_000, 7)
NONE = Entries("", 0, {}, {})


def save(path: Path, now: Entries, last: Entries) -> bool:
    return save_entries(path, now, last, change_from(last, now))


@pytest.fixture
def converted() -> Converted:
    return convert("## Mục một\n\nMột đoạn [có liên kết](/tin/a.html).")


def article(date: str = "2026-05-01") -> Article:
    text = f"---\ntitle: Lễ hội\ndate: {date}\ncategory: Tin\ntags: [y tế]\n---\n\nNội dung.\n"
    source = read_source("tin/a.md", text.encode())
    assert isinstance(source, Source)
    zone = datetime.fromisoformat("2026-01-01T00:00+07:00").tzinfo
    assert zone is not None
    entry = parse(source, zone, convert).entry
    assert isinstance(entry, Article)
    return entry


def entries(date: str = "2026-05-01") -> Entries:
    asset = Asset("anh/x.jpg", "digest", 10, 4, 3)
    return Entries(
        "key", 1, {"tin/a.md": Parsed(LOOKS, article(date), b"digest")}, {"anh/x.jpg": Measured(LOOKS, asset)}
    )


# --- conversions ------------------------------------------------------------------


def test_a_conversion_comes_back_as_it_was(tmp_path: Path, converted: Converted) -> None:
    bodies = Bodies(tmp_path / "bodies.sqlite")
    bodies.put([converted])
    bodies.close()

    again = Bodies(tmp_path / "bodies.sqlite")
    assert again.get(converted.body.digest) == converted
    assert again.html(converted.body.digest) == converted.html
    assert again.get("something else") is None
    again.close()


def test_forgotten_conversions_are_gone_and_the_others_stay(tmp_path: Path, converted: Converted) -> None:
    other = convert("Bài khác.")
    bodies = Bodies(tmp_path / "bodies.sqlite")
    bodies.put([converted, other])

    bodies.forget([converted.body.digest])

    assert bodies.digests() == {other.body.digest}
    with pytest.raises(MemoryDamagedError):
        bodies.html(converted.body.digest)
    bodies.close()


def test_a_file_that_is_no_database_is_replaced(tmp_path: Path, converted: Converted) -> None:
    (tmp_path / "bodies.sqlite").write_bytes(b"rubbish" * 1000)

    bodies = Bodies(tmp_path / "bodies.sqlite")
    bodies.put([converted])

    assert bodies.get(converted.body.digest) == converted
    bodies.close()
    # What could not be read was closed too, which Python says from 3.13 on.
    gc.collect()


def test_a_damaged_record_counts_as_none(tmp_path: Path, converted: Converted) -> None:
    bodies = Bodies(tmp_path / "bodies.sqlite")
    bodies.put([converted])
    bodies.close()
    connection = sqlite3.connect(tmp_path / "bodies.sqlite")
    connection.execute("update conversion set meta = x'00'")
    connection.commit()
    connection.close()

    bodies = Bodies(tmp_path / "bodies.sqlite")
    assert bodies.get(converted.body.digest) is None
    bodies.close()


def test_a_write_that_fails_locks_nobody_out(tmp_path: Path, converted: Converted) -> None:
    bodies = Bodies(tmp_path / "bodies.sqlite")
    bodies.put([converted])
    bodies.close()
    data = (tmp_path / "bodies.sqlite").read_bytes()
    (tmp_path / "bodies.sqlite").write_bytes(data[:4096] + bytes(4096) + data[8192:])
    bodies = Bodies(tmp_path / "bodies.sqlite")

    with closing(bodies):
        with pytest.raises(MemoryDamagedError):
            bodies.put([converted])

        with closing(sqlite3.connect(tmp_path / "bodies.sqlite", timeout=0)) as other:
            other.execute("begin immediate")


def _read_in_child(bodies: Bodies, digest: str, answers: multiprocessing.SimpleQueue) -> None:  # type: ignore[type-arg]  # not generic
    answers.put(bodies.html(digest))
    bodies.close()


def test_a_forked_process_reads_through_a_connection_of_its_own(tmp_path: Path, converted: Converted) -> None:
    bodies = Bodies(tmp_path / "bodies.sqlite")
    bodies.put([converted])
    fork = multiprocessing.get_context("fork")
    answers = fork.SimpleQueue()
    child = fork.Process(target=_read_in_child, args=(bodies, converted.body.digest, answers))
    child.start()
    answer = answers.get()
    child.join()

    assert answer == converted.html
    assert bodies.html(converted.body.digest) == converted.html
    bodies.close()


# --- entries ------------------------------------------------------------------------


@pytest.mark.parametrize("date", ["2026-05-01", "2026-05-01 00:30", "2026-05-01T00:30+09:00", "2026-05-01T00:30Z"])
def test_an_entry_comes_back_exactly_as_it_was_read(tmp_path: Path, date: str) -> None:
    before = entries(date)
    save(tmp_path / "entries", before, NONE)

    after = load_entries(tmp_path / "entries")

    assert after == before
    # Equal moments may still show different hours, so the words are compared too.
    assert repr(after) == repr(before)


@pytest.mark.parametrize("damage", [None, b"", b"rubbish", b"\x00" * 100], ids=["gone", "empty", "rubbish", "zeros"])
def test_unreadable_entries_count_as_none(tmp_path: Path, damage: bytes | None) -> None:
    if damage is not None:
        (tmp_path / "entries").write_bytes(damage)

    assert load_entries(tmp_path / "entries") == NONE


def test_entries_cut_off_in_the_middle_count_as_none(tmp_path: Path) -> None:
    save(tmp_path / "entries", entries(), NONE)
    data = (tmp_path / "entries").read_bytes()
    for length in range(0, len(data), 7):
        (tmp_path / "entries").write_bytes(data[:length])
        assert load_entries(tmp_path / "entries").parsed == {}


def test_a_build_adds_what_it_changed_and_the_next_one_knows_all(tmp_path: Path) -> None:
    file = tmp_path / "entries"
    parsed = {f"tin/{name}.md": Parsed(LOOKS, article(), b"digest") for name in "abcdefgh"}
    assert save(file, Entries("key", 1, dict(parsed), entries().measured), NONE)
    size = file.stat().st_size
    loaded = load_entries(file)
    changed = Entries("key", 2, {**loaded.parsed, "tin/x.md": parsed["tin/a.md"]}, {})
    del changed.parsed["tin/b.md"]

    assert not save(file, changed, loaded)

    assert file.stat().st_size < 2 * size
    again = load_entries(file)
    assert (again.key, again.taken, again.parsed, again.measured) == ("key", 2, changed.parsed, {})
    assert again.changes == 1


def test_what_was_read_again_and_says_the_same_is_a_change_since_now_it_has_settled(tmp_path: Path) -> None:
    file = tmp_path / "entries"
    save(file, entries(), NONE)
    last = load_entries(file)
    ((path, known),) = last.parsed.items()

    assert not change_from(last, replace(last, taken=2))
    again = replace(last, taken=2, parsed={path: replace(known)})
    assert change_from(last, again).parsed == {path: known}
    save(file, again, last)

    assert load_entries(file).taken == 2


def test_what_is_gone_is_seen_even_when_as_much_has_come() -> None:
    known = Parsed(LOOKS, article(), b"")
    last = Entries("", 1, {"tin/a.md": known, "tin/b.md": known}, {})

    change = change_from(last, Entries("", 1, {"tin/a.md": known, "tin/c.md": known}, {}))

    assert (change.parsed, change.gone) == ({"tin/c.md": known}, (("tin/b.md",), ()))


@pytest.mark.parametrize(("key", "changes"), [("other key", 0), ("key", 100)])
def test_entries_are_written_anew_under_other_settings_and_from_time_to_time(
    tmp_path: Path, key: str, changes: int
) -> None:
    file = tmp_path / "entries"
    save(file, entries(), NONE)
    last = replace(load_entries(file), changes=changes)

    assert save(file, replace(last, key=key, taken=2), last)

    assert load_entries(file) == replace(last, key=key, taken=2, changes=0)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (LOOKS, True),
        (Signature(101, LOOKS.mtime, LOOKS.ctime, LOOKS.inode), False),
        (Signature(LOOKS.size, LOOKS.mtime + 1, LOOKS.ctime, LOOKS.inode), False),
        (Signature(LOOKS.size, LOOKS.mtime, LOOKS.ctime + 1, LOOKS.inode), False),
        (Signature(LOOKS.size, LOOKS.mtime, LOOKS.ctime, LOOKS.inode + 1), False),
    ],
    ids=["the same", "size", "mtime", "ctime: a stealth edit", "inode: a replaced file"],
)
def test_memory_is_believed_only_while_a_file_looks_the_same_in_every_respect(now: Signature, expected: bool) -> None:
    long_after = Entries("key", LOOKS.ctime + 10_000_000_000, {}, {})
    known = Parsed(LOOKS, article(), b"digest")

    assert unchanged(long_after, {"a": known}, {"a": now}) == ({"a": known} if expected else {})


def test_a_file_that_was_changed_just_before_it_was_read_is_read_again() -> None:
    just_after = Entries("key", LOOKS.ctime + 1_000_000_000, {}, {})

    assert unchanged(just_after, {"a": Parsed(LOOKS, article(), b"digest")}, {"a": LOOKS}) == {}


def test_nothing_is_taken_from_memory_that_was_never_read() -> None:
    assert unchanged(Entries("key", 10**18, {}, {}), {}, {"a": LOOKS}) == {}
