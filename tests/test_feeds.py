"""What machines read: feeds, sitemaps, robots.txt, the web manifest and security.txt."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import feedparser
import frontmatter
import pytest
from conftest import NOW, REPOSITORY, SAMPLE_NOW, SiteTest
from lxml import etree, html

from loa.cli import main
from loa.pipeline import Options, build

HOST = "https://lamhai.example"
TITLE = "Cổng Thông tin điện tử tỉnh Lâm Hải"
NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}
RFC_822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d \+0700"
)


def rss_files(public: Path) -> list[Path]:
    return sorted(public.rglob("rss.xml"))


def atom_files(public: Path) -> list[Path]:
    return sorted(public.rglob("atom.xml"))


def items(public: Path) -> Iterator[tuple[Path, etree._Element]]:
    """Every item of every RSS feed."""
    for file in rss_files(public):
        for item in etree.parse(file).iter("item"):
            yield file, item


def text(element: etree._Element, path: str) -> str:
    found = element.findtext(path, namespaces=NAMES)
    assert found, f"no {path} in {etree.tostring(element)[:200]!r}"
    return found


# --- every feed of the sample site ---------------------------------------------------


def test_the_site_each_category_and_unit_and_kinds_and_issuers_of_documents_have_feeds(sample_site: Path) -> None:
    folders = ("chuyen-muc/*", "don-vi/*", "van-ban", "van-ban/loai/*", "van-ban/co-quan/*")
    listings = [page for folder in folders for page in sample_site.glob(f"{folder}/index.html")]
    fronts = {".", *(page.parent.relative_to(sample_site).as_posix() for page in listings)}

    assert len([front for front in fronts if not front.startswith("van-ban")]) == 1 + 8 + 6
    for files in (rss_files(sample_site), atom_files(sample_site)):
        assert {file.parent.relative_to(sample_site).as_posix() for file in files} == fronts


def test_feedparser_finds_nothing_wrong_with_any_feed(sample_site: Path) -> None:
    for file in [*rss_files(sample_site), *atom_files(sample_site)]:
        parsed = feedparser.parse(file.read_bytes())
        assert parsed.bozo == 0, file
        assert parsed.version == ("rss20" if file.name == "rss.xml" else "atom10")
        assert parsed.feed.language == "vi"
        assert parsed.feed.title
        assert parsed.feed.subtitle
        for entry in parsed.entries:
            assert entry.title
            assert entry.link.startswith((f"{HOST}/tin/", f"{HOST}/van-ban/"))
            assert entry.id
            assert entry.author
            assert entry.tags[0].term
            assert entry.published_parsed
            assert entry.summary
            assert entry.content[0].value


def test_a_feed_names_itself_once_and_leads_to_the_page_it_stands_for(sample_site: Path) -> None:
    for file in [*rss_files(sample_site), *atom_files(sample_site)]:
        address = f"{HOST}/{file.relative_to(sample_site).as_posix()}"
        front = address.removesuffix(file.name)
        root = etree.parse(file).getroot()
        head = root.find("channel") if root.tag == "rss" else root
        links = [(link.get("rel"), link.get("href")) for link in head.findall("a:link", NAMES)]
        assert links.count(("self", address)) == 1, file
        assert [rel for rel, _ in links].count("self") == 1, file
        if root.tag == "rss":
            assert head.findtext("link") == front
        else:
            assert ("alternate", front) in links


def test_feeds_are_named_after_what_they_carry(sample_site: Path) -> None:
    assert etree.parse(sample_site / "rss.xml").findtext("channel/title") == TITLE
    names = {file: etree.parse(file).findtext("channel/title") for file in rss_files(sample_site)}
    assert len(set(names.values())) == len(names)
    assert names[sample_site / "chuyen-muc/thong-bao/rss.xml"] == f"Thông báo – Lịch công tác – {TITLE}"


def test_dates_in_rss_are_those_of_rfc_822_in_vietnamese_time(sample_site: Path) -> None:
    seen = 0
    for file, item in items(sample_site):
        assert RFC_822.fullmatch(text(item, "pubDate")), file
        seen += 1
    for file in rss_files(sample_site):
        built = etree.parse(file).findtext("channel/lastBuildDate")
        assert RFC_822.fullmatch(built) or built == "Sat, 01 Jan 2000 00:00:00 +0000", file
    assert seen > 100


def test_the_time_of_a_feed_is_that_of_its_newest_change(sample_site: Path) -> None:
    for file in atom_files(sample_site):
        feed = etree.parse(file).getroot()
        changes = [datetime.fromisoformat(text(entry, "a:updated")) for entry in feed.findall("a:entry", NAMES)]
        assert changes
        assert datetime.fromisoformat(text(feed, "a:updated")) == max(changes), file


def test_entries_stand_newest_first_and_no_feed_is_longer_than_its_limit(sample_site: Path) -> None:
    for file in [*rss_files(sample_site), *atom_files(sample_site)]:
        times = [entry.published_parsed for entry in feedparser.parse(file.read_bytes()).entries]
        assert times == sorted(times, reverse=True), file
        assert len(times) <= 20
    assert len(list(etree.parse(sample_site / "rss.xml").iter("item"))) == 20


def test_the_guid_of_an_item_is_unique_and_no_address_to_open(sample_site: Path) -> None:
    for file in rss_files(sample_site):
        guids = etree.parse(file).findall("channel/item/guid")
        assert len({guid.text for guid in guids}) == len(guids), file
        assert {guid.get("isPermaLink") for guid in guids} <= {"false"}


def test_an_article_has_one_guid_in_all_feeds(sample_site: Path) -> None:
    known: dict[str, str] = {}
    for _, item in items(sample_site):
        assert known.setdefault(text(item, "link"), text(item, "guid")) == text(item, "guid")
    for file in atom_files(sample_site):
        for entry in etree.parse(file).getroot().findall("a:entry", NAMES):
            # A link that says nothing else is the entry's own page.
            links = entry.findall("a:link", NAMES)
            (address,) = [link.get("href") for link in links if link.get("rel") in (None, "alternate")]
            assert known.setdefault(address, text(entry, "a:id")) == text(entry, "a:id")
    assert len(set(known.values())) == len(known)


def test_an_item_carries_the_full_text_of_its_page(sample_site: Path) -> None:
    for _, item in items(sample_site):
        content = html.fromstring(f"<div>{text(item, 'content:encoded')}</div>")
        page = html.parse(sample_site / text(item, "link").removeprefix(f"{HOST}/"))
        (shown,) = page.xpath("//div[contains(@class, 'prose')]")
        # What was put right stands above the text in both.
        notes = page.xpath("string(//aside[@class='corrections'])")
        assert content.text_content().split() == f"{notes} {shown.text_content()}".split()


def test_of_a_text_as_long_as_a_book_a_feed_has_the_summary_alone(site: SiteTest) -> None:
    site.article("ngan", body="Lúa đã gặt xong.")
    site.article("dai", summary="Cả năm của tỉnh.", body="Bà con các thôn gặt lúa vụ hai.\n\n" * 6_500)
    site.build()

    rss, atom = site.text("rss.xml"), site.text("atom.xml")
    for feed in (rss, atom):
        assert "Lúa đã gặt xong." in feed
        assert "Cả năm của tỉnh." in feed
        assert "Bà con các thôn" not in feed
    assert "/dai.html" in rss
    assert not feedparser.parse(atom).bozo
    assert site.text("tin/dai.html").count("Bà con các thôn") == 6_500


def test_every_address_in_an_item_is_a_full_one_and_answers(sample_site: Path) -> None:
    pictures = 0
    for file, item in items(sample_site):
        content = html.fromstring(f"<div>{text(item, 'content:encoded')}</div>")
        pictures += len(list(content.iter("img")))
        for address in content.xpath(".//@href | .//@src"):
            assert re.match(r"https?://|mailto:|tel:|#", address), (file, address)
            if address.startswith(f"{HOST}/"):
                target = sample_site / address.removeprefix(f"{HOST}/").partition("#")[0]
                assert (target / "index.html" if target.is_dir() else target).is_file(), address
        assert not content.xpath(".//@srcset | .//script | .//@style")
    assert pictures


def test_fragments_in_an_item_stay_inside_it(sample_site: Path) -> None:
    """Footnotes lead to places in the same text, which a feed reader shows alone."""
    for file, item in items(sample_site):
        content = html.fromstring(f"<div>{text(item, 'content:encoded')}</div>")
        for fragment in content.xpath(".//@href[starts-with(., '#')]"):
            assert content.xpath(".//*[@id=$id]", id=fragment[1:]), (file, fragment)


def test_an_item_names_author_category_and_tags(sample_site: Path) -> None:
    seen = 0
    for _, item in items(sample_site):
        path = text(item, "link").removeprefix(f"{HOST}/").removesuffix("html") + "md"
        article = frontmatter.loads((REPOSITORY / "content" / path).read_text(encoding="utf-8"))
        if path.startswith("van-ban/"):
            assert text(item, "dc:creator") == article["issuer"]
            assert [element.text for element in item.findall("category")] == [article["kind"], article["field"]]
            continue
        assert text(item, "dc:creator") == article.get("author", "Ủy ban nhân dân tỉnh Lâm Hải")
        assert [element.text for element in item.findall("category")] == [article["category"], *article.get("tags", [])]
        seen += len(article.get("tags", []))
    assert seen


def test_the_lead_picture_comes_along_as_media(sample_site: Path) -> None:
    seen = 0
    for _, item in items(sample_site):
        page = html.parse(sample_site / text(item, "link").removeprefix(f"{HOST}/"))
        lead = page.xpath("//article/figure[1]//img/@src")
        media = item.findall("media:content", NAMES)
        assert [picture.get("url") for picture in media] == [HOST + source for source in lead]
        for picture in media:
            seen += 1
            assert (picture.get("type"), picture.get("medium")) == ("image/jpeg", "image")
            assert int(picture.get("width")) > 0
            assert int(picture.get("height")) > 0
    assert seen


def test_the_page_about_feeds_lists_every_feed(sample_site: Path) -> None:
    page = html.parse(sample_site / "ban-tin/index.html")
    listed = set(page.xpath("//main//a/@href"))

    assert {
        f"/{f.relative_to(sample_site).as_posix()}" for f in [*rss_files(sample_site), *atom_files(sample_site)]
    } <= listed
    assert f"{HOST}/rss.xml" in page.find(".//main").text_content()


# --- what a feed does when content changes ---------------------------------------------


def guids(site: SiteTest, path: str = "rss.xml") -> dict[str, str]:
    """Titles and guids of the items of a feed."""
    channel = etree.fromstring(site.public[path])
    return {text(item, "title"): text(item, "guid") for item in channel.iter("item")}


def test_a_guid_outlives_an_edit_of_title_date_category_and_text(site: SiteTest) -> None:
    site.article("2026/05/bai", title="Cũ").build()
    before = guids(site)["Cũ"]

    site.article("2026/05/bai", "Khác.", title="Mới", date="2026-05-02 10:00", category="Chỉ đạo điều hành").build()

    assert guids(site) == {"Mới": before}
    assert guids(site, "chuyen-muc/chi-dao/rss.xml") == {"Mới": before}


def test_a_guid_outlives_a_new_file_name_when_the_old_address_is_kept(site: SiteTest) -> None:
    site.article("2026/05/bai", title="Bài").build()
    before = guids(site)

    site.give_up("tin/2026/05/bai.md")
    site.article("2026/04/ten-moi", title="Bài", aliases="[/tin/2026/05/bai.html]").build()

    assert site.report.done, site.problems
    assert guids(site) == before
    assert "https://thu.example/tin/2026/04/ten-moi.html" in site.text("rss.xml")


def test_a_guid_outlives_a_second_new_file_name(site: SiteTest) -> None:
    site.article("2026/05/bai", title="Bài").build()
    before = guids(site)

    site.give_up("tin/2026/05/bai.md")
    site.article("2026/03/ten-khac", title="Bài", aliases="[/tin/2026/05/bai.html, /tin/2026/04/ten-moi.html]").build()

    assert guids(site) == before


def test_a_guid_outlives_a_short_address_given_to_an_old_article(site: SiteTest) -> None:
    site.article("2026/05/bai", title="Bài").build()
    before = guids(site)

    site.article("2026/05/bai", title="Bài", aliases="[/le-hoi.html]").build()

    assert site.report.done, site.problems
    assert guids(site) == before


def test_the_guid_does_not_follow_the_domain_when_the_site_has_said_so(site: SiteTest) -> None:
    site.replace("site.toml", "base_url", 'feed_id = "tag:thu.example,2026:"\nbase_url').article("a").build()
    before = guids(site)

    site.replace("site.toml", "https://thu.example", "https://moi.example").build()

    assert site.report.done, site.problems
    assert guids(site) == before


def test_a_feed_has_the_same_bytes_whenever_it_is_built(site: SiteTest) -> None:
    site.article("2026/05/bai", "Nội dung [trang](/trang/b.html).", author="Trần Văn A").page("b").build()
    before = {path: data for path, data in site.public.items() if path.endswith(".xml") and "news" not in path}

    site.build(full=True, now=NOW + timedelta(days=100))

    assert {path: site.public[path] for path in before} == before


def test_two_articles_of_one_moment_are_both_in_the_feed(site: SiteTest) -> None:
    site.article("a", title="Một", date="2026-05-01 08:00").article("b", title="Hai", date="2026-05-01 08:00").build()

    assert set(guids(site)) == {"Một", "Hai"}
    assert len(set(guids(site).values())) == 2


def test_a_feed_holds_the_newest_and_forgets_the_rest(site: SiteTest) -> None:
    for number in range(1, 6):
        site.article(f"{number}", title=f"Bài {number}", date=f"2026-05-0{number}")
    site.build()

    assert list(guids(site)) == ["Bài 5", "Bài 4", "Bài 3"]


def test_an_update_moves_the_time_of_the_feed_and_not_the_order(site: SiteTest) -> None:
    site.article("a", title="Cũ", date="2026-05-01").article("b", title="Mới", date="2026-05-02").build()
    assert (
        etree.fromstring(site.public["rss.xml"]).findtext("channel/lastBuildDate") == "Sat, 02 May 2026 00:00:00 +0700"
    )

    site.article("a", title="Cũ", date="2026-05-01", updated="2026-05-20 09:30").build()

    feed = etree.fromstring(site.public["rss.xml"])
    assert feed.findtext("channel/lastBuildDate") == "Wed, 20 May 2026 09:30:00 +0700"
    assert list(guids(site)) == ["Mới", "Cũ"]


def test_markup_in_a_title_stays_text(site: SiteTest) -> None:
    site.article("a", title='"Thu < 5 triệu & chi > 3 triệu ]]> <b>đậm</b>"').build()

    assert list(guids(site)) == ["Thu < 5 triệu & chi > 3 triệu ]]> <b>đậm</b>"]
    for name in ("rss.xml", "atom.xml"):
        assert feedparser.parse(site.public[name]).bozo == 0


def test_a_summary_is_read_as_it_was_written_where_readers_take_it_for_html(site: SiteTest) -> None:
    words = "Thu < 5 triệu & chi > 3 triệu <b>đậm</b> <script>alert(1)</script>"
    site.article("a", summary=f'"{words}"').build()

    described = etree.fromstring(site.public["rss.xml"]).findtext("channel/item/description")
    assert html.fromstring(f"<p>{described}</p>").text == words
    summary = etree.fromstring(site.public["atom.xml"]).find("a:entry/a:summary", NAMES)
    # Plain text, as its type says.
    assert (summary.text, summary.get("type")) == (words, None)


def test_a_category_without_articles_has_an_empty_feed_that_parses(site: SiteTest) -> None:
    site.article("a").build()

    for name in ("rss", "atom"):
        parsed = feedparser.parse(site.public[f"chuyen-muc/chi-dao/{name}.xml"])
        assert (parsed.bozo, parsed.entries) == (0, [])


# --- sitemaps --------------------------------------------------------------------------


def locations(data: bytes) -> list[str]:
    return [element.text for element in etree.fromstring(data).iter(f"{{{NAMES['s']}}}loc")]


def test_the_sitemap_index_names_a_shard_a_year_and_one_for_pages(sample_site: Path) -> None:
    named = locations((sample_site / "sitemap.xml").read_bytes())

    assert named == [f"{HOST}/sitemap-{name}.xml" for name in ("trang", "van-ban", 2021, 2022, 2023, 2024, 2025, 2026)]
    for address in named:
        assert (sample_site / address.removeprefix(f"{HOST}/")).is_file()


def test_the_sitemaps_name_every_article_and_page_once_and_nothing_that_is_no_page(sample_site: Path) -> None:
    shards = [f for f in sample_site.glob("sitemap-*.xml") if f.name != "sitemap-news.xml"]
    named = [address.removeprefix(HOST) for shard in shards for address in locations(shard.read_bytes())]
    files = {"/" + f.relative_to(sample_site).as_posix() for f in sample_site.rglob("*.html")}
    unfit = {f for f in files if b'name="robots" content="noindex"' in (sample_site / f.lstrip("/")).read_bytes()}
    addresses = {re.sub(r"/index\.html$", "/", f) for f in files - unfit}

    assert len(named) == len(set(named))
    assert set(named) == addresses


def test_an_article_stands_in_the_sitemap_of_its_year_with_the_day_of_its_last_change(sample_site: Path) -> None:
    shard = etree.parse(sample_site / "sitemap-2024.xml").getroot()
    days = {text(url, "s:loc"): text(url, "s:lastmod") for url in shard.findall("s:url", NAMES)}

    assert days[f"{HOST}/tin/2024/07/cuu-nan-chin-thuyen-vien-tau-ca.html"] == "2024-07-13"
    assert all(f"{HOST}/tin/2024/" in address for address in days)
    index = etree.parse(sample_site / "sitemap.xml").getroot()
    changed = {text(m, "s:loc"): m.findtext("s:lastmod", namespaces=NAMES) for m in index.findall("s:sitemap", NAMES)}
    assert changed[f"{HOST}/sitemap-2024.xml"] == max(days.values())


def test_publishing_an_article_leaves_the_sitemaps_of_past_years_alone(site: SiteTest) -> None:
    site.article("cu", date="2025-03-01").article("moi", date="2026-03-01").build()
    before = site.public

    site.article("nay", date="2026-05-30").build()

    assert "sitemap-2025.xml" not in site.rendered
    assert site.public["sitemap-2025.xml"] == before["sitemap-2025.xml"]
    assert "https://thu.example/tin/nay.html" in locations(site.public["sitemap-2026.xml"])


def test_the_news_sitemap_holds_what_the_last_two_days_brought(site: SiteTest) -> None:
    site.article("xua", date="2026-05-29 23:59").article("vua-du", title="Vừa đủ", date="2026-05-30 00:00")
    site.article("nay", title="A & B", date="2026-06-01 11:59").article("mai", date="2026-06-02 07:00").build()

    news = etree.fromstring(site.public["sitemap-news.xml"])
    assert locations(site.public["sitemap-news.xml"]) == [
        "https://thu.example/tin/nay.html",
        "https://thu.example/tin/vua-du.html",
    ]
    newest = news.find("s:url/news:news", NAMES)
    assert text(newest, "news:publication/news:name") == "Cổng thử nghiệm"
    assert text(newest, "news:publication/news:language") == "vi"
    assert text(newest, "news:publication_date") == "2026-06-01T11:59:00+07:00"
    assert text(newest, "news:title") == "A & B"


def test_the_news_sitemap_forgets_as_time_goes_by(site: SiteTest) -> None:
    site.article("a", date="2026-05-31 08:00").build()
    assert len(locations(site.public["sitemap-news.xml"])) == 1

    site.build(now=NOW + timedelta(days=3))

    assert locations(site.public["sitemap-news.xml"]) == []
    assert site.rendered == {"sitemap-news.xml"}


def test_the_day_of_the_news_sitemap_is_the_day_in_vietnam(site: SiteTest) -> None:
    site.article("a", date="2026-05-30 08:00")

    for moment, expected in (("2026-06-01T16:59:59+00:00", 1), ("2026-06-01T17:00:00+00:00", 0)):
        site.build(now=datetime.fromisoformat(moment))
        assert len(locations(site.public["sitemap-news.xml"])) == expected, moment


# --- robots.txt, manifest, security.txt ------------------------------------------------------


def test_robots_txt_lets_everybody_in_and_names_the_sitemaps(sample_site: Path) -> None:
    lines = (sample_site / "robots.txt").read_text(encoding="utf-8").splitlines()

    assert lines[:2] == ["User-agent: *", "Allow: /"]
    named = [line.removeprefix("Sitemap: ") for line in lines if line.startswith("Sitemap: ")]
    assert named == [f"{HOST}/sitemap.xml", f"{HOST}/sitemap-news.xml"]
    assert not [line for line in lines if line.startswith("Disallow")]


def test_the_manifest_names_the_portal_and_icons_of_the_size_they_claim(sample_site: Path) -> None:
    from PIL import Image

    manifest = json.loads((sample_site / "site.webmanifest").read_bytes())

    assert manifest["name"] == TITLE
    assert manifest["short_name"] == "Lâm Hải"
    assert manifest["lang"] == "vi"
    assert manifest["start_url"] == "/"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    for icon in manifest["icons"]:
        with Image.open(sample_site / icon["src"].lstrip("/")) as image:
            assert f"{image.width}x{image.height}" == icon["sizes"]
            assert image.get_format_mimetype() == icon["type"]


def test_security_txt_says_whom_to_tell_and_until_when_it_holds(sample_site: Path) -> None:
    lines = (sample_site / ".well-known/security.txt").read_text(encoding="utf-8").splitlines()
    fields = dict(line.split(": ", 1) for line in lines if line)

    assert fields["Contact"] == "mailto:antoanthongtin@lamhai.example"
    assert SAMPLE_NOW < datetime.fromisoformat(fields["Expires"]) < SAMPLE_NOW + timedelta(days=366)
    assert fields["Preferred-Languages"] == "vi, en"


SECURITY = '\n[security]\ncontact = "mailto:an-toan@thu.example"\nexpires = {}\n'


@pytest.fixture
def guarded(site: SiteTest) -> SiteTest:
    """A site whose security.txt holds until the end of 2026."""
    config = (site.root / "site.toml").read_text(encoding="utf-8")
    return site.write("site.toml", config + SECURITY.format("2026-12-31")).article("a")


def test_security_txt_is_left_out_from_the_moment_it_runs_out(guarded: SiteTest) -> None:
    guarded.build()
    assert ".well-known/security.txt" in guarded.public
    assert not guarded.report.incomplete

    guarded.build(now=datetime.fromisoformat("2027-02-01T00:00:00+07:00"))

    assert ".well-known/security.txt" not in guarded.public
    assert guarded.report.done
    assert guarded.report.incomplete


def test_a_build_without_its_security_txt_exits_with_three(
    guarded: SiteTest, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(guarded.root), "--workers", "1", "--now", "2026-06-01"]) == 0
    assert "security" not in capsys.readouterr().err

    assert main(["--root", str(guarded.root), "--workers", "1", "--now", "2027-06-01"]) == 3
    assert "site.toml" in capsys.readouterr().err


def test_editors_are_warned_before_security_txt_runs_out(guarded: SiteTest) -> None:
    warned = []
    for days in (90, 40):
        guarded.build(now=datetime.fromisoformat("2026-12-31T00:00:00+07:00") - timedelta(days=days))
        warned.append([problem.severity for problem in guarded.report.problems])

    assert warned == [[], ["warning"]]


def test_the_feeds_of_the_sample_site_are_built_to_the_same_bytes_twice(sample_site: Path, tmp_path: Path) -> None:
    again = tmp_path / "public"

    assert build(Options(root=REPOSITORY, output=again, now=SAMPLE_NOW + timedelta(days=30), full=True)).done

    for file in [*rss_files(sample_site), *atom_files(sample_site), *sample_site.glob("sitemap-2*.xml")]:
        assert (again / file.relative_to(sample_site)).read_bytes() == file.read_bytes(), file
