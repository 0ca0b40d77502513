"""Official documents on paper, measured: Nghị định 30/2020/NĐ-CP, Phụ lục I.

What is measured is the PDF that Chromium makes; lengths in millimetres, sizes of type in points.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from conftest import SiteTest
from playwright.sync_api import Route
from pypdf import PageObject, PdfReader

from browser.conftest import OpenContext
from tools.serve import serving

WIDTH, HEIGHT = 210.0, 297.0
TOP, RIGHT, BOTTOM, LEFT = 20.0, 15.0, 20.0, 30.0
POINT = 25.4 / 72
# Of Times New Roman and what has its measures: how far letters rise above the line they stand on.
ASCENT = 0.891


class Words(NamedTuple):
    """Words on a sheet: where they begin, the line they stand on, from the top; their size and face."""

    text: str
    x: float
    y: float
    size: float
    face: str


class Sheet(NamedTuple):
    """A printed sheet: its words in the order of the file, and the right end of whatever is drawn."""

    words: list[Words]
    right: float

    def find(self, beginning: str) -> Words:
        """The words that begin so."""
        return next(words for words in self.words if words.text.startswith(beginning))


def place(matrix: list[float], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return (x * a + y * c + e) * POINT, HEIGHT - (x * b + y * d + f) * POINT


def sheet(page: PageObject) -> Sheet:
    words: list[Words] = []
    ends: list[float] = []

    def text(found: str, matrix: list[float], line: list[float], font: dict[str, Any] | None, size: float) -> None:
        if found.strip():
            x, y = place(matrix, line[4], line[5])
            face = str((font or {}).get("/BaseFont", ""))
            words.append(Words(found.strip(), x, y, size * abs(line[3] * matrix[3]), face))

    def drawn(operator: bytes, operands: list[Any], matrix: list[float], _: object) -> None:
        if operator == b"re":
            x, y, width, _height = map(float, operands)
            ends.append(place(matrix, x + width, y)[0])

    page.extract_text(visitor_text=text, visitor_operand_before=drawn)
    return Sheet(words, max(end for end in ends if end < WIDTH - 1))


TABLE = "\n\n| Nơi | Số hộ |\n|---|---|\n| Xã A | 12 |\n"
DECISION = "\n\n".join(
    f"**Điều {number}.** " + "Các cơ quan thực hiện nhiệm vụ được giao. " * 12 for number in range(1, 12)
)


LIMITED = {
    "het": {"expires": "2026-05-01"},
    "chua": {"effective": "2027-01-01"},
    "con-hieu-luc": {"status": "còn hiệu lực"},
}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with a dispatch and a decision of several sheets."""
    site = SiteTest(tmp_path_factory.mktemp("paper"))
    signer = "{authority: KT. CHỦ TỊCH, office: PHÓ CHỦ TỊCH, name: Trịnh Quốc Thái}"
    issuer = {
        "issuer": "Ủy ban nhân dân tỉnh Thư",
        "place": "Thư",
        "recipients": "[Như trên, Lưu VT]",
        "signer": signer,
    }
    site.document("cong-van", "Ủy ban nhân dân tỉnh yêu cầu." + TABLE, to="[Các sở, Các xã]", **issuer)
    site.document("quyet-dinh", DECISION, kind="Quyết định", number="12/QĐ-UBND", parent="Chính phủ", **issuer)
    # As the dispatch, word for word; but one is over, one not in force yet, one says that it is in force.
    for number, (name, fields) in enumerate(LIMITED.items(), 13):
        numbered = {**issuer, "number": f"{number}/UBND-TH", "subject": "trích yếu cong-van", **fields}
        site.document(name, "Ủy ban nhân dân tỉnh yêu cầu." + TABLE, to="[Các sở, Các xã]", **numbered)
    site.document("het-dai", DECISION, kind="Quyết định", **{**issuer, "number": "20/QĐ-UBND", "expires": "2026-05-01"})
    assert site.build().report.done
    with serving(site.root / "public") as address:
        yield address


@pytest.fixture
def printed(documents: str, new_context: OpenContext) -> Callable[[str], list[Sheet]]:
    def sheets(name: str) -> list[Sheet]:
        page = new_context().new_page()
        page.clock.set_fixed_time("2026-06-01T12:00:00+07:00")
        page.goto(f"{documents}/van-ban/{name}.html")
        reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        assert all((round(p.mediabox.width), round(p.mediabox.height)) == (595, 842) for p in reader.pages), "A4"
        return [sheet(p) for p in reader.pages]

    return sheets


