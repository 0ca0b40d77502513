"""Counting readers: what a log adds, what it never adds, and what pages show of it."""

from __future__ import annotations

import gzip
import io
import json
import re
import sqlite3
from collections.abc import Callable
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from unittest.mock import patch

import pytest
from conftest import SiteTest

from loa.cli import main
from loa.readers import hour_in, readers_of

Captured = pytest.CaptureFixture[str]
CHROME = (
    "Mozilla/5.0 (Linux; Android 14; SM-A536E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
)
# An hour after the last line that tests write unless they say so.
NOW = "2026-11-22T12:00+07:00"
MORNING = "22/Nov/2026:08:15:00 +0700"


def hit(
    url: str = "/tin/a.html",
    client: str = "203.0.113.9",
    at: str = MORNING,
    *,
    agent: str = CHROME,
    status: int = 200,
    rest: str = ' ""',
) -> str:
    return f'{client} - - [{at}] "GET {url} HTTP/1.1" {status} 5316 "https://thu.example/" "{agent}"{rest}\n'


def count(site: SiteTest, *logs: str | bytes, now: str = NOW) -> int:
    """Count logs of that text; a Path is taken as it is."""
    names = []
    for number, log in enumerate(logs):
        name = f"access.log.{number}"
        site.write(f"logs/{name}", log)
        names.append(str(site.root / "logs" / name))
    return main(["views", "--root", str(site.root), "--now", now, *names])


def totals(site: SiteTest) -> dict[str, int]:
    return {url: views["total"] for url, views in data(site)["views"].items()}


def data(site: SiteTest) -> dict[str, dict[str, dict[str, int]]]:
    return json.loads((site.root / "views.json").read_text(encoding="utf-8"))


@pytest.fixture
def counted(site: SiteTest) -> SiteTest:
    """A site of three entries of which one was read."""
    site.article("a", views=460).article("b").page("lien-he").document("2026/c")
    assert count(site, hit() + hit(client="203.0.113.10") + hit("/trang/lien-he.html")) == 0
    return site


# --- what is counted ----------------------------------------------------------------------


def test_readers_of_articles_documents_and_pages_are_counted_by_day(counted: SiteTest) -> None:
    count(counted, hit("/van-ban/2026/c.html", at="21/Nov/2026:23:59:59 +0700"))

    assert (counted.root / "views.json").read_text(encoding="utf-8") == (
        '{"newest":"2026-11-22T08:00:00+07:00","views":{\n'
        '"/tin/a.html":{"days":{"2026-11-22":2},"total":2},\n'
        '"/trang/lien-he.html":{"days":{"2026-11-22":1},"total":1},\n'
        '"/van-ban/2026/c.html":{"days":{"2026-11-21":1},"total":1}\n'
        "}}\n"
    )


def test_one_reader_counts_once_in_an_hour(site: SiteTest) -> None:
    site.article("a")

    count(
        site,
        hit() + hit(at="22/Nov/2026:08:59:59 +0700") + hit(status=304),
        hit("/tin/a.html?fbclid=1") + hit(agent="Mozilla/5.0 (Windows NT 10.0)") + hit(at="22/Nov/2026:01:30:00 +0000"),
        hit(at="22/Nov/2026:09:00:00 +0700"),
    )

    assert totals(site) == {"/tin/a.html": 2}


