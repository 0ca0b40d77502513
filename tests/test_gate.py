"""What is made is read once more before it goes live: faults seeded in a finished site, each of which stops it."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import NOW, SITE_TOML, SiteTest, template
from golden.mistakes import picture
from msgspec.structs import replace

from loa import pipeline
from loa.candidate import Candidate
from loa.cli import main
from loa.config import Config
from loa.gate import Gate, links_to, shrinking
from loa.manifest import Staged
from loa.render import Renderer
from loa.store import Store
from loa.views import View

ARTICLE, HOME, PAGE = "tin/2026/05/le-hoi.html", "index.html", "trang/gioi-thieu.html"
REDIRECT, DOCUMENT = "cu.html", "van-ban/2026/12.html"
OWN = "https://thu.example/"
Harm = Callable[[bytes], bytes]


def swap(old: str, new: str) -> Harm:
    """``old``, which must be there, replaced once."""

    def harm(data: bytes) -> bytes:
        assert old.encode() in data, f"{old} is not there"
        return data.replace(old.encode(), new.encode(), 1)

    return harm


def pattern(old: str, new: str) -> Harm:
    """What the pattern ``old`` finds first, which it must, replaced."""

    def harm(data: bytes) -> bytes:
        changed, count = re.subn(old.encode(), new.encode(), data, count=1, flags=re.DOTALL)
        assert count == 1, f"{old} is not there"
        return changed

    return harm


def before_main(words: str) -> Harm:
    return swap("<main", f"{words}<main")


# What is done to which file, and words of what is said of it.
HARMS: dict[str, tuple[str, Harm, str]] = {
    # Torn.
    "cut in the middle": (ARTICLE, lambda data: data[: len(data) // 2], "</html>"),
    "cut in a tag": (ARTICLE, lambda data: data[: data.index(b"<main") + 3], "dấu <"),
    "end cut off": (PAGE, lambda data: data[: data.rindex(b"</html>")], "</html>"),
    "emptied": (HOME, lambda _: b"", "rỗng"),
    "blanks alone": (DOCUMENT, lambda _: b"\n  \n", "rỗng"),
    "zeros of a disk": (ARTICLE, lambda data: data[:900] + b"\0" * 64 + data[964:], "ký tự điều khiển"),
    "not UTF-8": (ARTICLE, lambda data: data.replace("ễ".encode(), b"\xe1\xbb", 1), "UTF-8"),
    "beginning cut off": (ARTICLE, lambda data: data[30:], "<!doctype html>"),
    # Markup.
    "an element is not closed": (ARTICLE, before_main("<div>"), "<div>"),
    "an element is closed twice": (ARTICLE, swap("</main>", "</main></main>"), "</main>"),
    "elements cross": (ARTICLE, before_main("<b><i>x</b></i>"), "<i>"),
    "an end without beginning": (HOME, before_main("</section>"), "</section>"),
    "a comment without end": (HOME, before_main("<!-- xong sau"), "dấu <"),
    "a quotation mark without end": (HOME, before_main('<a href="/>x</a>'), "dấu <"),
    "a bare sign": (PAGE, before_main("<p>5 < 6</p>"), "dấu <"),
    "a script without end": (HOME, before_main('<script src="/js/x.js">'), "dấu <"),
    "no title": (ARTICLE, pattern("<title>.*?</title>", ""), "<title>"),
    "an empty title": (ARTICLE, pattern("<title>.*?</title>", "<title> </title>"), "<title>"),
    "an empty title before that of a drawing": (
        ARTICLE,
        pattern("<title>.*?</title>", "<title></title><svg><title>Hình</title></svg>"),
        "<title>",
    ),
    "no language": (ARTICLE, swap('<html lang="vi">', "<html>"), "lang"),
    # Addresses.
    "a dead link": (HOME, before_main('<a href="/tin/mat.html">x</a>'), "/tin/mat.html"),
    "a dead link on several lines": (HOME, before_main('<a\nclass="x"\nhref="/mat/">x</a>'), "/mat/"),
    "a relative link": (HOME, before_main('<a href="mat.html">x</a>'), "viết từ gốc"),
    "a dead picture": (ARTICLE, pattern(r'<img src="[^"]+"', '<img src="/anh/mat.jpg"'), "/anh/mat.jpg"),
    "a dead size of a picture": (ARTICLE, pattern(r'srcset="[^"]+"', 'srcset="/anh/mat.webp 480w"'), "/anh/mat.webp"),
    "a dead stylesheet": (PAGE, pattern(r"/css/loa\.\w+\.css", "/css/loa.000.css"), "/css/loa.000.css"),
    "a dead script": (PAGE, pattern(r"/js/loa\.\w+\.js", "/js/loa.000.js"), "/js/loa.000.js"),
    "a dead feed": (HOME, swap('href="/rss.xml"', 'href="/rss2.xml"'), "/rss2.xml"),
    "a dead icon": (HOME, swap("/favicon.svg", "/favicon2.svg"), "/favicon2.svg"),
    "a dead target of a redirect": (REDIRECT, pattern(r"0; url=[^\"]+", "0; url=/mat.html"), "/mat.html"),
    "a dead form": (HOME, pattern(r'action="[^"]+"', 'action="/mat/"'), "/mat/"),
    "a dead picture for sharing": (ARTICLE, pattern(r'image" content="[^"]+', f'image" content="{OWN}x.jpg'), "x.jpg"),
    # What a browser must not be asked to do.
    "a foreign script": (HOME, before_main('<script src="https://cdn.example/x.js"></script>'), "cdn.example"),
    "a foreign picture": (ARTICLE, before_main('<img src="//dem.example/1.gif" alt="">'), "dem.example"),
    "a foreign style": (HOME, before_main('<link rel="stylesheet" href="https://cdn.example/x.css">'), "cdn.example"),
    "a connection to elsewhere": (HOME, before_main("<link rel=preconnect href='//phong.example'>"), "phong.example"),
    "a picture in the page itself": (HOME, before_main('<img src="data:image/gif;base64,R0" alt="">'), "data:image"),
    "a film from elsewhere": (ARTICLE, before_main('<iframe src="https://phim.example/1"></iframe>'), "<iframe>"),
    "another base": (HOME, before_main('<base href="https://gia.example/">'), "<base>"),
    "code in the page": (HOME, before_main("<script>alert(1)</script>"), "<script>"),
    "code in an attribute": (HOME, before_main('<p onclick="x()">x</p>'), "onclick"),
    "code in a link": (HOME, before_main('<a href="java&#115;cript:x()">x</a>'), "mã lệnh"),
    "style in an attribute": (HOME, before_main('<p style="color:red">x</p>'), "style"),
    "style in the page": (HOME, before_main("<style>p { color: red }</style>"), "style"),
    "a form to elsewhere": (HOME, before_main('<form action="https://thu-thap.example/"></form>'), "thu-thap"),
    "a button to elsewhere": (HOME, before_main('<button formaction="//thu-thap.example/">x</button>'), "thu-thap"),
    "data that cannot be read": (ARTICLE, swap('ld+json">{', 'ld+json">{,'), "JSON-LD"),
    # What machines read.
    "a feed with a bare sign": ("rss.xml", swap("<title>", "<title>A & B"), "XML"),
    "a feed cut in the middle": ("atom.xml", lambda data: data[: len(data) // 2], "XML"),
    "an item without identity": ("rss.xml", pattern("<guid.*?</guid>", ""), "<guid>"),
    "an item without link": ("rss.xml", pattern("(<item>.*?)<link>.*?</link>", r"\1"), "<link>"),
    "two items of one identity": ("rss.xml", pattern("(<item>.*?</item>)", r"\1\1"), "cùng mã"),
    "an entry without a day": ("atom.xml", pattern("(<entry>.*?)<updated>.*?</updated>", r"\1"), "<updated>"),
    "a feed without a name": ("rss.xml", pattern("<title>.*?</title>", "<title></title>"), "<title>"),
    "a feed that leads nowhere": ("rss.xml", pattern("(<item>.*?<link>).*?<", rf"\1{OWN}mat.html<"), "/mat.html"),
    "a map of another site": ("sitemap-2026.xml", swap(OWN, "https://khac.example/"), "khac.example"),
    "a map that leads nowhere": ("sitemap-2026.xml", swap("le-hoi.html", "mat.html"), "mat.html"),
    "a map that names a dead map": ("sitemap.xml", swap("sitemap-2026", "sitemap-2062"), "sitemap-2062"),
    "robots sent nowhere": ("robots.txt", swap("sitemap.xml", "mat.xml"), "mat.xml"),
    "settings of the browser": ("site.webmanifest", swap("{", "{{"), "JSON"),
    "what the search loads": ("idx", lambda data: data[:-9], "JSON"),
    "what the search loads, unpacked wrongly": ("idx", lambda _: gzip.compress(b"[1,", mtime=0), "JSON"),
    "a picture that is none": ("webp", lambda _: b"<html>", "webp"),
    "an emptied picture": ("webp", lambda _: b"", "rỗng"),
    "a style with a foreign face": ("css", lambda data: data + b"@font-face{src:url(//cdn.example/x.woff2)}", "cdn"),
    "a stylesheet that calls another": ("css", lambda data: b'@import "https://cdn.example/x.css";' + data, "cdn"),
    "a stylesheet without its faces": ("css", pattern(r"\.\./fonts/[\w-]+\.woff2", "../fonts/mat.woff2"), "mat.woff2"),
    "a script that calls a dead one": ("js/search", swap("./", "./mat-"), "mat-"),
}  # fmt: skip


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> SiteTest:
    """A site of every kind of page, published."""
    site = SiteTest(tmp_path_factory.mktemp("gate") / "site")
    site.write("content/anh/hoi.jpg", picture(size=(640, 480))).write("content/tep/mau.txt", "Biểu mẫu.")
    site.article(
        "2026/05/le-hoi", "Lễ hội. ![Hội](/anh/hoi.jpg)\n\nTheo Công văn số 12/UBND-TH.", image="/anh/hoi.jpg",
        tags="[lễ hội]", author="Lê Văn An", aliases="[/cu.html]", attachments="[/tep/mau.txt]",
    )  # fmt: skip
    for number in range(5):
        site.article(f"2026/04/bai-{number}", date=f"2026-04-0{number + 1}", author="Phòng Truyền thông")
    return site.page("gioi-thieu").document("2026/12").build()


@pytest.fixture
def site(finished: SiteTest, tmp_path: Path) -> SiteTest:
    """A copy of it that may be harmed."""
    return SiteTest.at(Path(shutil.copytree(finished.root, tmp_path / "site")))


def seed(site: SiteTest, monkeypatch: pytest.MonkeyPatch, path: str, harm: Harm) -> None:
    """Have what is made for ``path``, or for the first file whose path has that in it, come out harmed."""
    public = site.public
    name = path if path in public else next(name for name in public if path in name and "toan-van" not in name)
    sound, harmed = public[name], harm(public[name])
    assert sound != harmed
    render = Renderer.render

    def rendered(self: Renderer, view: View) -> bytes:
        made = render(self, view)
        return harmed if made == sound else made

    monkeypatch.setattr(Renderer, "render", rendered)


def refused(site: SiteTest, before: dict[str, bytes]) -> str:
    """What is said of the build that was refused and changed nothing."""
    assert not site.report.done
    assert site.public == before
    return "\n".join(site.problems)


@pytest.mark.proves("R11 faults")
@pytest.mark.parametrize(("path", "harm", "words"), HARMS.values(), ids=HARMS)
def test_a_fault_in_a_finished_site_stops_it(
    path: str, harm: Harm, words: str, site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = site.public
    seed(site, monkeypatch, path, harm)

    site.build(full=True)

    assert words in refused(site, before)
    monkeypatch.undo()
    assert site.build(full=True).public == before


def test_a_sound_site_passes_in_both_forms_and_below_a_path(site: SiteTest) -> None:
    site.replace("site.toml", "https://thu.example", "https://thu.example/cong").build(full=True)
    assert site.report.done

    site.build(release=site.root / "www")
    assert site.report.done


# --- what is missing -------------------------------------------------------------------


def leave_out(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Have the plan forget the output at ``path``."""
    make = pipeline._candidate

    def forgetful(*arguments: object) -> Candidate:
        found = make(*arguments)  # type: ignore[arg-type]  # handed on
        sections = [
            replace(
                section,
                paths=tuple(p for p in section.paths if p != path),
                outputs=lambda section=section: [o for o in section.outputs() if o.path != path],
            )
            for section in found.site.sections
        ]
        return replace(found, site=replace(found.site, sections=sections))

    monkeypatch.setattr(pipeline, "_candidate", forgetful)


