"""The life of an entry on a site: scheduled, pinned, put right, expired, withdrawn; and addresses for ever."""

from __future__ import annotations

import gzip
import json
import shutil
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser
import pytest
from conftest import NOW, SITE_TOML, SiteTest
from lxml import html
from PIL import Image

from loa.addresses import resolve
from loa.cli import main
from loa.releases import ReleaseStore
from loa.store import Store

SECOND = timedelta(seconds=1)
WITHDRAWN = "{date: 2026-05-20, by: Văn phòng UBND tỉnh, reason: Số liệu chưa được xác nhận.}"


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "JPEG")
    return out.getvalue()


def everything(site: SiteTest) -> bytes:
    """All published bytes, unpacked, and their names."""
    parts = []
    for path, data in site.public.items():
        parts += (path.encode(), gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
    return b"\n".join(parts)


def titles(site: SiteTest, path: str) -> list[str]:
    return [link.text for link in site.html(path).xpath("//*[contains(@class, 'card__link')]")]


def json_ld(site: SiteTest, path: str) -> dict[str, object]:
    (script,) = site.html(path).xpath("//script[@type='application/ld+json']/text()")
    return next(thing for thing in json.loads(script)["@graph"] if thing["@type"] == "NewsArticle")


# --- held back ------------------------------------------------------------------------

# POSIX signs: Etc/GMT-7 is seven hours east of Greenwich.
ZONES = [f"Etc/GMT{sign:+}" for sign in range(-14, 13)]


@pytest.mark.parametrize("zone", ZONES)
def test_not_a_byte_of_what_is_held_is_anywhere_before_its_second(zone: str, site: SiteTest) -> None:
    edge = datetime(2026, 5, 20, 8, 30, tzinfo=ZoneInfo(zone))
    settings = f'timezone = "{zone}"\n{SITE_TOML}\n[alert]\ntext = "CANARY báo động"\nfrom = 2026-05-20T08:30:00\n'
    site.write("site.toml", settings).article("2026/05/cu", date="2026-05-01").write(
        "content/anh/canary.jpg", picture()
    )
    everywhere = {
        "title": "CANARY tên",
        "author": "Canary Thị Tác Giả",
        "tags": "[canary thẻ]",
        "summary": "CANARY tóm tắt",
        "source": "CANARY nguồn",
        "image": "{file: /anh/canary.jpg, alt: CANARY hình}",
        "aliases": "[/canary-cu.html]",
    }
    site.article("2026/05/canary-hen", "CANARY nội dung 25/KH-UBND.", publish_at="2026-05-20 08:30", **everywhere)
    site.article("2026/05/canary-nhap", "CANARY nháp.", draft="true", **{**everywhere, "aliases": "[]"})
    site.page("canary-trang", "CANARY trang.", publish_at="2026-05-20 08:30")
    site.document("2026/canary", "CANARY văn bản.", publish_at="2026-05-20 08:30")

    site.build(now=edge - SECOND)
    assert b"canary" not in everything(site).lower()
    assert site.report.due
    assert site.report.due.moment == edge

    site.build(now=edge)
    found = everything(site).lower()
    for words in ("canary-hen.html", "canary thẻ", "canary báo động", "canary-trang.html", "van-ban/2026/canary.html"):
        assert words.encode() in found, words
    assert "canary nháp".encode() not in found


def test_what_has_a_publishing_time_needs_no_date(site: SiteTest) -> None:
    site.article("a", date=None, publish_at="2026-05-20 08:30").build()

    assert site.html("tin/a.html").xpath("//article//time/@datetime")[0] == "2026-05-20T08:30:00+07:00"


@pytest.mark.parametrize(
    ("now", "code"),
    [
        ("2026-06-02T08:29:59+07:00", 4),
        ("2026-06-02T08:30:00+07:00", 0),
        # Without a zone the site's own is meant, as in a build.
        ("2026-06-02T08:29:59", 4),
        ("2026-06-02T08:30", 0),
    ],
)
def test_a_timer_learns_whether_something_is_due(site: SiteTest, now: str, code: int) -> None:
    site.article("a").article("hen", publish_at="2026-06-02 08:30").build()

    assert main(["--root", str(site.root), "--due", "--now", now]) == code


def test_a_moment_without_a_zone_is_one_of_the_site_even_where_its_settings_are_faulty(site: SiteTest) -> None:
    site.write("site.toml", f'timezone = "America/New_York"\n{SITE_TOML}').article("a").article(
        "hen", publish_at="2026-06-02T08:30:00+07:00"
    ).build()
    command = ["--root", str(site.root), "--due", "--now"]

    assert main([*command, "2026-06-01T21:29:59"]) == 4
    assert main([*command, "2026-06-01T21:30:00"]) == 0
    site.write("site.toml", "hỏng")
    assert main([*command, "2026-06-02T08:29:59"]) == 4
    assert main([*command, "2026-06-02T08:30:00"]) == 0


def test_nothing_is_ever_due_where_nothing_is_planned_and_everything_where_nothing_is_known(site: SiteTest) -> None:
    site.article("a")
    assert main(["--root", str(site.root), "--due"]) == 0
    assert not (site.root / "public").exists()

    site.build()
    assert main(["--root", str(site.root), "--due", "--now", "2099-01-01"]) == 4


def test_the_build_says_when_it_is_wanted_next(site: SiteTest, capsys: pytest.CaptureFixture[str]) -> None:
    site.article("a").article("hen", publish_at="2026-06-02 08:30").article("het", expires="2026-06-01")

    assert main(["--root", str(site.root), "--now", NOW.isoformat(), "--workers", "1"]) == 0
    assert "Thứ Ba, 02/06/2026, 00:00 (content/tin/het.md)" in capsys.readouterr().out


def test_a_release_knows_what_is_due_too(site: SiteTest) -> None:
    site.article("a").article("hen", publish_at="2026-06-02 08:30").build(release=site.root / "www")
    command = ["--root", str(site.root), "--release", str(site.root / "www"), "--due", "--now"]

    assert main([*command, "2026-06-02T08:29:59+07:00"]) == 4
    assert main([*command, "2026-06-02T08:30:00+07:00"]) == 0


@pytest.mark.parametrize("form", ["output", "release"])
def test_an_address_is_promised_before_readers_have_it(
    form: str, site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = {form: site.root / "www"}
    site.article("a").build(**where)
    store = ReleaseStore if form == "release" else Store
    publish = store.publish

    def killed_behind(*arguments: object, **named: object) -> None:
        publish(*arguments, **named)  # type: ignore[arg-type]  # handed on
        raise KeyboardInterrupt

    site.article("b")
    monkeypatch.setattr(store, "publish", killed_behind)
    with pytest.raises(KeyboardInterrupt):
        site.build(**where)
    monkeypatch.undo()

    site.delete("content/tin/b.md").build(**where)

    assert not site.report.done
    assert "/tin/b.html" in site.problems[0]


def test_no_timer_undoes_a_rollback(site: SiteTest) -> None:
    release = ["--root", str(site.root), "--release", str(site.root / "www")]
    site.article("a").article("hen", publish_at="2026-06-02 08:30").build(release=site.root / "www")
    site.article("a", "Bản sai.").build(release=site.root / "www")
    assert main([*release, "--rollback"]) == 0

    # A build would publish what was taken back.
    assert main([*release, "--due", "--now", "2026-06-03T00:00:00+07:00"]) == 4

    site.article("a", "Bản đúng.").build(release=site.root / "www")
    assert main([*release, "--due", "--now", "2026-06-03T00:00:00+07:00"]) == 0


# --- pinned -----------------------------------------------------------------------------


def test_a_pinned_article_stands_first_until_its_day_has_ended(site: SiteTest) -> None:
    site.article("cu", title="Ghim", date="2026-01-01", pinned="2026-06-02", category="Chỉ đạo điều hành")
    for number in range(1, 6):
        site.article(f"b{number}", title=f"B{number}", date=f"2026-05-0{number}")
        site.article(f"c{number}", title=f"C{number}", date=f"2026-05-0{number}", category="Chỉ đạo điều hành")
    site.build()
    assert titles(site, "index.html")[0] == "Ghim"
    assert titles(site, "chuyen-muc/chi-dao/index.html")[:2] == ["Ghim", "C5"]
    assert titles(site, "chuyen-muc/tin/index.html")[0] == "B5"
    assert site.html("index.html").xpath("//*[@class='card__pin']/text()") == ["Ghim"]

    end = datetime.fromisoformat("2026-06-03T00:00:00+07:00")
    site.build(now=end - SECOND)
    assert titles(site, "index.html")[0] == "Ghim"
    site.build(now=end)
    assert "Ghim" not in titles(site, "chuyen-muc/chi-dao/index.html")
    assert site.html("index.html").xpath("//*[@class='card__pin']") == []


def test_several_pinned_articles_stand_newest_first_and_each_once(site: SiteTest) -> None:
    for number in range(1, 5):
        site.article(f"b{number}", title=f"B{number}", date=f"2026-05-0{number}")
    site.article("g1", title="G1", date="2026-01-01", pinned="2026-07-01")
    site.article("g2", title="G2", date="2026-05-06", pinned="2026-07-01").build()

    assert titles(site, "index.html")[0] == "G2"
    newest = "//section[@aria-labelledby='tin-moi']//*[contains(@class, 'card__link')]/text()"
    assert site.html("index.html").xpath(newest)[:2] == ["G1", "B4"]
    assert titles(site, "chuyen-muc/tin/index.html") == ["G2", "G1", "B4", "B3"]


# --- put right ----------------------------------------------------------------------------


def test_a_minor_edit_moves_nothing_and_is_not_new_to_feed_readers(site: SiteTest) -> None:
    site.article("cu", "Ba đội.", title="Cũ", date="2026-05-01").article("moi", title="Mới", date="2026-05-02").build()

    def seen() -> list[tuple[str, str, str]]:
        entries = feedparser.parse(site.public["atom.xml"]).entries
        return [(entry.id, entry.published, entry.updated) for entry in entries]

    before, order = seen(), titles(site, "chuyen-muc/tin/index.html")
    site.article("cu", "Bốn đội.", title="Cũ", date="2026-05-01", updated="2026-05-20 09:00").build()

    assert seen() == before
    assert titles(site, "chuyen-muc/tin/index.html") == order
    assert "Cập nhật: " in site.text("tin/cu.html")
    assert "<lastmod>2026-05-20</lastmod>" in site.text("sitemap-2026.xml")


CORRECTED = "[{date: 2026-05-19, note: Thêm hai đội.}, {date: 2026-05-20 09:00, kind: đính chính, note: Có 12 đội.}]"


def test_a_correction_stands_above_the_text_and_renews_the_entry_in_place(site: SiteTest) -> None:
    site.article("cu", "Mười hai đội.", title="Cũ", date="2026-05-01", corrections=CORRECTED)
    site.article("moi", title="Mới", date="2026-05-02").build()

    notes = site.html("tin/cu.html").xpath("//aside[@class='corrections']/p")
    assert [note.text_content() for note in notes] == [
        "Đính chính Thứ Tư, 20/05/2026, 09:00: Có 12 đội.",
        "Cập nhật Thứ Ba, 19/05/2026: Thêm hai đội.",
    ]
    text = site.text("tin/cu.html")
    assert text.index("corrections__note") < text.index("<p>Mười hai đội")
    assert titles(site, "chuyen-muc/tin/index.html") == ["Mới", "Cũ"]
    newest, entry = feedparser.parse(site.public["atom.xml"]).entries
    assert (newest.title, entry.title) == ("Mới", "Cũ")
    assert entry.updated == "2026-05-20T09:00:00+07:00"
    assert entry.published == "2026-05-01T00:00:00+07:00"
    assert entry.content[0].value.startswith("<p><strong>Đính chính Thứ Tư, 20/05/2026, 09:00:</strong> Có 12 đội.</p>")
    assert json_ld(site, "tin/cu.html")["dateModified"] == "2026-05-20T09:00:00+07:00"
    assert [c["text"] for c in json_ld(site, "tin/cu.html")["correction"]] == ["Có 12 đội.", "Thêm hai đội."]  # type: ignore[attr-defined]  # JSON


# --- expired --------------------------------------------------------------------------------


def test_what_has_expired_keeps_its_address_and_nothing_else(site: SiteTest) -> None:
    site.write("content/anh/x.jpg", picture()).article("b", "Xem [thông báo](a.md).", tags="[còn]")
    site.article(
        "a", "Nhận hồ sơ, theo 25/KH-UBND.", title="Tuyển dụng CANARY", expires="2026-05-31", tags="[hồ sơ, còn]",
        author="Lê Văn An", image="/anh/x.jpg", aliases="[/tuyen.html]",
    )  # fmt: skip
    site.build(now=NOW - timedelta(days=2))
    assert b"CANARY" in site.public["index.html"]
    site.build()

    page = site.html("tin/a.html")
    # Their lists have gone with it; that of the other tag shows another article.
    assert page.xpath("//*[@class='article__author' or @rel='tag' or @class='tags__word']//text()") == [
        "Lê Văn An",
        "hồ sơ",
        "còn",
    ]
    assert page.xpath("//*[@class='article__author' or @class='tags__list']//@href") == ["/the/con/"]
    (notice,) = page.xpath("//*[@class='standing']")
    assert notice.text_content() == "Bài này đã hết hạn sau ngày 31/05/2026 và được giữ lại để tra cứu."
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "Nhận hồ sơ" in site.text("tin/a.html")
    naming = {path for path, data in site.public.items() if b"CANARY" in data}
    assert naming == {"tin/a.html", "tuyen.html"}
    assert "the/ho-so/index.html" not in site.public
    assert any(path.startswith("anh/x-") for path in site.public)
    assert b"/tin/a.html" not in b"".join(data for path, data in site.public.items() if path.startswith("sitemap"))


# --- withdrawn --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["article", "page", "document"])
def test_of_what_was_withdrawn_nothing_is_left_but_the_notice(kind: str, site: SiteTest) -> None:
    site.write("content/anh/canary.jpg", picture()).write("content/tep/canary.pdf", b"%PDF-1.4\n").article("khac")
    body = "CANARY nội dung.\n\n![Hình](/anh/canary.jpg)\n\n[Tệp](/tep/canary.pdf)"
    write = {"article": site.article, "page": site.page, "document": site.document}[kind]
    path = {"article": "tin/a.html", "page": "trang/a.html", "document": "van-ban/a.html"}[kind]
    write("a", body, aliases="[/cu.html]").build()
    assert b"CANARY" in site.public[path]

    write("a", body, aliases="[/cu.html]", withdrawn=WITHDRAWN).build()

    assert b"canary" not in everything(site).lower()
    text = site.html(path).xpath("string(//main)")
    assert "đã được gỡ bỏ: Thứ Tư, 20/05/2026." in text
    assert "Người quyết định: Văn phòng UBND tỉnh." in text
    assert "Lý do: Số liệu chưa được xác nhận." in text
    assert site.html(path).xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert f"/{path}" in site.text("cu.html")
    naming = {name for name, data in site.public.items() if f"/{path}".encode() in data}
    assert naming <= {path, "cu.html", "chuyen-huong/nginx.txt", "chuyen-huong/apache.txt", "chuyen-huong/caddy.txt"}


def test_a_withdrawn_text_may_be_emptied_and_links_to_it_still_lead_to_the_notice(site: SiteTest) -> None:
    site.article("a").article("b", "Xem [bài a](a.md).").build()

    site.article("a", "", withdrawn=WITHDRAWN).build()

    assert site.report.done, site.problems
    assert site.report.published == 2


# --- addresses for ever -----------------------------------------------------------------------


def test_what_replaces_an_article_takes_its_address_over(site: SiteTest) -> None:
    site.article("cu", "Lễ hội ba ngày.").build()
    before = site.public

    site.delete("content/tin/cu.md").article("moi", "Lễ hội ba ngày.").build()
    assert not site.report.done
    assert "Ghi vào content/tin/moi.md: aliases: [/tin/cu.html]" in site.problems[0]
    assert site.public == before

    site.article("moi", "Lễ hội ba ngày.", aliases="[/tin/cu.html]").build()
    assert site.report.done
    assert "/tin/moi.html" in site.text("tin/cu.html")


def test_a_clock_that_runs_slow_takes_nothing_from_readers(site: SiteTest) -> None:
    site.article("a", date="2026-05-31").build()
    before = site.public

    site.build(now=NOW - timedelta(days=30))

    assert not site.report.done
    assert site.public == before


def test_lists_and_stubs_come_and_go_with_what_they_show(site: SiteTest) -> None:
    site.article("a", "Theo Kế hoạch số 25/KH-UBND ngày 14/01/2026.", tags="[lễ hội]", author="Lê Văn An").build()
    site.article("b", "Theo Kế hoạch số 25/KH-UBND ngày 14/01/2026.", date="2026-03-01").build()
    assert any(path.startswith("van-ban/so/") for path in site.public)

    site.article("a", tags="[du lịch]").article("b", date="2026-03-01").build()

    assert site.report.done, site.problems
    assert not any(path.startswith(("van-ban/so/", "the/le-hoi", "tac-gia/le")) for path in site.public)


UNIT = '[[unit]]\nslug = "truyen-thong"\nname = "Phòng Truyền thông"\n'
CATEGORY = '[[category]]\nslug = "tin"\nname = "Tin tức – Sự kiện"\n'


@pytest.mark.parametrize(
    ("was", "becomes", "lost"),
    [
        (UNIT, "", "/don-vi/truyen-thong/"),
        (UNIT, UNIT.replace("truyen-thong", "bao-chi"), "/don-vi/truyen-thong/"),
        (CATEGORY, CATEGORY.replace('"tin"', '"tin-tuc"'), "/chuyen-muc/tin/"),
    ],
)
@pytest.mark.parametrize("has_list", [True, False])
def test_a_category_or_unit_that_readers_know_does_not_vanish_unsaid(
    was: str, becomes: str, lost: str, site: SiteTest, has_list: bool
) -> None:
    site.article("a", author="Phòng Truyền thông").build()
    if not has_list:
        (site.root / ".public.loa/addresses").unlink()
    before = site.public
    settings = SITE_TOML.replace(was, becomes)
    assert settings != SITE_TOML

    site.write("site.toml", settings).build(skip_bad=True)
    assert not site.report.done
    assert lost in site.problems[0]
    assert site.public == before

    site.write("site.toml", f'{settings}\n[addresses]\ngone = ["{lost}"]\n').build()
    assert site.report.done, site.problems


def test_a_category_with_another_name_and_address_keeps_its_texts_readers_and_subscribers(site: SiteTest) -> None:
    site.article("a").build()
    before = site.public
    renamed = 'slug = "thoi-su"\nname = "Thời sự"\nformer = ["Tin tức – Sự kiện"]\naliases = ["/chuyen-muc/tin/"]\n'
    site.write("site.toml", SITE_TOML.replace(CATEGORY, f"[[category]]\n{renamed}")).build()

    assert site.report.done, site.problems
    assert site.report.problems == ()
    assert "Thời sự" in site.text("tin/a.html")
    assert "/chuyen-muc/thoi-su/" in site.text("chuyen-muc/tin/index.html")
    assert site.public["chuyen-muc/tin/rss.xml"] == site.public["chuyen-muc/thoi-su/rss.xml"]
    ids = [feedparser.parse(pages["chuyen-muc/tin/atom.xml"]).feed.id for pages in (before, site.public)]
    assert ids[0] == ids[1]
    assert feedparser.parse(site.public["chuyen-muc/thoi-su/atom.xml"]).feed.id != ids[0]
    for server in ("nginx", "apache", "caddy"):
        rows = site.text(f"chuyen-huong/{server}.txt")
        assert "/chuyen-muc/tin/ " in rows
        assert "/chuyen-muc/tin/rss.xml" in rows


@pytest.mark.parametrize(
    "alias",
    [
        "/chuyen-muc/tin/",
        "/chuyen-muc/chi-dao/",
        "/chuyen-muc/",
        "/don-vi/truyen-thong/",
        "/the/de-ke/",
        "/tac-gia/le-an/",
        "/luu-tru/2026/",
        "/tim-kiem/",
        "/ban-tin/",
        "/chuyen-muc/cu/",
        "/x/",
    ],
)
def test_a_former_address_of_a_category_at_which_something_else_answers_is_refused(site: SiteTest, alias: str) -> None:
    site.article("a", tags="[đê kè]", author="Lê An").write("static/x", "tệp")
    settings = SITE_TOML.replace(CATEGORY, f'{CATEGORY}aliases = ["{alias}"]\n')
    site.write("site.toml", settings.replace(UNIT, f'{UNIT}aliases = ["/chuyen-muc/cu/"]\n')).build(skip_bad=True)

    assert not site.report.done
    assert {problem.path for problem in site.report.problems if problem.blocking} == {"site.toml"}
    assert any(alias in problem.message for problem in site.report.problems)


def test_a_site_may_do_without_listings_of_units(site: SiteTest) -> None:
    site.article("a", author="Phòng Truyền thông").build()
    site.write("site.toml", SITE_TOML.replace("[lists]", '[lists]\nkinds = ["tag", "year"]')).build()
    assert site.report.done, site.problems


def test_former_addresses_of_units_are_given_up_with_them_wherever_they_lay(site: SiteTest) -> None:
    settings = SITE_TOML.replace(CATEGORY, f'{CATEGORY}aliases = ["/muc-cu/"]\n')
    former = settings.replace(UNIT, f'{UNIT}aliases = ["/phong-cu/"]\n')
    site.write("site.toml", former).article("a", author="Phòng Truyền thông").build()
    assert site.report.done, site.problems
    bare = former.replace("[lists]", '[lists]\nkinds = ["tag", "year"]').replace('aliases = ["/phong-cu/"]\n', "")

    site.write("site.toml", bare.replace(UNIT, "")).build()
    assert site.report.done, site.problems

    site.write("site.toml", bare.replace(UNIT, "").replace('aliases = ["/muc-cu/"]\n', "")).build()
    assert [problem.field for problem in site.report.problems if problem.blocking] == ["addresses.gone"]


@pytest.mark.parametrize("knows_promises", [True, False])
def test_a_site_may_give_up_units_and_their_listings_at_once(site: SiteTest, knows_promises: bool) -> None:
    site.article("a", author="Phòng Truyền thông").page("b", aliases="[/don-vi/cu/]").build()
    if not knows_promises:
        site.delete(".public.loa/addresses")
    without = SITE_TOML.replace(UNIT, "")

    site.write("site.toml", without).build()
    assert [problem.field for problem in site.report.problems if problem.blocking] == ["unit"]
    assert 'bỏ "unit" khỏi kinds ở [lists]' in site.problems[0]

    site.write("site.toml", without.replace("[lists]", '[lists]\nkinds = ["tag", "year"]')).build()
    assert site.report.done, site.problems
    assert "don-vi/truyen-thong/index.html" not in site.public

    # What was an address of a text is no listing, wherever it lay.
    if knows_promises:
        site.page("b").build()
        assert [problem.field for problem in site.report.problems if problem.blocking] == ["aliases"]


def test_texts_that_name_a_unit_as_it_was_called_are_still_its_own(site: SiteTest) -> None:
    site.article("a", author="Phòng Truyền thông").build()
    renamed = UNIT.replace("Phòng Truyền thông", "Phòng Báo chí")
    site.write("site.toml", SITE_TOML.replace(UNIT, renamed)).build()
    assert [(p.path, p.severity) for p in site.report.problems] == [("site.toml", "warning")]
    assert 'former = ["Phòng Truyền thông"]' in site.report.problems[0].hint

    site.write("site.toml", SITE_TOML.replace(UNIT, renamed + 'former = ["Phòng Truyền thông"]\n')).build()
    assert site.report.problems == ()
    assert "Phòng Báo chí" in site.text("tin/a.html")
    assert "tac-gia/phong-truyen-thong/index.html" not in site.public


def test_a_preview_keeps_no_address(site: SiteTest) -> None:
    output = site.root / "xem-truoc"
    site.article("a").article("b").build(preview=True, output=output)
    site.delete("content/tin/a.md").article("nhap", draft="true").build(preview=True, output=output)

    assert site.report.done
    assert {path.name for path in (output / "tin").iterdir()} == {"b.html", "nhap.html"}


def test_a_preview_marks_what_is_not_to_be_published_yet(site: SiteTest) -> None:
    output = site.root / "xem-truoc"
    site.article("nhap", title="Nháp", draft="true").article("hen", title="Hẹn", publish_at="2026-07-01")
    site.page("trang", draft="true").document("2026/vb", draft="true").article("a").build(preview=True, output=output)

    def marks(path: str) -> list[str]:
        text = (output / path).read_text(encoding="utf-8")
        return [words for words in ("Bản nháp: chưa được đăng", "Hẹn giờ: chưa đến lúc đăng") if words in text]

    assert marks("tin/nhap.html") == marks("trang/trang.html") == ["Bản nháp: chưa được đăng"]
    assert marks("van-ban/2026/vb.html") == ["Bản nháp: chưa được đăng"]
    assert marks("tin/hen.html") == ["Hẹn giờ: chưa đến lúc đăng"]
    assert marks("tin/a.html") == []
    assert (output / "index.html").read_text(encoding="utf-8").count("card__mark") >= 2

    site.build(preview=True, output=output, now=NOW + timedelta(days=31))
    assert marks("tin/hen.html") == []


def test_lines_and_the_register_of_a_preview_are_marked_like_other_lists(site: SiteTest) -> None:
    output = site.root / "xem-truoc"
    site.article("nhap", title="Nháp", date="2026-05-01", draft="true")
    site.article("hen", title="Hẹn", date="2026-05-02", publish_at="2026-07-01").article("a", date="2026-07-02")
    site.document("2026/nhap", draft="true").document("2026/hen", number="13/UBND-TH", publish_at="2026-07-01")
    site.document("2026/vb", number="14/UBND-TH", status="hết hiệu lực").build(preview=True, output=output)

    def marks(path: str, rows: str) -> list[str]:
        page = html.document_fromstring((output / path).read_bytes())
        return [" ".join(row.xpath(".//*[contains(@class, 'mark')]/text()")) for row in page.xpath(rows)]

    line, row = "//*[@class='lines__item']", "//tr[@class='register__row']"
    assert sorted(marks("tin/a.html", line)) == ["Bản nháp", "Hẹn giờ"]
    assert sorted(marks("van-ban/index.html", row)) == ["Bản nháp", "Hẹn giờ", "Hết hiệu lực"]

    site.build(preview=True, output=output, now=NOW + timedelta(days=31))
    assert sorted(marks("tin/a.html", line)) == ["", "Bản nháp"]
    assert sorted(marks("van-ban/nam/2026/index.html", row)) == ["", "Bản nháp", "Hết hiệu lực"]
    assert (output / "chuyen-muc/tin/index.html").read_text(encoding="utf-8").count("card__mark") == 1


def test_the_most_viewed_and_what_cites_a_document_are_marked_in_a_preview(site: SiteTest) -> None:
    output = site.root / "xem-truoc"
    cites = "Theo Công văn số 12/UBND-TH ngày 20/4/2026 và Công văn số 99/UBND-KT ngày 21/4/2026 của UBND tỉnh."
    site.write("site.toml", f'province = "Lâm Hải"\n{SITE_TOML}').document("2026/vb")
    site.document("2026/nhap", "Theo Công văn số 12/UBND-TH ngày 20/4/2026.", number="13/UBND-TH", draft="true")
    site.article("hen", cites, publish_at="2026-07-01", views="9").article("a", cites, views="8")
    site.build(preview=True, output=output)

    def marks(path: str, rows: str) -> list[str]:
        page = html.document_fromstring((output / path).read_bytes())
        return [" ".join(row.xpath(".//strong/text()")) for row in page.xpath(rows)]

    viewed, citing = "//*[@class='ranking__item']", "//*[@aria-labelledby='duoc-nhac-den']//li"
    stub = next(path.relative_to(output).as_posix() for path in (output / "van-ban/so").iterdir())
    assert marks("index.html", viewed) == ["Hẹn giờ", ""]
    assert sorted(marks("van-ban/2026/vb.html", citing)) == ["", "Bản nháp", "Hẹn giờ"]
    assert sorted(marks(stub, citing)) == ["", "Hẹn giờ"]

    site.build(preview=True, output=output, now=NOW + timedelta(days=31))
    assert marks("index.html", viewed) == ["", ""]
    assert sorted(marks("van-ban/2026/vb.html", citing)) == ["", "", "Bản nháp"]
    assert marks(stub, citing) == ["", ""]


def test_old_addresses_are_exported_for_web_servers(site: SiteTest) -> None:
    site.write("site.toml", SITE_TOML.replace("https://thu.example", "https://thu.example/cong"))
    site.article("a", aliases="[/tin-tuc/1024.html, /cu/]").page("b", aliases="[/gioi-thieu.html]").build()

    rows = {"/cong/cu/": "/cong/tin/a.html", "/cong/gioi-thieu.html": "/cong/trang/b.html"}
    rows["/cong/tin-tuc/1024.html"] = "/cong/tin/a.html"
    assert site.text("chuyen-huong/nginx.txt") == "".join(f"{old} {new};\n" for old, new in rows.items())
    assert site.text("chuyen-huong/apache.txt") == "".join(f"{old} {new}\n" for old, new in rows.items())
    assert site.text("chuyen-huong/caddy.txt") == "".join(f"redir {o} {n} permanent\n" for o, n in rows.items())


# --- the alert --------------------------------------------------------------------------------


def test_an_alert_stands_above_every_page_and_goes_with_its_day(site: SiteTest, tmp_path: Path) -> None:
    site.article("a").page("b").document("2026/c").build()
    calm = site.public
    alert = '\n[alert]\nlevel = "emergency"\ntext = "Bão <số> 5"\nlink = "/tin/a.html"\nuntil = 2026-06-01\n'
    site.write("site.toml", SITE_TOML + alert).build()

    assert not any("content" in reason for reasons in site.report.reasons.values() for reason in reasons)
    for path in calm:
        if path.endswith(".html"):
            (bar,) = site.html(path).xpath("//aside[contains(@class, 'alert--emergency')]")
            assert "Khẩn cấp: Bão <số> 5" in bar.text_content(), path
    site.build(now=datetime.fromisoformat("2026-06-02T00:00:00+07:00"))
    # What the pages say of the day apart, all is as it was.
    assert {path: data for path, data in site.public.items() if path.endswith("html")} == {
        path: data for path, data in calm.items() if path.endswith("html")
    }


def test_every_address_of_an_entry_is_promised_whatever_it_looks_like(site: SiteTest) -> None:
    old = ["/default.aspx", "/news/123", "/x.htm", "/the/cu/", "/chuyen-muc/cu/", "/luu-tru/cu.html"]
    site.article("a", aliases=f"[{', '.join(old)}]").build()

    site.article("a").build()

    assert not site.report.done
    assert all(url in site.problems[0] for url in old)


@pytest.mark.parametrize("loss", ["public", ".public.loa/manifest"])
def test_the_promise_outlives_the_output_and_its_manifest(site: SiteTest, loss: str) -> None:
    site.article("a").article("b").build()
    target = site.root / loss
    if target.is_dir():
        shutil.rmtree(target)
    else:
        target.write_bytes(b"hong")

    site.delete("content/tin/a.md").build()

    assert not site.report.done
    assert "/tin/a.html" in site.problems[0]


def test_what_was_only_previewed_is_never_published_as_the_last_good_version(site: SiteTest) -> None:
    preview = {"preview": True, "output": site.root / ".cache/xem-truoc"}
    site.article("a", "BẢN MỘT").article("x").build()
    site.article("a", "BẢN HAI MẬT").build(**preview)

    site.article("a", "BẢN BA", title=None).build(skip_bad=True)

    assert "BẢN MỘT" in site.text("tin/a.html")
    assert "MẬT".encode() not in everything(site)


def test_a_renamed_text_is_published_once_where_faults_are_passed_over_and_its_old_address_leads_there(
    site: SiteTest,
) -> None:
    site.article("a", "Lễ hội ba ngày.", title="Lễ hội").article("x").build()
    ids = sorted(entry.id for entry in feedparser.parse(site.public["rss.xml"]).entries)

    site.delete("content/tin/a.md").article("b", "Lễ hội ba ngày.", title="Lễ hội")
    site.article("x", "Sửa, xem [bài](b.md).")
    for _ in range(2):
        site.build(skip_bad=True)

        assert site.report.done
        assert "Sửa" in site.text("tin/x.html")
        assert "url=/tin/b.html" in site.text("tin/a.html")
        entries = feedparser.parse(site.public["rss.xml"]).entries
        assert sorted(entry.link for entry in entries) == [f"https://thu.example/tin/{name}.html" for name in "bx"]
        assert sorted(entry.id for entry in entries) == ids
        assert "aliases" in site.problems[0]
        assert "/tin/a.html" in site.problems[0]


def test_a_text_that_is_only_called_alike_is_published_beside_the_deleted_one_where_faults_are_passed_over(
    site: SiteTest,
) -> None:
    site.article("a", "Lịch tháng 5.", title="Lịch tiếp công dân").build()

    site.delete("content/tin/a.md").article("b", "Lịch tháng 6.", title="Lịch tiếp công dân").build(skip_bad=True)

    assert "Lịch tháng 5." in site.text("tin/a.html")
    assert "Lịch tháng 6." in site.text("tin/b.html")
    assert site.report.kept == ("content/tin/a.md",)


def test_a_preview_tells_what_a_build_would_say_of_addresses_however_often_it_is_built(site: SiteTest) -> None:
    preview = {"preview": True, "output": site.root / ".cache/xem-truoc"}
    site.article("a").article("b", aliases="[/tin/cu.html]").article("c").build()

    site.article("a", views="nhiều").article("b").article("c", draft="true")
    for _ in range(2):
        site.build(**preview)
        site.article("a", views="nhiều", summary="Câu.")
    assert [(p.path, p.field) for p in site.report.problems if "đã đăng" in p.message] == [
        ("content/tin/b.md", "aliases"),
        ("content/tin/c.md", ""),
    ]


def test_a_preview_may_lie_where_nothing_but_it_was_ever_built(site: SiteTest) -> None:
    site.article("a").build(preview=True)

    site.article("a", "Câu mới.").build(preview=True)

    assert site.report.done
    assert "Câu mới." in site.text("tin/a.html")


def test_a_page_that_asked_for_patience_is_no_promise(site: SiteTest) -> None:
    site.article("a", "[b](b.md)").article("b", title=None).build(skip_bad=True)

    site.article("a").delete("content/tin/b.md").build()

    assert site.report.done, site.problems


def test_a_second_renaming_keeps_the_oldest_address_first(site: SiteTest) -> None:
    site.article("a", "Lễ hội ba ngày.").build()
    site.delete("content/tin/a.md").article("b", "Lễ hội ba ngày.", aliases="[/tin/a.html]").build()

    site.delete("content/tin/b.md").article("c", "Lễ hội ba ngày.").build()

    assert "aliases: [/tin/a.html, /tin/b.html]" in site.problems[0]


@pytest.mark.parametrize("path", ["van-ban/index.md", "tin/index.md", "van-ban/so/qd-1.md", "van-ban/nam/2026/x.md"])
def test_names_that_loa_needs_itself_are_refused(site: SiteTest, path: str) -> None:
    site.article("a").build()
    text = (site.root / "content/tin/a.md").read_bytes()

    site.write(f"content/{path}", text).build()

    assert not site.report.done
    assert f"content/{path}" in site.problems[0]


@pytest.mark.parametrize(
    ("published", "scheduled"),
    [
        ({}, {"aliases": "[/tin/a.html]"}),
        ({"aliases": "[/tin/hen.html]"}, {}),
        ({"tags": "[y tế]"}, {"tags": "[ý tế]"}),
    ],
)
def test_what_will_clash_on_its_day_is_refused_today(
    site: SiteTest, published: dict[str, str], scheduled: dict[str, str]
) -> None:
    site.article("a", **published).article("hen", publish_at="2026-06-02", **scheduled).build()

    assert not site.report.done


@pytest.mark.parametrize(("target", "fine"), [("2026-06-01 20:00", True), ("2026-06-02", True), ("2026-07-01", False)])
def test_what_is_scheduled_may_lead_to_what_is_there_by_then(site: SiteTest, target: str, fine: bool) -> None:
    site.page("c").article("hen", "[b](b.md)", publish_at="2026-06-02").article("b", publish_at=target).build()
    assert site.report.done is fine

    if fine:
        site.build(now=datetime.fromisoformat("2026-06-02T00:00:00+07:00"))
        assert site.report.done, site.problems


def test_an_alert_may_lead_to_the_article_that_is_scheduled_with_it(site: SiteTest) -> None:
    alert = '\n[alert]\ntext = "Bão"\nlink = "/tin/bao.html"\nfrom = 2026-06-02T18:00:00\n'
    site.write("site.toml", SITE_TOML + alert).article("a").article("bao", publish_at="2026-06-02 18:00").build()

    assert site.report.done, site.problems


def test_an_address_that_is_given_up_and_still_answers_is_told(site: SiteTest) -> None:
    site.article("a").article("b").build()
    site.give_up("tin/a.md").article("a").build()

    assert site.report.done
    assert [fault.line for fault in site.report.problems if "gone" in fault.message] == [SITE_TOML.count("\n") + 3]


def test_a_timer_leaves_a_build_that_was_refused_alone_for_an_hour(site: SiteTest) -> None:
    site.article("a").article("hen", publish_at="2026-06-02 08:30").build()
    due = datetime.fromisoformat("2026-06-02T08:31:00+07:00")
    site.article("a", views="nhiều").build(now=due)
    assert not site.report.done

    def ask(minutes: int) -> int:
        return main(["--root", str(site.root), "--due", "--now", (due + timedelta(minutes=minutes)).isoformat()])

    assert ask(1) == 4
    assert ask(60) == 0


def test_a_renamed_document_is_not_new_to_feed_readers(site: SiteTest) -> None:
    def ids() -> list[str]:
        return [entry.id for entry in feedparser.parse(site.public["van-ban/rss.xml"]).entries]

    site.document("2026/a", "Về việc đê kè.").build()
    before = ids()

    site.delete("content/van-ban/2026/a.md").document("2026/b", "Về việc đê kè.", aliases="[/van-ban/2026/a.html]")
    site.build()

    assert site.report.done, site.problems
    assert ids() == before


@pytest.mark.parametrize("fault", [{"image": "/anh/khong-co.jpg"}, {"category": "Không có"}])
def test_a_fault_in_a_draft_holds_nobody_elses_preview_back(fault: dict[str, str], site: SiteTest) -> None:
    preview = {"preview": True, "output": site.root / ".cache/xem-truoc"}
    site.article("a").article("nhap", draft="true").build(**preview)

    site.article("a", "Câu mới.").article("nhap", draft="true", **fault).build(**preview)

    assert site.report.done, site.problems
    assert [(p.path, p.severity) for p in site.report.problems] == [("content/tin/nhap.md", "warning")]
    assert "Câu mới." in (site.root / ".cache/xem-truoc/tin/a.html").read_text("utf-8")

    site.article("a", **fault).build(**preview)
    assert not site.report.done


def test_what_a_draft_and_a_published_text_disagree_on_is_mended_in_the_draft(site: SiteTest) -> None:
    preview = {"preview": True, "output": site.root / ".cache/xem-truoc"}
    site.article("a", tags="[lễ hội]", date="2026-05-01").article("b", tags="[lê hội]", date="2026-05-02", draft="true")
    site.article("c", draft="true").build(**preview)

    assert [(p.path, p.field, p.of_draft) for p in site.report.problems] == [("content/tin/b.md", "tags", True)]
    assert "Bản nháp: chưa được đăng" in (site.root / ".cache/xem-truoc/tin/c.html").read_text("utf-8")


def test_a_draft_that_clashes_with_a_published_text_takes_no_other_draft_along(site: SiteTest) -> None:
    preview = {"preview": True, "output": site.root / ".cache/xem-truoc"}
    site.article("a", aliases="[/cu.html]").article("b", aliases="[/cu.html]", draft="true")
    site.article("c", draft="true").build(**preview)

    assert [(p.path, p.field, p.of_draft) for p in site.report.problems] == [("content/tin/b.md", "aliases", True)]
    assert "Bản nháp: chưa được đăng" in (site.root / ".cache/xem-truoc/tin/c.html").read_text("utf-8")


def test_a_preview_tells_of_addresses_that_a_build_would_refuse_to_lose(site: SiteTest) -> None:
    preview = {"preview": True, "output": site.root / ".cache/xem-truoc"}
    site.article("a").article("b").build()
    site.build(**preview)
    site.delete("content/tin/b.md")

    for _ in range(2):
        site.build(**preview)
        assert site.report.done
        assert [(p.path, p.severity) for p in site.report.problems] == [("content/tin/b.md", "warning")]
        assert "/tin/b.html" in site.report.problems[0].message
    assert not (site.root / ".cache/xem-truoc/tin/b.html").exists()


def test_a_preview_tells_of_links_that_a_build_would_refuse(site: SiteTest) -> None:
    site.article("a", "[nháp](nhap.md)").article("nhap", "[bài](a.md)", draft="true")
    site.build(preview=True, output=site.root / ".cache/xem-truoc")

    assert site.report.done
    assert [(p.path, p.severity) for p in site.report.problems] == [("content/tin/a.md", "warning")]
    assert "dẫn đến bài chưa đăng" in site.report.problems[0].message


@pytest.mark.parametrize("target", ["b.md", "/tin/b.html?in=1#phan", "../tin/%62.html"])
def test_a_preview_knows_a_draft_however_a_link_to_it_is_written(target: str, site: SiteTest) -> None:
    site.article("a", f"Xem [bài]({target}).").article("b", draft="true").build(preview=True)

    assert ["dẫn đến bài chưa đăng" in p.message for p in site.report.problems] == [True]


def test_a_preview_tells_of_links_to_the_former_address_of_a_draft(site: SiteTest) -> None:
    site.article("a", "Xem [bài](/cu/).").article("b", aliases="[/cu/]", draft="true").build(preview=True)

    assert [(p.path, p.severity) for p in site.report.problems] == [("content/tin/a.md", "warning")]


def test_a_draft_does_not_have_all_links_looked_at_again(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    resolved: list[str] = []

    def counting(path: str, target: str) -> tuple[str, str]:
        resolved.append(target)
        return resolve(path, target)

    def count() -> int:
        resolved.clear()
        site.build(preview=True)
        return resolved.count("b.md")

    for number in range(9):
        site.article(f"a{number}", "Xem [bài](b.md).")
    site.article("b").build(preview=True)
    monkeypatch.setattr("loa.addresses.resolve", counting)
    before = count()

    site.article("nhap", draft="true")

    assert count() <= before


LONG = "Sáng nay bà con ra bến xem đua thuyền rồi cùng về đình nghe hát. " * 4


def doubles(site: SiteTest) -> list[tuple[str, str]]:
    site.build()
    assert site.report.done, site.problems
    return [(p.path, p.message.split()[4]) for p in site.report.problems if "trùng với" in p.message]


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ({"title": "Bài khác", "date": "2026-05-20"}, LONG),
        ({"title": "Đua thuyền"}, "Câu khác."),
        ({"title": "đua thuyền", "date": "2026-05-01 20:00"}, "Câu khác."),
        ({"title": "Đua thuyền"}, LONG),
        ({"title": "Đua thuyền", "date": "2026-04-01", "draft": "true"}, LONG),
    ],
)
def test_an_article_that_was_copied_is_told_at_the_copy_and_once(
    fields: dict[str, str], body: str, site: SiteTest
) -> None:
    site.article("dua-thuyen", LONG, title="Đua thuyền").build()

    site.article("dua-thuyen-2", body, **fields)

    assert doubles(site) == [("content/tin/dua-thuyen-2.md", "content/tin/dua-thuyen.md:")]
    site.build(full=True)
    assert [p.path for p in site.report.problems] == ["content/tin/dua-thuyen-2.md"]


def test_articles_that_only_look_like_copies_are_let_pass(site: SiteTest) -> None:
    site.article("a", "Xem tệp đính kèm.", title="Giá cà phê").article("b", "Xem tệp đính kèm.", title="Giá gạo")
    site.article("c", LONG, title="Giá gạo", date="2026-05-02").page("d", LONG)
    site.document("e", LONG)

    assert doubles(site) == []


def test_what_replaces_a_withdrawn_article_is_no_copy_of_it(site: SiteTest) -> None:
    withdrawn = '{date: 2026-05-19, by: Ban biên tập, reason: "Sai số liệu"}'
    site.article("a", LONG, title="Giá gạo", withdrawn=withdrawn).article("b", LONG, title="Giá gạo")

    assert doubles(site) == []