@pytest.mark.parametrize(
    "line",
    [
        hit("/tin/khong-co.html"),
        hit("/tin/"),
        hit("/chuyen-muc/tin/"),
        hit("/css/loa.css"),
        hit(status=404),
        hit(status=301),
        hit().replace("GET", "HEAD"),
        hit().replace("GET", "POST"),
        hit(rest=' "prefetch"'),
        hit(rest=' "prefetch;prerender"'),
        hit(agent=""),
        hit(agent="-"),
        hit(agent="Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
        hit(agent="Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)"),
        hit(agent="curl/8.5.0"),
        hit(agent="python-requests/2.32"),
        hit(agent="facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"),
        # A clock that is wrong by years would make all that is to come look old.
        hit(at="22/Nov/2062:08:15:00 +0700"),
        hit()[:60],
        "x" * 200_000 + "\n",
        "x" * 65_536 + hit(),
    ],
)
def test_everything_else_is_not(site: SiteTest, line: str) -> None:
    site.article("a")

    assert count(site, line) == 0

    assert not (site.root / "views.json").exists()


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 coc_coc_browser/124.0.176 Chrome/118.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Mobile/15E148 Zalo iOS/240301 ZaloTheme/light",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Mobile/21E219 [FBAN/FBIOS;FBAV/456.0.0.40.105]",
        "Mozilla/5.0 (Linux; Android 10; CUBOT_X18) AppleWebKit/537.36 Chrome/96.0 Mobile Safari/537.36",
        "Opera/9.80 (J2ME/MIDP; Opera Mini/9.80 (S60; SymbOS; Opera Mobi/23.348; U; en) Presto/2.5.25 Version/10.54",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0",
    ],
)
def test_browsers_that_people_here_use_are_no_robots(site: SiteTest, agent: str) -> None:
    site.article("a")

    count(site, hit(agent=agent))

    assert totals(site) == {"/tin/a.html": 1}


def test_a_site_below_a_path_counts_what_lies_there(site: SiteTest) -> None:
    site.article("a").replace("site.toml", "https://thu.example", "https://thu.example/cong")

    count(site, hit("/cong/tin/a.html") + hit("/cong/tin/a.html", "203.0.113.10") + hit("/tin/a.html", "203.0.113.11"))

    assert totals(site) == {"/tin/a.html": 2}


def test_many_readers_who_share_a_value_are_counted_back(site: SiteTest) -> None:
    site.article("a")
    clients = [f"10.{n // 250}.{n % 250}.7" for n in range(1000)]

    count(site, "".join(hit(client=client) for client in clients))

    assert abs(totals(site)["/tin/a.html"] - 1000) <= 6
    assert [readers_of(seen) for seen in (0, 1, 179, 180, 992)] == [0, 1, 179, 180, 1000]
    assert readers_of(65_536) > 500_000


def test_packed_logs_and_the_standard_input_are_logs_too(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    site.article("a")
    count(site, gzip.compress((hit() + hit(client="203.0.113.10")).encode()))

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(hit(client="::1").encode()))))
    assert main(["views", "--root", str(site.root), "--now", NOW, "-", "-"]) == 0

    assert totals(site) == {"/tin/a.html": 3}
    assert "Đọc 1 dòng · đếm thêm 1 lượt xem" in capsys.readouterr().out


def test_only_the_last_days_are_told_one_by_one(site: SiteTest) -> None:
    site.article("a").article("b")

    count(site, hit(at="22/Oct/2026:23:59:00 +0700") + hit(at="23/Oct/2026:00:00:00 +0700") + hit("/tin/b.html"))

    assert data(site)["views"]["/tin/a.html"] == {"days": {"2026-10-23": 1}, "total": 2}


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Asia/Ho_Chi_Minh", "2026-11-22"), ("UTC", "2026-11-21"), ("America/New_York", "2026-11-21")],
)
def test_days_are_those_of_the_site_and_not_of_the_server(site: SiteTest, zone: str, day: str) -> None:
    site.article("a").write("site.toml", f'timezone = "{zone}"\n' + (site.root / "site.toml").read_text("utf-8"))

    count(site, hit(at="21/Nov/2026:18:00:00 +0000"))

    assert data(site)["views"]["/tin/a.html"]["days"] == {day: 1}


def test_the_hour_that_comes_twice_in_autumn_is_two_hours_of_one_day(site: SiteTest) -> None:
    site.article("a")
    site.write("site.toml", 'timezone = "America/New_York"\n' + (site.root / "site.toml").read_text("utf-8"))
    twice = [hit(at=f"01/Nov/2026:{hour:02}:30:00 -0{offset}00") for hour, offset in ((0, 4), (1, 4), (1, 5), (2, 5))]

    count(site, "".join(twice))

    assert data(site)["views"]["/tin/a.html"] == {"days": {"2026-11-01": 4}, "total": 4}
    assert data(site)["newest"] == "2026-11-01T02:00:00-05:00"