FORGOTTEN = {
    "an article": (ARTICLE, f"/{ARTICLE}"),
    "a redirect": (REDIRECT, "/cu.html"),
    "the home page": ("index.html", '"/"'),
    "a category": ("chuyen-muc/tin/index.html", "/chuyen-muc/tin/"),
    "a unit": ("don-vi/truyen-thong/index.html", "/don-vi/truyen-thong/"),
    "a picture": ("anh/hoi-", "/anh/hoi-"),
    "an attachment": ("tep/mau.txt", "/tep/mau.txt"),
    "a feed": ("atom.xml", "/atom.xml"),
    "the stylesheet": ("css/loa.", "/css/loa."),
    "a list of the archive": ("luu-tru/2026/04/index.html", "/luu-tru/2026/04/"),
    "the document that is cited": (DOCUMENT, f"/{DOCUMENT}"),
    "a map": ("sitemap-2026.xml", "sitemap-2026.xml"),
}


@pytest.mark.proves("R11 faults")
@pytest.mark.parametrize("full", [True, False], ids=["all anew", "what changed"])
@pytest.mark.parametrize(("path", "words"), FORGOTTEN.values(), ids=FORGOTTEN)
def test_what_is_linked_or_was_promised_and_is_not_made_stops_a_site(
    path: str, words: str, full: bool, site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = site.public
    leave_out(monkeypatch, next(name for name in before if name.startswith(path)))

    site.build(full=full)

    assert words in refused(site, before)


@pytest.mark.proves("R11 faults")
def test_a_staged_file_that_lost_its_end_stops_a_site(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    before = site.public
    put = Store.put

    def torn(self: Store, path: str, data: bytes) -> Staged:
        staged = put(self, path, data)
        if path == ARTICLE:
            (self.stage / staged.file).write_bytes(data[:50])
        return staged

    site.article("2026/05/le-hoi", "Khác.", aliases="[/cu.html]")
    monkeypatch.setattr(Store, "put", torn)

    site.build()

    assert "byte" in refused(site, before)


# --- how much there is ------------------------------------------------------------------


def run(site: SiteTest, *options: str) -> int:
    return main(["--root", str(site.root), "--now", NOW.isoformat(), "--workers", "1", *options])


@pytest.mark.proves("R11 faults")
def test_a_site_without_any_text_is_not_published_unless_it_is_said(
    site: SiteTest, capsys: pytest.CaptureFixture[str]
) -> None:
    # As in a workflow whose cache was lost, and whose check-out is not whole.
    shutil.rmtree(site.root / "content")
    (site.root / "content").mkdir()
    shutil.rmtree(site.root / ".public.loa")
    shutil.rmtree(site.root / "public")

    assert run(site) == 1
    assert not (site.root / "public").exists()
    assert "cổng sẽ trống" in capsys.readouterr().err

    assert run(site, "--force") == 0
    assert "index.html" in site.public


@pytest.mark.proves("R11 faults")
def test_a_site_that_loses_many_pages_is_not_published_unless_it_is_said(
    site: SiteTest, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(12):
        site.article(f"2026/03/the-{number}", tags=f"[thẻ {number}]", date=f"2026-03-{number + 10}")
    before = site.build().public
    assert site.report.done
    for number in range(12):
        site.article(f"2026/03/the-{number}", date=f"2026-03-{number + 10}")

    assert run(site) == 1
    assert site.public == before
    assert "the/ 12" in capsys.readouterr().err

    assert run(site, "--force") == 0
    assert not any(path.startswith("the/the-") for path in site.public)


def test_a_few_pages_may_go_without_a_question() -> None:
    def pages(count: int) -> list[str]:
        return [f"tin/{number}.html" for number in range(count)]

    assert shrinking(pages(20), pages(10)) is None
    assert shrinking(pages(20), pages(9)) is not None
    assert shrinking(pages(1000), pages(950)) is None
    assert shrinking(pages(1000), pages(949)) is not None
    assert shrinking([*pages(20), "anh/x.jpg"], pages(20)) is None
    assert shrinking([], pages(3)) is None


def test_force_lets_no_faulty_page_pass(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    before = site.public
    seed(site, monkeypatch, *HARMS["a foreign script"][:2])

    site.build(full=True, force=True)

    assert "cdn.example" in refused(site, before)


# --- how it is told ---------------------------------------------------------------------


def test_a_fault_of_a_template_is_told_once_for_all_pages_that_have_it(site: SiteTest) -> None:
    own = site.root / "templates/pages/article.html"
    site.write(
        "templates/pages/article.html",
        '{% extends "base.html" %}{% block head %}<script src="https://cdn.example/x.js"></script>{% endblock %}',
    )
    assert own.exists()

    site.build()

    (told,) = site.problems
    assert told.startswith("templates/pages/article.html:0  | Dựng ra tin/2026/04/bai-0.html (và 5 trang khác): tải ")


def test_checking_tells_what_the_gate_would(site: SiteTest) -> None:
    site.write("templates/pages/404.html", template("<p>Không có"))

    site.build(check_only=True)

    assert site.problems == []
    site.write("templates/pages/404.html", template("<div>Không có"))
    site.build(check_only=True)
    assert not site.report.done
    assert "<div>" in site.problems[0]


# --- the gate alone ------------------------------------------------------------------------


@pytest.fixture
def gate(finished: SiteTest) -> Gate:
    config, _ = pipeline.load_config(finished.root)
    assert isinstance(config, Config)
    return Gate(set(finished.public), config)


def page(main: str) -> bytes:
    return template(main).encode()


@pytest.mark.parametrize(
    "main",
    [
        "<ul><li>một<li>hai</ul>",
        "<p>một<p>hai<div><p>ba</div>",
        "<table><tr><td>1<td>2<tr><td>3</table>",
        "<dl><dt>a<dd>b<dt>c<dd>d</dl>",
        '<svg viewBox="0 0 1 1"><path d="M0 0"/><g><circle r="1"/></g></svg>',
        "<!-- <div> -->\n<p>x</p>",
        "<!--\n<div>\n-->",
        "<p\nclass='x'\n>x</p>",
        '<a title="a > b" href="/">x</a>',
        '<a href="https://khac.example/">x</a><a href="mailto:a@b.vn">x</a><a href="tel:113">x</a><a href="?q=">x</a>',
        '<a href="#noi-dung">x</a><input disabled><br/>',
        "<P>x</P><IMG SRC='/favicon.svg' ALT=''>",
        "<p>a &lt; b &amp;&amp; c</p>",
        '<script type="application/ld+json">{"a": "</b>"}</script>',
        '<img srcset="/favicon.svg 1x, /favicon.svg 2x" src="https://thu.example/favicon.svg" alt="">',
        '<link rel="canonical" href="https://khac.example/"><link rel="license" href="https://cc.example/by">',
    ],
)
def test_what_is_fine_in_html_passes(main: str, gate: Gate) -> None:
    assert gate.faults("x.html", page(main)) == []
    # Read a second time, lines are remembered.
    assert gate.faults("x.html", page(main)) == []


def test_a_line_that_is_remembered_is_judged_where_it_stands(gate: Gate) -> None:
    good, bad = page("<div>\n<p>x</p>\n</div>"), page("<p>x</p>\n</div>")

    assert gate.faults("x.html", good) == []
    assert gate.faults("x.html", bad) != []
    assert gate.faults("x.html", good) == []


def test_an_address_of_another_program_is_not_dead(site: SiteTest) -> None:
    settings = f'{SITE_TOML}\n[addresses]\nothers = ["/dich-vu/"]\n'
    site.write("site.toml", settings)
    config, _ = pipeline.load_config(site.root)
    assert config

    assert Gate(set(), config).faults("x.html", page('<a href="/dich-vu/nop.html?a=1#b">x</a>')) == []
    assert Gate(set(), config).faults("x.html", page('<a href="/dich-vu-khac/">x</a>')) != []


@pytest.mark.parametrize("count", [1, 20])
def test_a_link_to_a_page_that_goes_is_found(count: int) -> None:
    gone = frozenset(b"/tin/%d.html" % number for number in range(count))

    assert links_to(b'<a href="/tin/0.html">x</a>', gone) == b"/tin/0.html"
    assert links_to(b'<a href="/tin/0.html#a">x</a>', gone) == b"/tin/0.html"
    assert links_to(b'<a href="/tin/0.htm">x</a><a href="/x/tin/0.html">', gone) == b""