def millimetres(expected: float) -> Any:
    return pytest.approx(expected, abs=1)


def points(expected: float) -> Any:
    return pytest.approx(expected, abs=0.5)


@pytest.mark.parametrize("name", ["cong-van", "quyet-dinh"])
def test_margins_are_those_of_the_decree(name: str, printed: Callable[[str], list[Sheet]]) -> None:
    sheets = printed(name)

    for number, found in enumerate(sheets):
        text = [words for words in found.words if words.y > TOP]
        assert min(words.x for words in text) == millimetres(LEFT)
        first = min(text, key=lambda words: words.y)
        assert first.y - ASCENT * first.size * POINT == millimetres(TOP), number
        assert max(words.y for words in text) <= HEIGHT - BOTTOM
    if name == "cong-van":
        # A table is as wide as the text.
        assert sheets[0].right == millimetres(WIDTH - RIGHT)


def test_a_dispatch_has_its_boxes_in_their_places_and_sizes(printed: Callable[[str], list[Sheet]]) -> None:
    (found,) = printed("cong-van")
    middle = LEFT + (WIDTH - LEFT - RIGHT) * 0.4
    sizes = {
        "ỦY BAN NHÂN DÂN": 13,
        "CỘNG HÒA XÃ HỘI": 13,
        "Độc lập - Tự do": 14,
        "Số: 12/UBND-TH": 13,
        "Thư,": 14,
        "V/v": 12,
        "Kính gửi:": 14,
        "Các sở": 14,
        "Ủy ban nhân dân tỉnh yêu cầu.": 14,
        "Nơi nhận:": 12,
        "Như trên": 11,
        "KT. CHỦ TỊCH": 14,
        "Trịnh Quốc Thái": 14,
    }
    placed = {beginning: found.find(beginning) for beginning in sizes}

    assert {beginning: words.size for beginning, words in placed.items()} == {b: points(s) for b, s in sizes.items()}
    assert all("LiberationSerif" in words.face or "Times" in words.face for words in placed.values())
    left = ("ỦY BAN NHÂN DÂN", "Số: 12/UBND-TH", "V/v", "Kính gửi:", "Ủy ban nhân dân tỉnh yêu cầu.", "Nơi nhận:")
    right = ("CỘNG HÒA XÃ HỘI", "Độc lập - Tự do", "Thư,", "KT. CHỦ TỊCH", "Trịnh Quốc Thái")
    assert all(placed[box].x < middle for box in left)
    assert all(placed[box].x > middle for box in right)
    for column in (left, right):
        lines = [placed[box].y for box in column]
        assert lines == sorted(lines)
    assert placed["ỦY BAN NHÂN DÂN"].y == millimetres(placed["CỘNG HÒA XÃ HỘI"].y)
    assert placed["Số: 12/UBND-TH"].y == millimetres(placed["Thư,"].y)


def test_what_is_bold_or_italic_on_the_sheet_is_so_on_ours(printed: Callable[[str], list[Sheet]]) -> None:
    (found,) = printed("cong-van")

    assert {
        beginning: found.find(beginning).face.partition("LiberationSerif")[2]
        for beginning in ("ỦY BAN", "Độc lập", "Số:", "Thư,", "V/v", "Nơi nhận:", "Như trên", "PHÓ CHỦ TỊCH")
    } == {
        "ỦY BAN": "-Bold",
        "Độc lập": "-Bold",
        "Số:": "",
        "Thư,": "-Italic",
        "V/v": "",
        "Nơi nhận:": "-BoldItalic",
        "Như trên": "",
        "PHÓ CHỦ TỊCH": "-Bold",
    }


def test_a_decision_has_its_kind_and_subject_under_the_head(printed: Callable[[str], list[Sheet]]) -> None:
    first = printed("quyet-dinh")[0]
    kind, subject, number = first.find("QUYẾT ĐỊNH"), first.find("trích yếu"), first.find("Số:")

    assert number.y < kind.y < subject.y
    assert (kind.size, subject.size) == (points(14), points(14))
    assert all("Bold" in words.face for words in (kind, subject))
    assert first.find("CHÍNH PHỦ").y < first.find("ỦY BAN NHÂN DÂN").y
    assert "Bold" not in first.find("CHÍNH PHỦ").face