def test_an_hour_that_begins_before_midnight_belongs_to_that_day(site: SiteTest) -> None:
    site.article("a").article("b")
    site.write("site.toml", 'timezone = "Asia/Kolkata"\n' + (site.root / "site.toml").read_text("utf-8"))

    # 23:30 to 00:30 is one hour of the clock in Greenwich; the second is the day before the last thirty-one.
    lines = hit(at="22/Nov/2026:00:15:00 +0530") + hit("/tin/b.html", at="22/Oct/2026:00:15:00 +0530")
    count(site, lines)

    assert data(site)["views"]["/tin/a.html"] == {"days": {"2026-11-21": 1}, "total": 1}
    assert data(site)["views"]["/tin/b.html"] == {"days": {}, "total": 1}


# --- what is said ---------------------------------------------------------------------------


def test_the_summary_says_what_became_of_the_lines(site: SiteTest, capsys: Captured) -> None:
    site.article("a").article("b")
    lines = hit() + hit() + hit(agent="curl/8") + hit("/css/loa.css") + "xyz\n" + hit("/tin/b.html") * 2
    count(site, lines + hit("/tin/b.html", client="203.0.113.10"))

    assert capsys.readouterr().out == (
        "Xem nhiều nhất trong 30 ngày (và từ trước đến nay):\n"
        "        2 (2)  /tin/b.html\n"
        "        1 (1)  /tin/a.html\n"
        "Đọc 8 dòng · đếm thêm 3 lượt xem · 2 lượt đã đếm · 1 của chương trình tự động · 1 dòng không hiểu\n"
        "Giờ mới nhất: Chủ Nhật, 22/11/2026, 08:00 · views.json đã ghi\n"
    )
    count(site, lines)
    assert "đếm thêm 0 lượt xem" in (told := capsys.readouterr().out)
    assert told.endswith("views.json không thay đổi\n")


def test_the_help_is_vietnamese_and_has_an_example(capsys: Captured) -> None:
    for words in (["views", "--help"], ["--help"]):
        with pytest.raises(SystemExit):
            main(words)

    told = " ".join(capsys.readouterr().out.split())
    assert "Ví dụ: python build.py views /var/log/nginx/access.log" in told
    assert "views – đếm lượt xem từ nhật ký truy cập" in told


# --- faults ---------------------------------------------------------------------------------


def everything(site: SiteTest) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in site.root.iterdir() if p.is_file()}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda log: log.unlink(),
        lambda log: log.write_bytes(gzip.compress(hit().encode() * 5000)[:-200]),
        lambda log: log.write_bytes(gzip.compress(b"")[:10] + b"\xff" * 100),
        lambda log: log.write_bytes(gzip.compress(hit().encode()) + b"rubbish"),
        lambda log: (log.unlink(), log.mkdir()),
        lambda log: log.write_text('{"request":{"remote_ip":"192.0.2.1","uri":"/tin/a.html"},"status":200}\n' * 50),
        lambda log: log.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
        lambda log: log.write_text("Đây không phải là nhật ký.\n"),
    ],
    ids=["missing", "cut short", "damaged", "rubbish behind it", "a folder", "of Caddy", "a picture", "a text"],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_log_that_cannot_be_read_changes_nothing(
    site: SiteTest, capsys: Captured, spoil: Callable[[Path], None], is_first: bool
) -> None:
    site.article("a").article("b")
    if not is_first:
        count(site, hit())
    site.write("good.log", hit("/tin/b.html")).write("bad.log", "")
    spoil(site.root / "bad.log")
    before = everything(site)

    code = main(
        ["views", "--root", str(site.root), "--now", NOW, *(str(site.root / f"{n}.log") for n in ("good", "bad"))]
    )

    assert code == 2
    assert f"Không đọc được nhật ký {site.root / 'bad.log'}: " in capsys.readouterr().err
    assert everything(site) == before


