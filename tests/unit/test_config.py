"""site.toml → Config. The words of each refusal are in tests/expected/problems."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import SITE_TOML
from msgspec.structs import replace

from loa.config import Alert, Config, Contact, Lists, Section
from loa.pieces import Link
from loa.site_toml import load_config, parse_config

LEAST = 'title = "A"\nbase_url = "https://a.example"\n[[category]]\nslug = "tin"\nname = "Tin – Sự kiện"\n'


def config(toml: str) -> Config:
    found, problems = parse_config(toml)
    assert problems == ()
    assert found is not None
    return found


def faults(toml: str) -> list[tuple[int, str]]:
    found, problems = parse_config(toml)
    assert found is None
    return [(problem.line, problem.field) for problem in problems]


def test_two_lines_and_a_category_are_enough() -> None:
    least = config(LEAST)

    assert (least.title, least.short_title, least.organization) == ("A", "A", "A")
    assert (least.language, least.timezone) == ("vi", "Asia/Ho_Chi_Minh")
    assert least.feed_id == "tag:a.example,2021:"
    assert least.lists == Lists()
    assert least.contact == Contact()
    assert least.categories == (Section("tin", "Tin – Sự kiện"),)
    assert (least.units, least.menu, least.shortcuts, least.footer, least.security) == ((), (), (), (), None)


def test_everything_can_be_set() -> None:
    full = config(
        'title = "A"\nbase_url = "https://a.example/cong/"\nshort_title = "B"\nfeed_id = "tag:b"\n'
        'timezone = "UTC"\n[lists]\nfeed = 7\n[contact]\nphone = "0200"\n'
        '[[category]]\nslug = "tin"\nname = "Tin"\ndescription = "Tin tức"\n'
        '[[unit]]\nslug = "phong"\nname = "Phòng"\n'
        '[[menu]]\nlabel = "M"\nurl = "/m/"\n[[shortcut]]\nlabel = "S"\nurl = "https://s.example"\n'
        '[[footer]]\nlabel = "F"\nurl = "tel:0200"\n'
        '[security]\ncontact = "mailto:a@a.example"\nexpires = 2027-10-31\npolicy = "https://a.example/p"\n'
    )

    assert full.base_url == "https://a.example/cong"
    assert (full.short_title, full.feed_id, str(full.zone)) == ("B", "tag:b", "UTC")
    assert full.lists.feed == 7
    assert full.contact.phone == "0200"
    assert full.categories == (Section("tin", "Tin", "Tin tức"),)
    assert full.units == (Section("phong", "Phòng"),)
    assert (full.menu, full.shortcuts, full.footer) == (
        (Link("M", "/m/"),),
        (Link("S", "https://s.example"),),
        (Link("F", "tel:0200"),),
    )
    assert full.security is not None
    assert full.security.expires == datetime(2027, 10, 31, tzinfo=UTC)


@pytest.mark.parametrize("name", ["Tin – Sự kiện", "tin - sự kiện", "TIN—SỰ KIỆN"])
def test_a_category_is_found_however_its_name_is_typed(name: str) -> None:
    found = config(LEAST).category(name)
    assert found is not None
    assert found.slug == "tin"
    assert config(LEAST).unit(name) is None


@pytest.mark.parametrize(
    ("toml", "found"),
    [
        ("", [(0, "base_url"), (0, "category"), (0, "title")]),
        ("title = A", [(1, "")]),
        (LEAST + 'title = "B', [(6, "")]),
        (LEAST.replace('"A"', "3"), [(1, "title")]),
        (LEAST.replace('"A"', '" "'), [(1, "title")]),
        ("titel = 1\n" + LEAST, [(1, "titel")]),
        (LEAST + "nam = 1\n", [(6, "category.nam")]),
        (LEAST + "[list]\n", [(6, "list")]),
        (LEAST + "[lists]\nfeed = 0\n", [(7, "lists.feed")]),
        (LEAST + "[lists]\nfeed = 501\n", [(7, "lists.feed")]),
        (LEAST + "[lists]\nfeed = true\n", [(7, "lists.feed")]),
        (LEAST + "[lists]\nfeed = 1.5\n", [(7, "lists.feed")]),
        (LEAST + "[lists]\nfeeds = 5\n", [(7, "lists.feeds")]),
        (LEAST + '[lists]\nkinds = "tag"\n', [(7, "lists.kinds")]),
        (LEAST + '[lists]\nkinds = ["tags"]\n', [(7, "lists.kinds")]),
        (LEAST + "[lists]\nkinds = [[]]\n", [(7, "lists.kinds")]),
        (LEAST + "[lists]\nfeed_formats = []\n", [(7, "lists.feed_formats")]),
        (LEAST + '[lists]\nfeed_formats = ["json"]\n', [(7, "lists.feed_formats")]),
        (LEAST + '[documents]\ncitations = "không"\n', [(7, "documents.citations")]),
        (LEAST + "[documents]\nstubs = 0\n", [(7, "documents.stubs")]),
        ("lists = 5\n" + LEAST, [(1, "lists")]),
        ("unit = 5\n" + LEAST, [(1, "unit")]),
        ("unit = [5]\n" + LEAST, [(1, "unit")]),
        (LEAST + '[[category]]\nslug = "tin"\nname = "B"\n', [(7, "category.slug")]),
        (LEAST + '[[category]]\nslug = "b"\nname = "TIN - SỰ KIỆN"\n', [(8, "category.name")]),
        (LEAST + '[[category]]\nslug = "B"\nname = "B"\n', [(7, "category.slug")]),
        (LEAST + '[[category]]\nslug = "../b"\nname = "B"\n', [(7, "category.slug")]),
        (LEAST + '[[category]]\nname = "B"\n', [(6, "category.slug")]),
        (LEAST + '[[unit]]\nslug = "b"\n', [(6, "unit.name")]),
        (LEAST + '[[menu]]\nlabel = "B"\nurl = "b.html"\n', [(8, "menu.url")]),
        (LEAST + '[[menu]]\nlabel = "B"\nurl = "javascript:b"\n', [(8, "menu.url")]),
        (LEAST + '[[menu]]\nlabel = "B"\nurl = "//b.example"\n', [(8, "menu.url")]),
        (LEAST + '[[menu]]\nurl = "/b"\n', [(6, "menu.label")]),
        (LEAST + "[contact]\nphone = 0\n", [(7, "contact.phone")]),
        (LEAST + "[contact]\nfax = '0'\n", [(7, "contact.fax")]),
        (LEAST + "[security]\ncontact = 'a@b.example'\nexpires = 2027-01-01\n", [(7, "security.contact")]),
        (LEAST + "[security]\ncontact = 'tel:1'\nexpires = '2027'\n", [(8, "security.expires")]),
        (LEAST + "[security]\ncontact = 'tel:1'\n", [(6, "security.expires")]),
    ],
)
def test_a_fault_is_named_by_line_and_key(toml: str, found: list[tuple[int, str]]) -> None:
    assert faults(toml) == found


@pytest.mark.parametrize(
    "url",
    [
        "a.example",
        "ftp://a.example",
        "https://",
        "https://a.example?x=1",
        "https://a.example/#x",
        "//a.example",
        "https://a b",
        "https://[a",
        "https://a.example:x",
        "https://a.example/<x>",
    ],
)
def test_an_address_that_is_not_whole_is_refused(url: str) -> None:
    assert faults(LEAST.replace("https://a.example", url)) == [(2, "base_url")]


@pytest.mark.parametrize("url", ["https://a.example", "http://a.example:8080", "https://a.example/cong/x/"])
def test_an_address_may_have_a_port_and_a_path(url: str) -> None:
    assert config(LEAST.replace("https://a.example", url)).base_url == url.rstrip("/")


@pytest.mark.parametrize("zone", ["Asia/Hanoi", "../../etc/passwd", "/etc/localtime", "GMT+7", "x" * 300, "Asia"])
def test_a_time_zone_that_does_not_exist_is_refused(zone: str) -> None:
    assert faults(f'timezone = "{zone}"\n' + LEAST) == [(1, "timezone")]


def test_all_faults_are_named_at_once_in_order() -> None:
    toml = LEAST.replace("https://", "") + "[lists]\nfeed = 0\n[[unit]]\nslug = 'Á'\nname = 'Á'\n"
    assert faults(toml) == [(2, "base_url"), (7, "lists.feed"), (9, "unit.slug")]


@pytest.mark.parametrize("change", ["\ufeff{}", "{}\n\n", "# ghi chú\n{}"])
def test_a_byte_order_mark_and_comments_do_no_harm(change: str, tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text(change.format(SITE_TOML), encoding="utf-8")
    found, problems = load_config(tmp_path)
    assert found is not None
    assert problems == ()


@pytest.mark.parametrize(
    ("data", "line"),
    [(b'title = "\xff"\n', 1), (b'title = "A"\nbase_url = "\xff"\n', 2), ("title".encode("utf-16"), 0)],
)
def test_other_encodings_are_refused(data: bytes, line: int, tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_bytes(data)
    found, (problem,) = load_config(tmp_path)
    assert found is None
    assert problem.line == line


def test_a_missing_file_and_a_folder_of_that_name_are_told() -> None:
    found, (problem,) = load_config(Path("/nonexistent"))
    assert found is None
    assert problem.path == "site.toml"


def test_a_folder_called_site_toml_is_told(tmp_path: Path) -> None:
    (tmp_path / "site.toml").mkdir()
    found, (problem,) = load_config(tmp_path)
    assert found is None
    assert problem.blocking


def test_a_moment_without_a_zone_is_one_of_the_site() -> None:
    least = config(LEAST)
    other = datetime(2026, 5, 17, 8, tzinfo=UTC)

    assert least.clock(datetime.fromisoformat("2026-05-17T08:00")).isoformat() == "2026-05-17T08:00:00+07:00"
    assert least.clock(other) is other
    present = datetime.now(UTC)
    assert 0 <= (least.clock(None) - present).total_seconds() < 60


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/tin/", "/tin/"),
        ("/tin/?a=1#b", "/tin/"),
        ("/h%E1%BB%8Dp", "/họp"),
        ("https://a.example/tin/", "/tin/"),
        ("https://a.example", ""),
        ("https://a.example.vn/tin/", ""),
        ("https://b.example/tin/", ""),
        ("tin/", ""),
    ],
)
def test_a_link_of_the_settings_leads_into_the_site_or_out_of_it(url: str, path: str) -> None:
    assert config(LEAST).path_of(url) == path


@pytest.mark.parametrize(
    ("path", "is_elsewhere"),
    [
        ("/dvc", True),
        ("/dvc/", True),
        ("/dvc/a/b", True),
        ("/dvcx", False),
        ("/", False),
        ("/kho/x", True),
        ("/kh", False),
    ],
)
def test_what_lies_below_another_program_is_elsewhere(path: str, is_elsewhere: bool) -> None:
    least = replace(config(LEAST), others=("/dvc", "/kho/", "/X/"))

    assert least.is_elsewhere(path) is is_elsewhere


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (None, None, True),
        ("2026-05-17T08:00:00+07:00", None, True),
        ("2026-05-17T08:00:01+07:00", None, False),
        (None, "2026-05-17T08:00:00+07:00", False),
        (None, "2026-05-17T08:00:01+07:00", True),
        ("2026-05-17T07:00:00+07:00", "2026-05-17T09:00:00+07:00", True),
        ("2026-05-16T07:00:00+07:00", "2026-05-17T07:00:00+07:00", False),
    ],
)
def test_an_alert_holds_from_its_first_moment_to_before_its_last(
    since: str | None, until: str | None, holds: bool
) -> None:
    first, last = (datetime.fromisoformat(moment) if moment else None for moment in (since, until))

    assert (
        Alert("info", "Bão", since=first, until=last).holds(datetime.fromisoformat("2026-05-17T08:00+07:00")) is holds
    )
