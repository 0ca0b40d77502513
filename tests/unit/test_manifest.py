"""What the next build is told of this one: which files, of what inputs, and how they looked."""

from __future__ import annotations

import pytest

from loa.fingerprint import Frame, Inputs, sealed
from loa.manifest import EMPTY, VERSION, Manifest, Published, Staged, encode, manifest_in, next_manifest

OLD, NEW = Frame("chrome", "template", "old"), Frame("chrome", "template", "new")
KEPT = Published(b"kept", 0, "k", 3, 30, 31)
KNOWN = Published(b"known", 1, "c", 5, 50, 51)
BEFORE = Manifest(VERSION, 7, (OLD, NEW), {"a.html": KEPT, "b.html": KNOWN}, {"tin": b"old"})


def test_what_is_kept_stays_as_it_was_with_the_frames_it_counts_in() -> None:
    after = next_manifest(BEFORE, (), {}, ("a.html", "b.html"), {"tin": b"new"}, {})

    assert after == Manifest(VERSION, 7, (OLD, NEW), {"a.html": KEPT, "b.html": KNOWN}, {"tin": b"new"})
    assert after.inputs("a.html") == Inputs(b"kept", OLD)
    assert after.inputs("b.html") == Inputs(b"known", NEW)


def test_what_is_neither_kept_nor_made_again_is_forgotten() -> None:
    after = next_manifest(BEFORE, (), {}, ("a.html",), {}, {})

    assert after.outputs == {"a.html": KEPT}
    assert after.inputs("b.html") is None
    assert after.sections == {}


def test_a_new_file_has_its_own_bytes_and_nobody_has_seen_it() -> None:
    staged = Staged("c.html", "0001", "d", 9)

    after = next_manifest(BEFORE, (staged,), {"c.html": Inputs(b"now", NEW)}, ("a.html",), {}, {})

    assert after.outputs == {"a.html": KEPT, "c.html": Published(b"now", 1, "d", 9, 0, 0)}


def test_a_file_made_anew_forgets_how_the_old_one_looked() -> None:
    staged = Staged("b.html", "0001", "d", 9)

    after = next_manifest(BEFORE, (staged,), {"b.html": Inputs(b"now", OLD)}, (), {}, {"b.html": (1, 2, 3)})

    # Nothing is kept, so the frames are counted anew.
    assert after.frames == (OLD,)
    assert after.outputs == {"b.html": Published(b"now", 0, "d", 9, 0, 0)}


@pytest.mark.parametrize("staged", [(), (Staged("b.html", "", "c", 5),)], ids=["not rendered", "same bytes"])
def test_a_file_whose_bytes_stay_has_its_new_inputs_and_its_old_looks(staged: tuple[Staged, ...]) -> None:
    after = next_manifest(BEFORE, staged, {"b.html": Inputs(b"now", OLD)}, (), {}, {})

    assert after.outputs == {"b.html": Published(b"now", 0, "c", 5, 50, 51)}
    assert after.inputs("b.html") == Inputs(b"now", OLD)


def test_same_bytes_that_nobody_had_published_are_new() -> None:
    after = next_manifest(BEFORE, (Staged("c.html", "", "d", 9),), {"c.html": Inputs(b"now", OLD)}, (), {}, {})

    assert after.outputs == {"c.html": Published(b"now", 0, "d", 9, 0, 0)}


def test_what_was_found_whole_although_it_looked_changed_is_known_by_its_new_looks() -> None:
    looks = {"a.html": (3, 300, 301), "b.html": (5, 500, 501), "gone.html": (1, 1, 1)}

    after = next_manifest(BEFORE, (), {"b.html": Inputs(b"now", NEW)}, ("a.html",), {}, looks)

    assert after.outputs == {
        "a.html": Published(b"kept", 0, "k", 3, 300, 301),
        "b.html": Published(b"now", 1, "c", 5, 500, 501),
    }


def test_frames_are_told_once() -> None:
    inputs = {f"{number}.html": Inputs(b"x", frame) for number, frame in enumerate((NEW, OLD, NEW))}
    staged = tuple(Staged(path, "f", "d", 1) for path in inputs)

    after = next_manifest(EMPTY, staged, inputs, (), {}, {})

    assert after.frames == (NEW, OLD)
    assert [after.outputs[path].frame for path in inputs] == [0, 1, 0]
    assert {path: after.inputs(path) for path in inputs} == inputs


def test_a_manifest_comes_back_as_it_was_or_not_at_all() -> None:
    data = sealed(encode(BEFORE))

    assert manifest_in(data) == BEFORE
    assert manifest_in(data[:-1]) == EMPTY
    assert manifest_in(b"") == EMPTY
    assert manifest_in(sealed(b"\xc1")) == EMPTY
    assert manifest_in(sealed(encode(Manifest(VERSION + 1, 7, (), {}, {})))) == EMPTY
    assert Manifest(VERSION, 0, (), {}, {}) == EMPTY