def test_why_a_log_cannot_be_read_is_said_in_vietnamese(site: SiteTest, capsys: Captured) -> None:
    site.article("a").write("caddy.log", '{"status":200}\n')
    for name, reason in (
        ("khong-co.log", "không có tệp hoặc thư mục này"),
        ("content", "đây là thư mục, không phải là tệp"),
        ("caddy.log", "tệp là nhật ký JSON (như của Caddy); máy chủ web phải ghi nhật ký dạng combined"),
        ("site.toml", "tệp không có dòng nào của nhật ký dạng combined"),
    ):
        assert main(["views", "--root", str(site.root), "--now", NOW, str(site.root / name)]) == 2
        assert reason in capsys.readouterr().err


@pytest.mark.parametrize("way", ["rubbish", "half", "a hole", "another database", "an older one"])
def test_a_damaged_memory_is_named_and_nothing_is_overwritten(counted: SiteTest, capsys: Captured, way: str) -> None:
    memory = counted.root / ".loa-views"
    count(counted, "".join(hit(client=f"10.1.{n // 250}.{n % 250}") for n in range(2000)))
    if way == "a hole":
        held = memory.read_bytes()
        assert len(held) > 5 * 4096
        memory.write_bytes(held[: 4 * 4096] + bytes(4096) + held[5 * 4096 :])
    elif way == "rubbish":
        memory.write_bytes(b"rubbish" * 1000)
    elif way == "half":
        memory.write_bytes(memory.read_bytes()[: memory.stat().st_size // 2])
    elif way == "another database":
        memory.unlink()
        sqlite3.connect(memory).execute("create table mine (x)").connection.close()
    else:
        connection = sqlite3.connect(memory)
        connection.execute("pragma user_version = 99")
        connection.close()
    before = everything(counted)

    assert count(counted, hit(client="203.0.113.77")) == 2

    told = capsys.readouterr().err
    assert "Sổ đếm .loa-views bị hỏng" in told
    assert "xóa tệp rồi chạy lại" in told
    assert everything(counted) == before


def test_a_memory_that_is_lost_counts_nobody_twice(counted: SiteTest, capsys: Captured) -> None:
    (counted.root / ".loa-views").unlink()

    later = hit(client="203.0.113.11", at="22/Nov/2026:09:00:00 +0700")
    assert count(counted, hit() + hit(client="203.0.113.12") + later) == 0

    assert totals(counted) == {"/tin/a.html": 3, "/trang/lien-he.html": 1}
    assert data(counted)["views"]["/tin/a.html"]["days"] == {"2026-11-22": 3}
    told = capsys.readouterr().out
    assert "chỉ đếm tiếp những giờ sau Chủ Nhật, 22/11/2026, 08:00" in told
    assert "2 lượt đã nằm trong số gốc" in told


def test_a_lost_views_json_is_made_again(counted: SiteTest) -> None:
    before = (counted.root / "views.json").read_bytes()
    counted.delete("views.json")

    count(counted, "")

    assert (counted.root / "views.json").read_bytes() == before


def test_counts_that_the_memory_does_not_know_are_not_overwritten(counted: SiteTest, capsys: Captured) -> None:
    counted.replace("views.json", '"total":2', '"total":1002')
    before = everything(counted)

    assert count(counted, hit(client="203.0.113.77")) == 2

    assert "/tin/a.html: 1.002 so với 3" in capsys.readouterr().err
    assert everything(counted) == before
    counted.delete(".loa-views")
    assert count(counted, hit(client="203.0.113.77", at="22/Nov/2026:09:00:00 +0700")) == 0
    assert totals(counted)["/tin/a.html"] == 1003


def test_an_older_views_json_is_brought_up_to_date(counted: SiteTest) -> None:
    older = (counted.root / "views.json").read_bytes()
    count(counted, hit(client="203.0.113.77"))
    newer = (counted.root / "views.json").read_bytes()
    counted.write("views.json", older)

    assert count(counted, "") == 0

    assert (counted.root / "views.json").read_bytes() == newer != older


def test_two_counts_at_once_are_refused(counted: SiteTest, capsys: Captured) -> None:
    other = sqlite3.connect(counted.root / ".loa-views", isolation_level=None)
    other.execute("begin exclusive")

    with patch("loa.readers._PATIENCE", 0.1):
        assert count(counted, hit(client="203.0.113.77")) == 2

    assert "Một lần đếm khác đang dùng sổ đếm" in capsys.readouterr().err
    other.close()
    assert count(counted, hit(client="203.0.113.77")) == 0


class Killed(BaseException):
    """The process is gone; nothing may catch this."""


@pytest.mark.parametrize("is_first", [True, False])
def test_a_count_that_is_killed_between_its_two_files_is_made_good(site: SiteTest, is_first: bool) -> None:
    site.article("a")
    if not is_first:
        count(site, hit(client="203.0.113.10"))

    with patch("os.replace", side_effect=Killed), pytest.raises(Killed):
        count(site, hit())
    assert not is_first or not (site.root / "views.json").exists()
    assert count(site, "") == 0

    assert totals(site) == {"/tin/a.html": 1 + (not is_first)}
    assert count(site, hit()) == 0
    assert totals(site) == {"/tin/a.html": 1 + (not is_first)}


def test_a_first_count_that_is_killed_leaves_nothing_in_the_way(site: SiteTest) -> None:
    site.article("a").write(".loa-views", b"")

    assert count(site, hit()) == 0

    assert totals(site) == {"/tin/a.html": 1}


# --- who has read ------------------------------------------------------------------------------


def test_no_address_is_in_what_is_kept(site: SiteTest) -> None:
    site.article("a").article("b")
    clients = ["203.0.113.9", "198.51.100.77", "2001:db8:7:9:1:2:3:4", "may-12.vnpt.example"]
    lines = "".join(hit(url, client) for client in clients for url in ("/tin/a.html", "/tin/b.html"))

    count(site, lines, lines)

    hour = hour_in(datetime.fromisoformat("2026-11-22T08:15+07:00"))
    kept = (site.root / ".loa-views").read_bytes() + (site.root / "views.json").read_bytes()
    for client in clients:
        packed = bytes(map(int, client.split("."))) if re.fullmatch(r"[\d.]+", client) else client[:12].encode()
        for trace in (client.encode(), packed, client.encode().hex().encode()):
            assert trace not in kept
        for url in ("", "/tin/a.html", "/tin/b.html"):
            said = b"%d %b %b" % (hour, url.encode(), client.encode())
            for text in (client.encode(), said):
                for size in range(4, 33):
                    assert blake2b(text, digest_size=size).digest() not in kept
    connection = sqlite3.connect(site.root / ".loa-views")
    values = [value for (value,) in connection.execute("select value from reader")]
    # As many as were read, none wider than sixteen bits, and none the same for two entries.
    assert len(values) == len(set(values)) == 8
    assert max(values) < 1 << 16
    connection.close()


def test_the_memory_is_for_nobody_but_who_counts(counted: SiteTest) -> None:
    assert (counted.root / ".loa-views").stat().st_mode & 0o077 == 0
    assert (counted.root / "views.json").stat().st_mode & 0o044


def test_files_of_the_memory_are_no_matter_of_git(site: SiteTest) -> None:
    ignored = (Path(__file__).parent.parent / ".gitignore").read_text(encoding="utf-8").splitlines()

    assert "/.loa-views*" in ignored


# --- what pages show ---------------------------------------------------------------------------


def test_an_article_shows_what_was_counted_before_and_since(counted: SiteTest) -> None:
    counted.build()

    assert "462 lượt xem" in counted.html("tin/a.html").text_content()
    assert "lượt xem" not in counted.html("tin/b.html").find_class("article__meta")[0].text_content()


def test_most_viewed_are_those_of_the_last_days(site: SiteTest) -> None:
    site.article("a", views=9000).article("b").article("c").build()
    assert site.html("index.html").find_class("ranking__count")[0].text == "9.000 lượt xem"
    assert site.html("index.html").get_element_by_id("xem-nhieu").text == "Xem nhiều"

    old = "".join(hit("/tin/c.html", f"203.0.113.{n}", "01/Oct/2026:08:00:00 +0700") for n in range(5))
    count(site, old + hit("/tin/b.html") + hit("/tin/b.html", "::1") + hit("/tin/c.html"))
    site.build()

    page = site.html("index.html")
    assert [link.text for link in page.find_class("ranking__link")] == ["Bài b", "Bài c"]
    assert [shown.text for shown in page.find_class("ranking__count")] == ["2 lượt xem", "1 lượt xem"]
    assert page.get_element_by_id("xem-nhieu").text == "Xem nhiều trong 30 ngày"
    assert "6 lượt xem" in site.html("tin/c.html").text_content()


def test_a_renamed_article_keeps_its_views(counted: SiteTest) -> None:
    counted.delete("content/tin/a.md").article("moi", views=460, aliases="[/tin/a.html]")

    # The page at the old address sends readers on, so they would be counted at both.
    count(counted, hit(client="203.0.113.50") + hit("/tin/moi.html", "203.0.113.50"))
    counted.build()

    assert "463 lượt xem" in counted.html("tin/moi.html").text_content()


def test_only_pages_that_show_a_changed_number_are_made_again(site: SiteTest) -> None:
    site.article("a").article("b").article("c", tags="[y tế]").page("lien-he").build()

    count(site, hit("/tin/b.html") + hit("/trang/lien-he.html"))
    site.build()
    assert site.rendered == {"index.html", "tin/b.html"}

    count(site, hit("/trang/lien-he.html", "203.0.113.10"))
    site.build()
    assert site.rendered == set()

    site.delete("views.json").build()
    assert site.rendered == {"index.html", "tin/b.html"}


BROKEN = {
    "conflict": ('"/tin/a', '<<<<<<< HEAD\n"/tin/a', 2, "ghép git"),
    "cut short": ('"total":2}', "", 2, "Không hiểu"),
    "a negative number": ('"total":2', '"total":-2', 2, "Không hiểu"),
    "a number in words": ('"total":1}\n', '"total":"nhiều"}\n', 3, "Không hiểu"),
    "another field": ('"days":{"2026-11-22":1}', '"ngay":{"2026-11-22":1}', 3, "Không hiểu"),
    "no hour": ('"2026-11-22T08:00:00+07:00"', "null", 1, "Không hiểu"),
    "no day": ("2026-11-22T08:00:00+07:00", "hôm qua", 1, "Không hiểu"),
    "the same twice": ('"/tin/a.html"', '"/tin/a.html":{"days":{},"total":1},\n"/tin/a.html"', 3, "hai dòng"),
    "a script": ("/tin/a.html", "</script>", 1, "Không hiểu"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_views_json_stops_both_building_and_counting(counted: SiteTest, capsys: Captured, name: str) -> None:
    counted.build()
    old, new, line, words = BROKEN[name]
    counted.replace("views.json", old, new)
    before = everything(counted)

    for skip_bad in (False, True):
        counted.build(skip_bad=skip_bad)
        assert not counted.report.done
        assert [p for p in counted.problems if p.startswith(f"views.json:{line} ") and words in p]
    assert count(counted, hit()) == 1

    assert f"views.json:{line}\n" in capsys.readouterr().err
    assert everything(counted) == before


def test_rubbish_for_views_json_is_a_problem_too(site: SiteTest) -> None:
    for rubbish in (b"", b"\xff\xfe\x00", b"[]", b'{"views": {}}', b"null"):
        site.article("a").write("views.json", rubbish).build()

        assert [problem[:12] for problem in site.problems] == ["views.json:1"], rubbish
