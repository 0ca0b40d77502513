"""Where each entry stands at a moment, at the edges of all its moments and in every time zone."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.config import Config
from loa.content import parse
from loa.lifecycle import Due, separate
from loa.markup import convert
from loa.model import Entry
from loa.site_toml import parse_config
from loa.source import Source, read_source

SECOND = timedelta(seconds=1)
# POSIX signs: Etc/GMT-7 is seven hours east of Greenwich.
ZONES = [f"Etc/GMT{sign:+}" for sign in range(-14, 13)]
# Clocks go forward at midnight and back across it.
ODD_ZONES = ["Asia/Beirut", "America/Havana", "Asia/Kathmandu", "Pacific/Chatham"]


@cache
def config(zone: str = "Asia/Ho_Chi_Minh", more: str = "") -> Config:
    made, problems = parse_config(
        f'title = "Cổng"\nbase_url = "https://thu.example"\ntimezone = "{zone}"\n{more}\n'
        '[[category]]\nslug = "tin"\nname = "Tin"\n'
    )
    assert made is not None, problems
    return made


def entry(zone: str = "Asia/Ho_Chi_Minh", path: str = "tin/a.md", **fields: str) -> Entry:
    plain = {
        "tin": {"title": "A", "category": "Tin", "date": "2026-05-01"},
        "trang": {"title": "A"},
        "van-ban": {
            "kind": "Công văn", "number": "1/UBND", "issued": "2026-05-01", "issuer": "UBND", "subject": "a",
        },
    }[path.partition("/")[0]]  # fmt: skip
    lines = [f"{name}: {value}" for name, value in {**plain, **fields}.items() if value]
    source = read_source(path, "\n".join(["---", *lines, "---", "Nội dung."]).encode())
    assert isinstance(source, Source), source
    found = parse(source, ZoneInfo(zone), convert)
    assert found.entry is not None, found.problems
    return found.entry


def where(one: Entry, now: datetime, zone: str = "Asia/Ho_Chi_Minh", *, preview: bool = False) -> set[str]:
    standing = separate([one], now, config(zone), preview=preview)
    return {
        name
        for name, found in {
            "published": standing.published,
            "held": standing.held,
            "expired": standing.expired,
            "withdrawn": standing.withdrawn,
            "pinned": standing.pinned,
        }.items()
        if found
    }


def at(text: str, zone: str = "Asia/Ho_Chi_Minh") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize("zone", [*ZONES, *ODD_ZONES])
@pytest.mark.parametrize(
    ("fields", "edge", "before", "after"),
    [
        ({"date": "2026-05-20"}, "2026-05-20 00:00", {"held"}, {"published"}),
        ({"date": "2026-05-20 08:30"}, "2026-05-20 08:30", {"held"}, {"published"}),
        ({"publish_at": "2026-05-20 08:30"}, "2026-05-20 08:30", {"held"}, {"published"}),
        ({"publish_at": "2026-05-20"}, "2026-05-20 00:00", {"held"}, {"published"}),
        ({"publish_at": "2026-05-20 08:30", "date": ""}, "2026-05-20 08:30", {"held"}, {"published"}),
        # Whichever is later.
        ({"publish_at": "2026-05-20 08:30", "date": "2026-05-21"}, "2026-05-21 00:00", {"held"}, {"published"}),
        ({"expires": "2026-05-20 08:30"}, "2026-05-20 08:30", {"published"}, {"expired"}),
        ({"expires": "2026-05-20"}, "2026-05-21 00:00", {"published"}, {"expired"}),
        ({"pinned": "2026-05-20"}, "2026-05-21 00:00", {"published", "pinned"}, {"published"}),
        ({"pinned": "2026-05-20 08:30"}, "2026-05-20 08:30", {"published", "pinned"}, {"published"}),
    ],
)
def test_an_article_changes_its_standing_to_the_second(
    zone: str, fields: dict[str, str], edge: str, before: set[str], after: set[str]
) -> None:
    article, moment = entry(zone, **fields), at(edge, zone)

    assert where(article, moment - SECOND, zone) == before
    assert where(article, moment, zone) == after
    assert where(article, moment + SECOND, zone) == after


@pytest.mark.parametrize("path", ["trang/a.md", "van-ban/2026/a.md"])
def test_pages_and_documents_wait_for_their_hour_too(path: str) -> None:
    one = entry(path=path, publish_at="2026-05-20 08:30")

    assert where(one, at("2026-05-20 08:29")) == {"held"}
    assert where(one, at("2026-05-20 08:30")) == {"published"}


@pytest.mark.parametrize("path", ["tin/a.md", "trang/a.md", "van-ban/2026/a.md"])
def test_what_was_withdrawn_is_nothing_else_any_more(path: str) -> None:
    more = {"expires": "2026-05-10", "pinned": "2026-12-31"} if path.startswith("tin") else {}
    one = entry(path=path, withdrawn="{date: 2026-05-05, by: Văn phòng, reason: sai số liệu}", **more)

    assert where(one, at("2026-06-01")) == {"withdrawn"}


@pytest.mark.parametrize("fields", [{"draft": "true"}, {"publish_at": "2026-07-01"}])
def test_a_withdrawal_reveals_nothing_that_never_was_published(fields: dict[str, str]) -> None:
    one = entry(withdrawn="{date: 2026-05-05, by: Văn phòng, reason: thôi đăng}", **fields)

    assert where(one, at("2026-06-01")) == {"held"}


def test_a_preview_shows_what_is_held_and_says_so() -> None:
    draft, later = entry(draft="true"), entry(path="tin/b.md", publish_at="2026-07-01")

    standing = separate([draft, later], at("2026-06-01"), config(), preview=True)

    assert standing.published == [draft, later]
    assert standing.held == ()
    assert standing.marks == {"tin/a.md": "draft", "tin/b.md": "scheduled"}


# --- what is due next -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "fields", "due"),
    [
        ("tin/a.md", {}, ""),
        ("tin/a.md", {"date": "2026-06-20 07:00"}, "2026-06-20 07:00"),
        ("tin/a.md", {"date": "2026-06-20 07:00", "draft": "true"}, ""),
        ("tin/a.md", {"publish_at": "2026-06-20 07:00"}, "2026-06-20 07:00"),
        ("tin/a.md", {"expires": "2026-06-20"}, "2026-06-21 00:00"),
        ("tin/a.md", {"expires": "2026-05-20"}, ""),
        ("tin/a.md", {"pinned": "2026-06-02", "expires": "2026-06-20"}, "2026-06-03 00:00"),
        ("tin/a.md", {"expires": "2026-07-01", "withdrawn": "{date: 2026-05-05, by: a, reason: b}"}, ""),
        ("van-ban/2026/a.md", {"effective": "2026-06-15"}, "2026-06-15 00:00"),
        ("van-ban/2026/a.md", {"expires": "2026-06-15"}, "2026-06-15 00:00"),
        ("van-ban/2026/a.md", {"effective": "2026-06-01", "expires": "2026-06-15"}, "2026-06-15 00:00"),
    ],
)
def test_the_next_moment_is_the_next_edge(path: str, fields: dict[str, str], due: str) -> None:
    standing = separate([entry(path=path, **fields)], at("2026-06-01 12:00"), config())

    assert standing.due == (Due(at(due), f"content/{path}") if due else None)


ALERT = """
[alert]
level = "emergency"
text = "Bão số 5"
from = 2026-06-10T18:00:00
until = 2026-06-12
"""


@pytest.mark.parametrize(
    ("now", "shown", "due"),
    [
        ("2026-06-10 17:59:59", False, "2026-06-10 18:00"),
        ("2026-06-10 18:00:00", True, "2026-06-13 00:00"),
        ("2026-06-12 23:59:59", True, "2026-06-13 00:00"),
        ("2026-06-13 00:00:00", False, ""),
    ],
)
def test_an_alert_has_its_hours(now: str, shown: bool, due: str) -> None:
    settings = config(more=ALERT)

    assert settings.alert
    assert settings.alert.holds(at(now)) is shown
    assert separate([], at(now), settings).due == (Due(at(due), "site.toml") if due else None)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(  # noqa: DTZ001  # their zone comes later
    lambda moment: moment.replace(microsecond=0)
)


@given(
    MOMENTS,
    st.sampled_from([*ZONES, *ODD_ZONES]),
    st.dictionaries(st.sampled_from(["date", "publish_at", "expires", "pinned"]), MOMENTS, max_size=3),
)
def test_nothing_changes_before_it_is_due_and_something_does_then(
    now: datetime, zone: str, moments: dict[str, datetime]
) -> None:
    begins = max(moments.get(name, datetime(2026, 5, 1)) for name in ("date", "publish_at"))  # noqa: DTZ001  # as above
    moments = {n: m for n, m in moments.items() if n not in ("expires", "pinned") or m > begins + timedelta(days=1)}
    article = entry(zone, **{name: f"{moment:%Y-%m-%d %H:%M}" for name, moment in moments.items()})
    now = now.replace(tzinfo=ZoneInfo(zone))

    due = separate([article], now, config(zone)).due
    if due is None:
        assert where(article, now, zone) == where(article, now + timedelta(days=9999), zone)
    else:
        assert due.moment > now
        assert where(article, now, zone) == where(article, due.moment - SECOND, zone)
        assert where(article, due.moment - SECOND, zone) != where(article, due.moment, zone)
