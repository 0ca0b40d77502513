"""Three real news pages of provincial portals, given front matter and published: nothing of them may be lost.

Their texts are read at run time from the folder beside the repository; no sentence of theirs stands here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from conftest import REPOSITORY, SiteTest
from lxml import html

ADDRESS = "tin/2021/bai.html"


@dataclass(frozen=True, repr=False)
class Sample:
    """The lines of a publication, by what they are."""

    title: str
    body: tuple[str, ...]
    date: str = ""
    views: str = ""
    author: str = ""
    source: str = ""
    category: str = ""
    caption: str = ""
    earlier: tuple[tuple[str, str], ...] = ()


def lines_of(samples: Path, number: str) -> list[str]:
    (file,) = samples.glob(f"{number}_*.txt")
    text = file.read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def bespoke(samples: Path) -> Sample:
    """000: a portal with a twelve-hour clock, a unit as author and a source line."""
    title, date, views, *body, author, source = lines_of(samples, "000")
    day, month, year, hour, minute, second, half = re.search(
        r"(\d+)-(\d+)-(\d+) / (\d+):(\d+):(\d+) (Sáng|Chiều)", date
    ).groups()
    hour = int(hour) % 12 + (12 if half == "Chiều" else 0)
    return Sample(
        title=title,
        date=f"{year}-{month}-{day} {hour:02}:{minute}:{second}",
        views=views.split()[0],
        author=author,
        source=source.removeprefix("Nguồn:").strip(),
        body=tuple(body),
    )


@pytest.fixture(scope="module")
def with_keys(samples: Path) -> Sample:
    """001: a portal whose date and view count are printed with the keys of its software."""
    category, title, facts, *body, author = lines_of(samples, "001")
    day, month, year, time, views = re.search(r"(\d+)/(\d+)/(\d+) \| (\d+:\d+).*?(\d+)$", facts).groups()
    return Sample(
        title=title,
        date=f"{year}-{month}-{day} {time}",
        views=views,
        author=author,
        category=category.capitalize(),
        body=tuple(body),
    )


@pytest.fixture(scope="module")
def with_list(samples: Path) -> Sample:
    """002: an office's page with a captioned picture and the list of what was published before."""
    lines = lines_of(samples, "002")
    heading = lines.index("Các tin đã đăng")
    category, _clock_of_the_visit, title, caption, *body, author, _tools = lines[:heading]
    earlier = tuple(re.fullmatch(r"• (.*) \((\d\d/\d\d/\d{4})\)", line).groups() for line in lines[heading + 1 :])
    return Sample(title=title, category=category, caption=caption, author=author, body=tuple(body), earlier=earlier)


def published(site: SiteTest, sample: Sample, **fields: str) -> html.HtmlElement:
    """The page that comes of a sample. Every value is quoted, as an editor's form would do."""
    values = {"date": sample.date, "author": sample.author, "source": sample.source, "views": sample.views}
    given = {key: value for key, value in values.items() if value}
    quoted = {key: f'"{value}"' for key, value in given.items() if key in ("author", "source")}
    category = sample.category or "Tin tức – Sự kiện"
    config = (site.root / "site.toml").read_text(encoding="utf-8").replace("earlier = 4", "earlier = 15")
    if f'"{category}"' not in config:
        config += f'\n[[category]]\nslug = "rieng"\nname = "{category}"\n'
    if sample.author.startswith(("Phòng", "BBT")) and f'"{sample.author}"' not in config:
        config += f'\n[[unit]]\nslug = "nguoi-dang"\nname = "{sample.author}"\n'
    site.write("site.toml", config)
    title = "'" + sample.title.replace("'", "''") + "'"
    site.article("2021/bai", "\n\n".join(sample.body), title=title, category=category, **{**given, **quoted, **fields})
    site.build()
    assert site.report.done, site.problems
    return site.html(ADDRESS)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def assert_body(page: html.HtmlElement, sample: Sample) -> None:
    """Every word of the text is on the page, in its order; list marks have become lists."""
    expected = " ".join(line.removeprefix("- ") for line in sample.body)
    assert words(page.find(".//div[@class='prose']")) == expected


