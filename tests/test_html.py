"""Every page of the sample site, read by a parser: what must hold for all of them, whatever they show."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import frontmatter
import pytest
from conftest import REPOSITORY, SiteTest
from lxml import etree, html
from PIL import Image

HOST = "https://lamhai.example"
EXPIRED, WITHDRAWN = "tin/2026/09/tam-ngung-cap-nuoc-cua-lo.html", "tin/2026/08/gia-dat-tai-dinh-cu-hai-phong.html"
DUBLIN_CORE = {"title", "creator", "date", "description", "publisher", "identifier"} | {
    "language",
    "source",
    "contributor",
    "subject",
}


@dataclass(frozen=True, repr=False)
class Page:
    path: str
    raw: bytes
    tree: html.HtmlElement

    @property
    def url(self) -> str:
        """The site path at which the page answers."""
        return "/" + (self.path.removesuffix("index.html") if self.path.endswith("index.html") else self.path)

    def values(self, xpath: str) -> list[str]:
        return [str(value) for value in self.tree.xpath(xpath)]

    def value(self, xpath: str) -> str:
        found = self.values(xpath)
        assert len(found) == 1, f"{self.path}: {xpath} gives {found}"
        return found[0]

    @property
    def is_redirect(self) -> bool:
        return bool(self.tree.xpath("//meta[@http-equiv='refresh']"))

    @property
    def is_article(self) -> bool:
        return self.path.startswith("tin/") and self.path != WITHDRAWN

    @property
    def things(self) -> list[dict]:
        """What the JSON-LD of the page describes."""
        data = json.loads(self.value("//script[@type='application/ld+json']/text()"))
        assert data["@context"] == "https://schema.org"
        return data["@graph"]

    def thing(self, kind: str) -> dict:
        return next(thing for thing in self.things if thing["@type"] == kind)


@pytest.fixture(scope="module")
def everything(sample_site: Path) -> list[Page]:
    """All HTML files, redirects among them."""
    files = sorted(sample_site.rglob("*.html"))
    assert len(files) > 200
    return [Page(f.relative_to(sample_site).as_posix(), f.read_bytes(), html.parse(f).getroot()) for f in files]


@pytest.fixture(scope="module")
def pages(everything: list[Page]) -> list[Page]:
    """All pages that are more than a redirect."""
    return [page for page in everything if not page.is_redirect]


@pytest.fixture(scope="module")
def articles(pages: list[Page]) -> list[Page]:
    found = [page for page in pages if page.is_article]
    assert len(found) >= 60
    return found


def front_matter(page: Page) -> frontmatter.Post:
    """What the author of an article wrote about it."""
    source = REPOSITORY / "content" / page.path.replace(".html", ".md")
    return frontmatter.loads(source.read_text(encoding="utf-8"))


def faults(pages: list[Page], find: Callable[[Page], Iterator[object]]) -> list[str]:
    """Everything ``find`` finds, with the page it was found on: a failure names all of it at once."""
    return [f"{page.path}: {found}" for page in pages for found in find(page)]


# --- structure -------------------------------------------------------------------


def test_every_id_is_unique_on_its_page(everything: list[Page]) -> None:
    def repeated(page: Page) -> Iterator[object]:
        return (value for value, count in Counter(page.values("//@id")).items() if count > 1)

    assert faults(everything, repeated) == []


def test_every_page_has_one_main_heading_with_words(everything: list[Page]) -> None:
    def wrong(page: Page) -> Iterator[object]:
        headings = [h.text_content().strip() for h in page.tree.iter("h1")]
        if len(headings) != 1 or not headings[0]:
            yield headings

    assert faults(everything, wrong) == []


def test_no_heading_skips_a_level(pages: list[Page]) -> None:
    def skips(page: Page) -> Iterator[object]:
        level = 0
        for heading in page.tree.iter("h1", "h2", "h3", "h4", "h5", "h6"):
            if int(heading.tag[1]) > level + 1:
                yield f"{heading.tag} after h{level}: {heading.text_content()}"
            level = int(heading.tag[1])

    assert faults(pages, skips) == []


def test_every_page_says_its_language_and_encoding_first(everything: list[Page]) -> None:
    for page in everything:
        assert page.raw.startswith(b"<!doctype html>\n"), page.path
        assert page.tree.get("lang") == "vi", page.path
        assert page.raw.index(b'<meta charset="utf-8">') < 1024, page.path


def test_every_page_has_a_title_of_its_own_that_ends_with_the_portal(pages: list[Page]) -> None:
    titles = {page.path: page.value("//title/text()") for page in pages}

    assert [t for t, count in Counter(titles.values()).items() if count > 1] == []
    assert [path for path, title in titles.items() if not title.endswith("Cổng Thông tin điện tử tỉnh Lâm Hải")] == []


def test_landmarks_are_there_once_and_the_skip_link_leads_to_the_main_one(pages: list[Page]) -> None:
    def wrong(page: Page) -> Iterator[object]:
        for landmark in ("main", "body/header", "body/footer"):
            if len(page.tree.xpath(f"//{landmark}")) != 1:
                yield landmark
        first_link = next(page.tree.find("body").iter("a"))
        if first_link.get("href") != "#" + page.value("//main/@id"):
            yield "the first link does not skip to the main part"

    assert faults(pages, wrong) == []


def test_every_landmark_of_a_repeated_kind_has_a_name_of_its_own(pages: list[Page]) -> None:
    def unnamed(page: Page) -> Iterator[object]:
        for kind in ("nav", "section"):
            names = []
            for element in page.tree.iter(kind):
                label = element.get("aria-label") or " ".join(
                    page.tree.get_element_by_id(name).text_content().strip()
                    for name in (element.get("aria-labelledby") or "").split()
                )
                names.append(label)
            yield from (f"<{kind}> {name!r}" for name, count in Counter(names).items() if count > 1 or not name)

    assert faults(pages, unnamed) == []


# --- addresses -------------------------------------------------------------------


def published_file(public: Path, url: str) -> Path:
    path = unquote(urlsplit(url).path)
    return public / (path + "index.html" if path.endswith("/") else path).lstrip("/")


def addresses(page: Page) -> Iterator[str]:
    """Everything the page names that a browser would fetch or a reader could open."""
    yield from page.values("//@href")
    yield from page.values("//@src")
    yield from (part.split()[0] for srcset in page.values("//@srcset") for part in srcset.split(","))
    yield from (content.partition("url=")[2] for content in page.values("//meta[@http-equiv='refresh']/@content"))


def test_every_internal_address_is_published_and_every_fragment_has_its_place(
    everything: list[Page], sample_site: Path
) -> None:
    ids = {page.url: set(page.values("//@id")) for page in everything}

    def dead(page: Page) -> Iterator[object]:
        for address in set(addresses(page)):
            parts = urlsplit(address.removeprefix(HOST) if address.startswith(f"{HOST}/") else address)
            if parts.scheme or parts.netloc:
                continue
            path = parts.path or page.url
            is_there = published_file(sample_site, path).is_file()
            if not is_there or (parts.fragment and unquote(parts.fragment) not in ids[path]):
                yield address

    assert faults(everything, dead) == []


def test_addresses_inside_the_site_are_written_from_its_root(everything: list[Page]) -> None:
    """A relative address would break on the 404 page, which answers everywhere."""

    def relative(page: Page) -> Iterator[object]:
        return (a for a in addresses(page) if not re.match(r"/(?!/)|#|https://|http://purl\.org/|mailto:|tel:", a))

    assert faults(everything, relative) == []


def test_every_published_page_can_be_reached_from_the_home_page(everything: list[Page]) -> None:
    by_url = {page.url: page for page in everything}
    reached, waiting = {"/"}, ["/"]
    while waiting:
        for address in by_url[waiting.pop()].values("//a/@href | //form/@action"):
            path = urlsplit(address).path
            if path in by_url and path not in reached and not urlsplit(address).netloc:
                reached.add(path)
                waiting.append(path)

    assert {page.url for page in everything if not page.is_redirect} - reached == {
        "/404.html",
        f"/{EXPIRED}",
        f"/{WITHDRAWN}",
    }


def test_the_canonical_address_is_the_pages_own(pages: list[Page]) -> None:
    def other(page: Page) -> Iterator[object]:
        found = page.values("//link[@rel='canonical']/@href")
        if found != [HOST + page.url]:
            yield found

    assert faults(pages, other) == []


def test_a_redirect_names_the_new_address_for_browsers_people_and_search_engines(everything: list[Page]) -> None:
    redirects = {page.url: page for page in everything if page.is_redirect}
    target = "/tin/2024/01/38-thu-tuc-truc-tuyen-mien-le-phi.html"

    assert {"/tin-tuc/chi-tiet-1024.html", "/mien-le-phi-truc-tuyen.html", "/gioi-thieu.html"} <= set(redirects)
    page = redirects["/tin-tuc/chi-tiet-1024.html"]
    assert page.value("//meta[@http-equiv='refresh']/@content") == f"0; url={target}"
    assert page.value("//a/@href") == target
    assert page.value("//link[@rel='canonical']/@href") == HOST + target
    assert page.value("//meta[@name='robots']/@content") == "noindex"


def test_only_pages_without_a_text_of_their_own_are_kept_from_search_engines(pages: list[Page]) -> None:
    """Missing addresses, what has ended, documents that nobody has written up, lists of what is undated, the search."""
    kept = [page.path for page in pages if "noindex" in page.values("//meta[@name='robots']/@content")]
    stubs = [page.path for page in pages if page.path.startswith("van-ban/so/")]
    undated = [page.path for page in pages if re.match(r"van-ban/trich-dan/.+/", page.path)]

    assert stubs
    assert kept == ["404.html", "tim-kiem/index.html", WITHDRAWN, EXPIRED, *stubs, *undated]


def test_a_site_below_a_path_names_nothing_outside_it(site: SiteTest) -> None:
    picture = REPOSITORY / "content/anh/tru-so.jpg"
    site.replace("site.toml", "https://thu.example", "https://thu.example/cong")
    site.write("content/anh/a.jpg", picture.read_bytes())
    site.write(
        "content/tin/2026/05/a.md",
        "---\ntitle: Bài\ndate: 2026-05-01\ncategory: Tin tức – Sự kiện\nauthor: Phòng Truyền thông\ntags: [một]\n"
        "aliases: [/cu.html]\nimage:\n  file: /anh/a.jpg\n  alt: Trụ sở\n---\n\n"
        "[Trang](/trang/b.html) và ảnh:\n\n![Trụ sở](/anh/a.jpg)\n",
    )
    site.page("b").build()
    assert site.report.done, site.problems

    for path, raw in site.public.items():
        if path.endswith(".html"):
            page = Page(path, raw, html.document_fromstring(raw))
            for address in addresses(page):
                assert re.match(r"/cong/|https://thu\.example/cong/|#|mailto:|http://purl\.org/", address), (
                    path,
                    address,
                )


# --- what the head says ------------------------------------------------------------


def test_open_graph_describes_every_page(pages: list[Page], sample_site: Path) -> None:
    for page in pages:
        graph = dict(
            zip(page.values("//meta[@property]/@property"), page.values("//meta[@property]/@content"), strict=True)
        )
        assert all(graph.values()), page.path
        assert graph["og:url"] == page.value("//link[@rel='canonical']/@href")
        assert graph["og:title"] in page.value("//title/text()")
        assert graph["og:site_name"] == "Cổng Thông tin điện tử tỉnh Lâm Hải"
        assert graph["og:locale"] == "vi_VN"
        assert graph["og:description"] == page.value("//meta[@name='description']/@content")
        assert graph["og:type"] == ("article" if page.is_article else "website"), page.path
        assert graph["og:image:alt"]
        picture = published_file(sample_site, graph["og:image"].removeprefix(HOST))
        with Image.open(picture) as image:
            assert image.size == (int(graph["og:image:width"]), int(graph["og:image:height"])), page.path
        if page.is_article:
            for name in ("article:published_time", "article:modified_time", "article:section"):
                assert graph[name], page.path


def test_every_page_carries_the_dublin_core_elements_of_the_rules_for_portals(pages: list[Page]) -> None:
    """Thông tư 24/2011: six mandatory, four recommended. A page that shows nothing dated has no date."""

    def wrong(page: Page) -> Iterator[object]:
        names = page.values("//meta[starts-with(@name, 'DC.')]/@name")
        missing = {f"DC.{name}" for name in DUBLIN_CORE} - set(names)
        if missing - ({"DC.date"} if not page.tree.xpath("//main//time") else set()):
            yield sorted(missing)
        yield from (name for name, count in Counter(names).items() if count > 1 and name != "DC.subject")
        yield from (f"{name} is empty" for name in page.values("//meta[starts-with(@name,'DC.')][@content='']/@name"))
        if page.values("//meta[@name='DC.identifier']/@content") != page.values("//link[@rel='canonical']/@href"):
            yield "DC.identifier"
        for moment in page.values("//meta[@name='DC.date']/@content"):
            # Of a document whose day is blank only the month is known: a W3C date too.
            datetime.fromisoformat(f"{moment}-01" if re.fullmatch(r"\d{4}-\d\d", moment) else moment)

    assert faults(pages, wrong) == []


def test_the_dublin_core_of_an_article_names_its_author_source_and_subjects(articles: list[Page]) -> None:
    for page in articles:
        article = front_matter(page)
        core = {name: page.values(f"//meta[@name='DC.{name}']/@content") for name in DUBLIN_CORE}
        assert core["title"] == [article["title"]]
        assert core["creator"] == [article.get("author", "Ủy ban nhân dân tỉnh Lâm Hải")]
        assert core["source"] == [article.get("source", "Cổng Thông tin điện tử tỉnh Lâm Hải")]
        assert core["subject"] == [article["category"], *article.get("tags", [])]
        assert core["language"] == ["vi"]
        assert core["publisher"] == ["Ủy ban nhân dân tỉnh Lâm Hải"]


def test_json_ld_describes_the_publisher_on_every_page(pages: list[Page]) -> None:
    for page in pages:
        publisher = page.thing("GovernmentOrganization")
        assert publisher["name"] == "Ủy ban nhân dân tỉnh Lâm Hải"
        assert publisher["url"] == f"{HOST}/"
        assert publisher["logo"].startswith(f"{HOST}/")


def test_json_ld_of_an_article_has_what_a_news_article_needs(articles: list[Page]) -> None:
    for page in articles:
        article = page.thing("NewsArticle")
        canonical = page.value("//link[@rel='canonical']/@href")
        assert article["headline"] == page.tree.findtext(".//h1"), page.path
        assert article["mainEntityOfPage"] == article["url"] == canonical
        assert article["publisher"]["@id"] == page.thing("GovernmentOrganization")["@id"]
        published = datetime.fromisoformat(article["datePublished"])
        assert datetime.fromisoformat(article["dateModified"]).date() >= published.date()
        author = article["author"]
        shown = page.values("//a[@rel='author']/text()")
        if shown:
            assert [author["name"]] == shown
            assert author["url"].startswith(f"{HOST}/tac-gia/" if author["@type"] == "Person" else f"{HOST}/don-vi/")
        else:
            assert author == article["publisher"], page.path
        for image in article.get("image", []):
            assert image["url"].startswith(f"{HOST}/anh/")


def test_json_ld_breadcrumbs_are_those_that_readers_see_numbered_from_one(pages: list[Page]) -> None:
    seen = 0
    for page in pages:
        shown = [
            " ".join(item.text_content().split())
            for item in page.tree.xpath("//nav[@aria-label='Vị trí trong trang']//li")
        ]
        if not shown:
            assert page.url in ("/", "/404.html"), page.path
            continue
        seen += 1
        items = page.thing("BreadcrumbList")["itemListElement"]
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        assert [item["name"] for item in items] == shown
        assert items[0]["item"] == f"{HOST}/"
        assert items[-1]["item"] == page.value("//link[@rel='canonical']/@href")
    assert seen > 200


def test_feeds_can_be_discovered_on_every_page(pages: list[Page]) -> None:
    for page in pages:
        found = page.values("//link[@rel='alternate']/@href")
        assert found[:2] == ["/rss.xml", "/atom.xml"], page.path
        if page.path.startswith(("chuyen-muc/", "don-vi/")) and page.path.count("/") == 2:
            assert f"{page.url}rss.xml" in found
            assert f"{page.url}atom.xml" in found


# --- safety ------------------------------------------------------------------------


def test_nothing_is_loaded_from_elsewhere(everything: list[Page]) -> None:
    def foreign(page: Page) -> Iterator[object]:
        loaded = [
            *page.values("//@src"),
            *(part.split()[0] for srcset in page.values("//@srcset") for part in srcset.split(",")),
            *page.values("//link[not(@rel='canonical' or @rel='schema.DC')]/@href"),
            *page.values("//object/@data"),
            *page.values("//@poster"),
        ]
        yield from (address for address in loaded if not re.match(r"/(?!/)", address))
        yield from page.values("//iframe/@src | //link[@rel='preconnect' or @rel='dns-prefetch']/@href")

    assert faults(everything, foreign) == []


def test_stylesheets_load_nothing_from_elsewhere(sample_site: Path) -> None:
    texts = [sheet.read_text(encoding="utf-8") for sheet in sample_site.glob("css/*.css")]

    assert len(texts) == 2
    assert [text for text in texts if "@import" in text] == []
    assert [url for text in texts for url in re.findall(r"url\(([^)]*)\)", text) if "//" in url] == []


def test_no_page_has_inline_style_script_or_handler(everything: list[Page]) -> None:
    def inline(page: Page) -> Iterator[object]:
        for element in page.tree.iter(etree.Element):
            if element.tag == "style" or "style" in element.attrib:
                yield f"style in <{element.tag}>"
            if element.tag == "script" and "src" not in element.attrib and element.get("type") != "application/ld+json":
                yield "inline script"
            yield from (f"{name} in <{element.tag}>" for name in element.attrib if name.startswith("on"))
            yield from (v for v in element.attrib.values() if v.strip().lower().startswith(("javascript:", "data:")))

    assert faults(everything, inline) == []


def test_every_page_sends_its_policy_before_anything_it_governs(everything: list[Page]) -> None:
    for page in everything:
        policy = page.value("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "default-src 'none'" in policy
        # WebAssembly of the search, on its page only.
        assert ("unsafe" in policy.replace("'wasm-unsafe-eval'", "")) is False
        assert ("wasm-unsafe-eval" in policy) is (page.path == "tim-kiem/index.html")
        assert "base-uri 'none'" in policy
        before = page.raw[: page.raw.index(b"Content-Security-Policy")]
        assert b"<script" not in before, page.path
        assert b"<link" not in before, page.path


# --- pictures ----------------------------------------------------------------------


def test_every_picture_has_alternative_text_and_its_measures(everything: list[Page]) -> None:
    def wrong(page: Page) -> Iterator[object]:
        for image in page.tree.iter("img"):
            if image.get("alt") is None:
                yield f"no alt: {image.get('src')}"
            if not all((image.get(side) or "").isdigit() for side in ("width", "height")):
                yield f"no measures: {image.get('src')}"

    assert faults(everything, wrong) == []


def test_pictures_in_texts_are_described_in_words(articles: list[Page]) -> None:
    for page in articles:
        for alt in page.values("//figure//img/@alt"):
            assert len(alt.split()) >= 3, page.path


def test_the_measures_of_a_picture_are_those_of_its_file(pages: list[Page], sample_site: Path) -> None:
    measured: dict[str, tuple[int, int]] = {}
    for page in pages:
        for image in page.tree.xpath("//picture//img"):
            source = image.get("src")
            if source not in measured:
                with Image.open(published_file(sample_site, source)) as opened:
                    measured[source] = opened.size
                    assert opened.format == "JPEG"
                    assert not opened.getexif()
            assert measured[source] == (int(image.get("width")), int(image.get("height"))), page.path
    assert len(measured) >= 8


def test_a_picture_is_offered_once_in_each_of_three_widths(pages: list[Page], sample_site: Path) -> None:
    seen: set[str] = set()
    for page in pages:
        for source in page.tree.xpath("//picture/source"):
            assert source.get("type") == "image/webp"
            assert source.get("sizes")
            offers = [part.split() for part in source.get("srcset").split(",")]
            widths = [int(width.removesuffix("w")) for _, width in offers]
            assert widths == sorted(set(widths)), f"{page.path}: {widths}"
            assert len(widths) == 3
            for address, width in offers:
                if address not in seen:
                    seen.add(address)
                    with Image.open(published_file(sample_site, address)) as image:
                        assert (image.format, image.width) == ("WEBP", int(width.removesuffix("w")))
    assert seen


# --- words ---------------------------------------------------------------------------


def test_no_word_of_a_draft_is_anywhere_in_the_output(sample_site: Path) -> None:
    files = {file: file.read_bytes() for file in sample_site.rglob("*") if file.is_file()}
    texts = b"\n".join(data for file, data in files.items() if file.suffix not in (".webp", ".jpg", ".png"))
    drafts = 0
    for source in (REPOSITORY / "content").rglob("*.md"):
        draft = frontmatter.loads(source.read_text(encoding="utf-8"))
        if not draft.get("draft"):
            continue
        drafts += 1
        sentences = [s for s in re.split(r"(?<=[.!?])\s+|\n+", draft.content) if len(s.split()) > 5]
        assert sentences
        for words in (draft["title"], draft.get("summary", draft["title"]), source.stem, *sentences):
            assert words.encode() not in texts, words
        assert not [file for file in files if source.stem in str(file)]
        # Nor does anybody learn of it through an author or a tag that only the draft has.
        others = [
            frontmatter.loads(f.read_text(encoding="utf-8"))
            for f in (REPOSITORY / "content/tin").rglob("*.md")
            if f != source
        ]
        known = {tag for other in others for tag in other.get("tags", [])} | {o.get("author") for o in others}
        for name in {*draft.get("tags", []), draft["author"]} - known:
            assert name.encode() not in texts, name
    assert drafts >= 1


WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


def test_dates_are_shown_in_the_vietnamese_manner_and_mean_what_machines_read(pages: list[Page]) -> None:
    form = re.compile(
        r"(?:(?P<weekday>[^,]+), )?(?P<day>\d\d)/(?P<month>\d\d)/(?P<year>\d{4})(?:, (?P<time>\d\d:\d\d))?"
    )
    seen = 0
    for page in pages:
        for element in page.tree.iter("time"):
            seen += 1
            words = element.text_content().strip()
            if in_words := re.fullmatch(r"ngày (\d\d|\xa0+) tháng (\d{1,2}) năm (\d{4})", words):
                # On documents, as the decree has it; the day may be blank.
                day, month, year = in_words.groups()
                assert element.get("datetime") == "-".join([year, f"{int(month):02}", *([day] if day.strip() else [])])
                continue
            if month_only := re.fullmatch(r"(\d\d)/(\d{4})", words):
                assert element.get("datetime") == f"{month_only[2]}-{month_only[1]}"
                continue
            shown = form.fullmatch(words)
            assert shown, f"{page.path}: {element.text_content()!r}"
            moment = datetime.fromisoformat(element.get("datetime"))
            day = date(int(shown["year"]), int(shown["month"]), int(shown["day"]))
            assert moment.date() == day, page.path
            assert shown["weekday"] in (None, WEEKDAYS[day.weekday()]), page.path
            if shown["time"]:
                assert f"{moment:%H:%M}" == shown["time"]
                assert moment.utcoffset() is not None
    assert seen > 500


def test_view_counts_are_shown_with_dots_between_thousands(articles: list[Page]) -> None:
    shown = {}
    for page in articles:
        head = " ".join(page.tree.find(".//main//header").text_content().split())
        counts = re.findall(r"(?<![\d.,])([\d.]+) lượt xem", head)
        views = front_matter(page).get("views")
        assert counts == ([] if views is None else [f"{views:,}".replace(",", ".")]), page.path
        shown[page.path] = counts
    assert ["31.791"] in shown.values()
    assert [] in shown.values()


def test_text_is_composed_unicode_without_control_characters(everything: list[Page]) -> None:
    import unicodedata

    for page in everything:
        text = page.raw.decode("utf-8")
        assert unicodedata.is_normalized("NFC", text), page.path
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\ufffd]", text), page.path


def test_templates_leave_nothing_unfinished(everything: list[Page]) -> None:
    for page in everything:
        text = page.tree.text_content() + " ".join(page.values("//@content"))
        assert not re.search(r"\bNone\b|\{\{|\{%|Undefined|\bnull\b|\bTrue\b|\bFalse\b", text), page.path


def test_the_sample_portal_has_documents_of_every_sort(pages: list[Page]) -> None:
    """Relations and chains of them, what is replaced, what only citations know, and what nobody can date."""
    documents = [page for page in pages if re.match(r"van-ban/\d{4}/", page.path)]
    stubs = [page for page in pages if page.path.startswith("van-ban/so/")]
    relations = {
        page.url: page.values("//section[@aria-labelledby='quan-he']//li/a/@href")
        for page in documents
        if page.values("//section[@aria-labelledby='quan-he']")
    }
    chains = [url for url, others in relations.items() if any(set(relations.get(o, ())) - {url} for o in others)]
    undated = [page for page in pages if page.values("//table//caption[contains(., 'chưa xác định')]")]
    candidates = [link for page in undated for link in page.values("//td[@class='register__candidates']//a/@href")]

    assert len(documents) >= 40
    assert len(stubs) >= 5
    assert len(relations) >= 10
    assert chains
    assert any("Đã được thay thế bởi" in page.tree.text_content() for page in documents)
    assert len(candidates) >= 2