def test_pages_are_numbered_from_the_second_in_the_middle_of_the_top_margin(
    printed: Callable[[str], list[Sheet]],
) -> None:
    first, *others = printed("quyet-dinh")

    assert len(others) >= 1
    assert not [words for words in first.words if words.y < TOP]
    for number, found in enumerate(others, 2):
        (above,) = [words for words in found.words if words.y < TOP]
        assert above.text == str(number)
        assert above.size == points(13)
        # Less than a digit wide.
        assert above.x == pytest.approx(LEFT + (WIDTH - LEFT - RIGHT) / 2, abs=2.5)


@pytest.mark.parametrize(
    ("name", "validity"),
    [("het", "Hết hiệu lực từ 01/05/2026"), ("chua", "Chưa có hiệu lực, có hiệu lực từ 01/01/2027")],
)
def test_what_is_not_in_force_says_so_above_its_head_with_where_and_when_it_was_printed(
    name: str, validity: str, printed: Callable[[str], list[Sheet]]
) -> None:
    (found,) = printed(name)
    head = found.find("ỦY BAN")
    above = [words for words in found.words if words.y < head.y - 5]

    text = " ".join(words.text for words in above)
    assert text.startswith(validity)
    assert "in ngày 01/06/2026" in text
    assert f"https://thu.example/van-ban/{name}.html" in text
    assert min(words.size for words in above) == points(9)


def test_later_sheets_of_what_is_not_in_force_lead_to_the_first(printed: Callable[[str], list[Sheet]]) -> None:
    first, *others = printed("het-dai")
    below = [[words.text for words in found.words if words.y > HEIGHT - BOTTOM] for found in (first, *others)]

    assert len(others) >= 1
    assert below == [[], *([["Văn bản hết hoặc chưa có hiệu lực: xem trang 1"]] * len(others))]
    for number, found in enumerate(others, 2):
        assert [words.text for words in found.words if words.y < TOP] == [str(number)]
        assert min(words.x for words in found.words if TOP < words.y < HEIGHT - BOTTOM) == millimetres(LEFT)


@pytest.mark.parametrize("name", ["het", "chua"])
def test_what_is_said_of_validity_moves_the_sheet_down_and_changes_nothing_else(
    name: str, printed: Callable[[str], list[Sheet]]
) -> None:
    (found,), (plain,) = printed(name), printed("cong-van")
    below = found.words[found.words.index(found.find("ỦY BAN")) :]
    down = below[0].y - plain.words[0].y

    assert 5 < down < 25
    assert [(words.x, words.y - down, words.size, words.face.partition("+")[2]) for words in below] == [
        (millimetres(words.x), millimetres(words.y), points(words.size), words.face.partition("+")[2])
        for words in plain.words
    ]


def test_what_is_in_force_is_printed_like_what_says_nothing_of_it(printed: Callable[[str], list[Sheet]]) -> None:
    said, silent = (
        [(words.x, words.y) for found in printed(name) for words in found.words]
        for name in ("con-hieu-luc", "cong-van")
    )

    assert said == silent


def test_nothing_of_the_site_is_on_the_sheet(printed: Callable[[str], list[Sheet]]) -> None:
    text = " ".join(words.text for found in printed("cong-van") for words in found.words)

    assert "Liên hệ" not in text
    assert "Trang chủ" not in text


def test_a_phone_without_times_prints_in_a_face_of_its_measures(documents: str, new_context: OpenContext) -> None:
    page = new_context().new_page()

    def without_system_faces(route: Route) -> None:
        answer = route.fetch()
        text = re.sub(r'"(?:Times New Roman|Liberation Serif)",', "", answer.text())
        route.fulfill(response=answer, body=text)

    page.route("**/*.css", without_system_faces)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{documents}/van-ban/quyet-dinh.html")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/fonts/" in url], "the screen needs none of them"

    reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))

    faces = {words.face.partition("+")[2] for found in reader.pages for words in sheet(found).words}
    assert faces <= {"Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}
    assert len(faces) >= 3
    assert sheet(reader.pages[0]).find("CHÍNH PH").size == points(13)
