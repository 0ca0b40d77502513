"""Site paths as string work."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from loa import addresses

ENTRY = "tin/2021/11/bai.md"


@pytest.mark.parametrize(
    ("target", "url", "fragment"),
    [
        ("/tin/2021/11/bai.html", "/tin/2021/11/bai.html", ""),
        ("/tin/2021/11/bai.html#muc-1", "/tin/2021/11/bai.html", "#muc-1"),
        ("/tin/2021/11/bai.html?a=1#b", "/tin/2021/11/bai.html", "#b"),
        ("khac.html", "/tin/2021/11/khac.html", ""),
        ("khac.md", "/tin/2021/11/khac.html", ""),
        ("khac.md#b", "/tin/2021/11/khac.html", "#b"),
        ("./khac.md", "/tin/2021/11/khac.html", ""),
        ("../12/khac.md", "/tin/2021/12/khac.html", ""),
        ("../../../trang/x.html", "/trang/x.html", ""),
        ("../../../../../../etc/passwd", "/etc/passwd", ""),
        ("/../../etc/passwd", "/etc/passwd", ""),
        ("/", "/", ""),
        ("/chuyen-muc/tin/", "/chuyen-muc/tin/", ""),
        ("/chuyen-muc/tin", "/chuyen-muc/tin", ""),
        ("/chuyen-muc//tin/", "/chuyen-muc/tin/", ""),
        ("..", "/tin/2021", ""),
        ("../", "/tin/2021/", ""),
        ("#muc", "/tin/2021/11/bai.html", "#muc"),
        ("", "/tin/2021/11/bai.html", ""),
        ("/anh/h%E1%BB%8Dp.jpg", "/anh/họp.jpg", ""),
        ("//example.com/x", "", ""),
        ("javascript:alert(1)", "", ""),
        ("doc:12-2026", "", ""),
        ("/a\\b", "", ""),
        ("%2f%2fexample.com", "", ""),
        ("%6aavascript:alert(1)", "", ""),
        ("/a?b/../c", "/a", ""),
        (" /a.html ", "/a.html", ""),
        ("/a.html#b#c", "/a.html", "#b#c"),
        ("//", "", ""),
        ("/./", "/", ""),
        ("/x.md.md", "/x.md.html", ""),
    ],
)
def test_a_written_target_leads_to_a_site_path(target: str, url: str, fragment: str) -> None:
    assert addresses.resolve(ENTRY, target) == (url, fragment)


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/anh/x.jpg", "anh/x.jpg"),
        ("x.jpg", "tin/2021/11/x.jpg"),
        ("../x.jpg", "tin/2021/x.jpg"),
        ("/../../x.jpg", "x.jpg"),
        ("/X/x.jpg", "X/x.jpg"),
        ("https://example.com/x.jpg", ""),
    ],
)
def test_a_file_is_looked_for_below_content_only(target: str, path: str) -> None:
    assert addresses.content_path(ENTRY, target) == path


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("/", "index.html"),
        ("/chuyen-muc/tin/", "chuyen-muc/tin/index.html"),
        ("/tin/2021/11/bai.html", "tin/2021/11/bai.html"),
        ("/rss.xml", "rss.xml"),
    ],
)
def test_an_address_and_its_file_lead_to_each_other(url: str, file: str) -> None:
    assert addresses.output_path(url) == file
    assert addresses.site_path(file) == url


@pytest.mark.parametrize(
    ("make", "of", "url"),
    [
        (addresses.category_url, ("tin",), "/chuyen-muc/tin/"),
        (addresses.unit_url, ("truyen-thong",), "/don-vi/truyen-thong/"),
        (addresses.person_url, ("Nguyễn Văn Ân",), "/tac-gia/nguyen-van-an/"),
        (addresses.tag_url, ("Đê điều",), "/the/de-dieu/"),
        (addresses.year_url, (2026,), "/luu-tru/2026/"),
        (addresses.month_url, (2026, 5), "/luu-tru/2026/05/"),
        (addresses.numbered, ("/the/lu/", 2), "/the/lu/trang/2/"),
        (addresses.feed_url, ("/", "atom"), "/atom.xml"),
        (addresses.feed_url, ("/chuyen-muc/tin/", "rss"), "/chuyen-muc/tin/rss.xml"),
        (addresses.picture_url, ("anh/x.y.png", "0123456789ab", 480, "jpeg"), "/anh/x.y-01234567-480.jpg"),
        (addresses.lookup_url, ("tin-2026",), "/tim-kiem/tra-cuu/tin-2026.idx"),
        (addresses.leads_url, ("tin-2026", 3), "/tim-kiem/tra-cuu/tin-2026/3.idx"),
        (addresses.year_url, (987,), "/luu-tru/0987/"),
        (addresses.month_url, (987, 12), "/luu-tru/0987/12/"),
        (addresses.register_url, ("issuer", "ubnd-tinh"), "/van-ban/co-quan/ubnd-tinh/"),
        (addresses.stub_url, ("733/UBND-KT", "Lâm Hải", "2023"), "/van-ban/so/733-ubnd-kt-lam-hai-2023.html"),
        (addresses.picture_url, ("anh/x.png", "0123456789ab", 480, "webp"), "/anh/x-01234567-480.webp"),
    ],
)
def test_addresses_are_made_one_way(make: Callable[..., str], of: tuple[object, ...], url: str) -> None:
    assert make(*of) == url


def test_a_file_named_like_an_index_but_not_one_keeps_its_name() -> None:
    assert addresses.site_path("tin/xindex.html") == "/tin/xindex.html"
    assert addresses.site_path("index.html.gz") == "/index.html.gz"
