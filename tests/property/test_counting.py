"""However logs are ordered, cut, repeated, packed and spread over runs, the same readers are counted."""

from __future__ import annotations

import gzip
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from loa import counting, readers
from loa.counting import count_views
from loa.errors import CountingError
from loa.readership import load

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PLACE = ("https://thu.example", UTC)
URLS = ("/tin/a.html", "/tin/2026/b.html", "/van-ban/2026/c.html", "/trang/d.html", "/tin/khong-co.html")
# No two of them share a value in the hours below, so that counting sets of addresses is the whole truth.
CLIENTS = ("203.0.113.9", "203.0.113.10", "2001:db8::1", "2001:db8:0:0:9::2", "2001:db8:1::1")
NETWORKS = dict(zip(CLIENTS, (0, 1, 2, 2, 3), strict=True))
AGENTS = ("Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0", "Googlebot/2.1", "-")
HOURS = ("01/Sep/2026:00", "20/Oct/2026:23", "21/Nov/2026:23", "22/Nov/2026:00", "22/Nov/2026:01")

Line = tuple[str, str, str, str]
some_lines = st.lists(
    st.tuples(*(st.sampled_from(values) for values in (CLIENTS, HOURS, URLS, AGENTS))), min_size=1, max_size=25
)
# How often a line is told, in which run, in which file of it, packed or not.
places = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=3)


def written(line: Line) -> bytes:
    client, hour, url, agent = line
    return f'{client} - - [{hour}:30:00 +0000] "GET {url} HTTP/1.1" 200 1 "-" "{agent}" ""\n'.encode()


def site(root: Path) -> Path:
    for url in URLS[:-1]:
        file = root / "content" / (url[1:].removesuffix(".html") + ".md")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    return root


def count(root: Path, *logs: bytes) -> None:
    names = []
    for number, log in enumerate(logs):
        (root / f"log.{number}").write_bytes(log)
        names.append(str(root / f"log.{number}"))
    published, problems = load(root)
    assert not problems
    count_views(root, names, published, PLACE, NOW, lambda *_: None)


def views_json(root: Path) -> bytes | None:
    file = root / "views.json"
    return file.read_bytes() if file.exists() else None


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(lines=some_lines | st.just([(client, HOURS[-1], URLS[0], AGENTS[0]) for client in CLIENTS]), data=st.data())
def test_counts_do_not_depend_on_order_split_repetition_or_packing(lines: list[Line], data: st.DataObject) -> None:
    runs: list[list[list[bytes]]] = [[[], [], []], [[], [], []], [[], [], []]]
    for line in data.draw(st.permutations(lines)):
        for run, file in data.draw(places):
            runs[run][file].append(written(line))
    packed = data.draw(st.sets(st.tuples(st.integers(0, 2), st.integers(0, 2))))

    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        count(site(Path(one)), b"".join(map(written, lines)))
        root = site(Path(other))
        for number, run in enumerate(runs):
            logs = [b"".join(log) for log in run]
            count(root, *(gzip.compress(log) if (number, at) in packed else log for at, log in enumerate(logs)))

        assert views_json(root) == views_json(Path(one))
        counted = load(root)[0]
    people = {(NETWORKS[client], hour, url) for client, hour, url, agent in lines if agent == AGENTS[0]}
    for url in URLS:
        wanted = 0 if url == URLS[-1] else sum(seen == url for _, _, seen in people)
        assert counted.total([url]) == wanted
        assert counted.lately([url]) <= wanted


@settings(suppress_health_check=[HealthCheck.too_slow])
@example(lines=[("203.0.113.9", "22/Nov/2026:00", "/tin/a.html", AGENTS[0])], cut=1)
@given(lines=some_lines, cut=st.integers(0, 25))
def test_a_run_that_is_killed_or_fails_at_any_point_changes_no_total(lines: list[Line], cut: int) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        whole = b"".join(map(written, lines))
        count(site(Path(one)), whole)
        root = site(Path(other))
        count(root, b"".join(map(written, lines[:cut])))
        before = views_json(root)

        for target, name in ((readers.Readers, "keep"), (counting, "_write"), (counting, "_lines")):
            with patch.object(target, name, side_effect=CountingError("hết chỗ")):
                try:
                    count(root, whole)
                except CountingError:
                    assert views_json(root) == before
        count(root, whole)

        assert views_json(root) == views_json(Path(one))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(lines=some_lines, more=some_lines)
def test_nobody_is_counted_twice_when_the_memory_is_lost(lines: list[Line], more: list[Line]) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        whole = b"".join(map(written, lines + more))
        count(site(Path(one)), whole)
        root = site(Path(other))
        count(root, b"".join(map(written, lines)))
        before = load(root)[0]
        (root / ".loa-views").unlink()

        count(root, whole)

        truth, found = load(Path(one))[0], load(root)[0]
    for url in URLS:
        assert before.total([url]) <= found.total([url]) <= truth.total([url])
        assert found.lately([url]) <= truth.lately([url])
    # Nothing is missing that is newer than what was known.
    newest = max(
        (hour for _, hour, url, agent in lines if agent == AGENTS[0] and url != URLS[-1]), key=_when, default=""
    )
    if all(_when(hour) > _when(newest) for _, hour, _, _ in set(more) - set(lines)):
        assert found == truth


def _when(hour: str) -> datetime:
    return datetime.strptime(hour + "+0000", "%d/%b/%Y:%H%z") if hour else datetime.fromtimestamp(0, UTC)