def test_the_first_sample_appears_with_every_field(site: SiteTest, bespoke: Sample) -> None:
    page = published(site, bespoke)
    article = page.find(".//article")
    shown = words(article)

    assert words(page.find(".//h1")) == bespoke.title
    assert "Thứ Ba, 09/11/2021, 09:15" in shown
    assert article.xpath(".//time/@datetime")[0] == "2021-11-09T09:15:55+07:00"
    assert "469 lượt xem" in shown
    assert_body(page, bespoke)
    assert page.xpath("//a[@rel='author']/text()") == ["Phòng Truyền thông"]
    assert page.xpath("//a[@rel='author']/@href") == ["/don-vi/truyen-thong/"]
    assert "Nguồn: Cổng TTĐT tỉnh" in shown
    # Author and source stand at the end, after the text, as the portal printed them.
    assert shown.rindex(bespoke.body[-1][-40:]) < shown.rindex("Phòng Truyền thông") < shown.rindex("Nguồn: ")


def test_the_second_sample_appears_with_every_field(site: SiteTest, with_keys: Sample) -> None:
    page = published(site, with_keys)
    article = page.find(".//article")
    shown = words(article)

    assert words(page.find(".//h1")) == with_keys.title
    assert with_keys.category.casefold() == "thông tin chỉ đạo điều hành"
    assert page.xpath("//article//a[@href='/chuyen-muc/rieng/']/text()") == [with_keys.category]
    assert "Thứ Hai, 01/11/2021, 02:49" in shown
    assert "31.791 lượt xem" in shown
    assert "cms-" not in shown
    assert page.xpath("//a[@rel='author']/text()") == ["Huy Hoàng"]
    assert page.xpath("//a[@rel='author']/@href") == ["/tac-gia/huy-hoang/"]
    assert_body(page, with_keys)
    marked = sum(line.startswith("- ") for line in with_keys.body)
    assert marked
    assert len(page.xpath("//div[@class='prose']//li")) == marked


def test_the_third_sample_appears_with_every_field(site: SiteTest, with_list: Sample) -> None:
    site.write("content/anh/khau-trang.jpg", (REPOSITORY / "content/anh/tram-y-te.jpg").read_bytes())
    picture = f'\n  file: /anh/khau-trang.jpg\n  alt: Người dân đeo khẩu trang\n  caption: "{with_list.caption}"'

    page = published(site, with_list, date="2021-05-17", image=picture)

    assert words(page.find(".//h1")) == with_list.title
    assert page.xpath("//article//a[@href='/chuyen-muc/rieng/']/text()") == [with_list.category]
    assert words(page.find(".//article//figcaption")) == with_list.caption
    assert page.xpath("//a[@rel='author']/text()") == ["BBT"]
    assert page.xpath("//a[@rel='author']/@href") == ["/don-vi/nguoi-dang/"]
    # Its "print" and "send mail".
    assert page.xpath("//button[@data-print]")
    assert page.xpath("//article//a[starts-with(@href, 'mailto:?')]")
    assert_body(page, with_list)


def test_the_list_of_earlier_articles_is_the_one_the_portal_printed(site: SiteTest, with_list: Sample) -> None:
    """Fifteen entries, newest first, ties included, each with title and date."""
    assert len(with_list.earlier) == 15
    # Of two articles of one day the later one stands first, so its file is named after the other's.
    for number, (title, day) in enumerate(reversed(with_list.earlier)):
        date = datetime.strptime(day, "%d/%m/%Y").date().isoformat()  # noqa: DTZ007  # a day
        quoted = "'" + title.replace("'", "''") + "'"
        site.article(f"2021/{number:02}", title=quoted, date=date, category=with_list.category)
    # Neither what came later, nor what stands elsewhere, nor a sixteenth one is in the list.
    site.article("2021/sau", date="2021-06-01", category=with_list.category)
    site.article("2021/khac", date="2021-04-01")
    site.article("2021/a-dau-tien", date="2020-12-31", category=with_list.category)

    page = published(site, with_list, date="2021-05-17")

    (section,) = [s for s in page.iter("section") if words(s.find("h2")) == "Các tin đã đăng"]
    shown = [re.fullmatch(r"(.*) \((\d\d/\d\d/\d{4})\)", words(item)).groups() for item in section.iter("li")]
    assert shown == list(with_list.earlier)
    assert section.xpath(".//li//a/@href") == [f"/tin/2021/{number:02}.html" for number in range(14, -1, -1)]
