"""Reading never fails in a way of its own: whatever lies in a file, an entry or a problem comes out."""

from __future__ import annotations

import unicodedata
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html

from loa.content import ARTICLE_FIELDS, parse
from loa.errors import Problem
from loa.markup import convert
from loa.model import ConversionError
from loa.site_toml import parse_config
from loa.source import Source, read_source

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NASTY = st.sampled_from(
    [
        "---",
        "\n",
        "\n---\n",
        ": ",
        ":",
        "#",
        " #",
        "- ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        "&a ",
        "*a",
        "!!int ",
        "!x ",
        "|",
        ">",
        "'",
        '"',
        "\\",
        "\t",
        "@",
        "%",
        "`",
        "\r",
        "\r\n",
        "\u2028",
        "\x85",
        "\ufeff",
        "\x00",
        "\u202e",
        "đ",
        "e\u0302",
        "title",
        "date",
        "2026-02-30",
        "<<",
        "=",
        "~",
        "null",
    ]
)
FRONT = st.lists(NASTY | st.text(max_size=5), max_size=30).map("".join)
NAMES = st.sampled_from([*ARTICLE_FIELDS, "tittle", "ngày"])
PARTS = st.sampled_from(["file", "alt", "label", "x"])
VALUES = st.recursive(
    st.text(max_size=20)
    | NASTY
    | st.sampled_from(["2026-05-17", "17/05/2026", "true", "31791", "/anh/x.jpg", "https://x.example"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PARTS, inner, max_size=3),
    max_leaves=5,
)


def reads(data: bytes, path: str = "tin/2026/05/x.md") -> None:
    """The law: one entry and no error, or errors with lines inside the file and no entry."""
    source = read_source(path, data)
    if isinstance(source, Problem):
        problems, entry = (source,), None
    else:
        entry, problems, _ = parse(source, HANOI, convert)
    lines = unicodedata.normalize("NFC", data.decode("utf-8", "replace")).count("\n") + data.count(b"\r") + 8
    for problem in problems:
        assert problem.blocking
        assert problem.path == f"content/{path}"
        assert problem.message
        assert problem.hint
        assert "\n" not in problem.message + problem.hint
        assert 0 <= problem.line <= lines
    assert (entry is None) == bool(problems)


@given(st.binary())
def test_any_bytes_give_an_entry_or_problems(data: bytes) -> None:
    reads(data)


@given(st.binary(max_size=200))
def test_any_bytes_between_fences_give_an_entry_or_problems(data: bytes) -> None:
    reads(b"---\n" + data + b"\n---\nNoi dung.")


@given(FRONT, st.text(max_size=20))
@example("title: 'a\n\n\nb", "x")
@example("? - [a]\n: b", "x")
@example("title: a\n...\n---", "x")
@example("title: |\n a\n # b", "x")
@example("{a: 1}", "x")
@example('title: "\\uD800"', "x")
@example("\ttitle: a", "")
@example("title: a\n\u2028b: c", "x")
def test_any_front_matter_gives_an_entry_or_problems(front: str, body: str) -> None:
    reads(f"---\n{front}\n---\n{body}".encode("utf-8", "surrogatepass"))


def _flow(value: object) -> str:
    """A value in YAML's flow style, quoted, so that it arrives as it is."""
    if isinstance(value, list):
        return "[" + ", ".join(_flow(part) for part in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(part)}" for key, part in value.items()) + "}"
    return "'" + " ".join(str(value).replace("'", "''").splitlines()) + "'"


@given(st.dictionaries(NAMES, VALUES, max_size=8))
def test_any_value_of_any_field_gives_an_entry_or_problems(fields: dict[str, object]) -> None:
    front = "\n".join(f"{name}: {_flow(value)}" for name, value in fields.items())
    reads(f"---\n{front}\n---\nNội dung.".encode("utf-8", "surrogatepass"))


@given(st.dictionaries(NAMES, VALUES, max_size=5), st.sampled_from(["tin/x.md", "trang/x.md"]))
def test_lines_of_fields_are_those_on_which_they_stand(fields: dict[str, object], path: str) -> None:
    lines = [f"{name}: {_flow(value)}" for name, value in fields.items()]
    source = read_source(path, "\n".join(["---", *lines, "---", "x"]).encode("utf-8", "surrogatepass"))
    if isinstance(source, Source):
        assert [source.line_of(name) for name in fields] == list(range(2, len(fields) + 2))


@given(FRONT)
def test_any_settings_give_a_config_or_problems(toml: str) -> None:
    config, problems = parse_config(toml)
    assert (config is None) == bool(problems)


# --- HTML --------------------------------------------------------------------------

FRAGMENTS = st.sampled_from(
    [
        "<script>",
        "</script>",
        "<SCRIPT SRC=//x>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<a href=",
        "javascript:alert(1)",
        "JaVaScript:x",
        "java\tscript:x",
        "&#106;avascript:x",
        "vbscript:x",
        "data:text/html;base64,x",
        '"',
        "'",
        ">",
        "<",
        "[a](",
        "](",
        ")",
        "![",
        "[a][b]",
        "[b]: ",
        "{: onclick=x }",
        "{: href=javascript:x style=x}",
        "{#x onload=y}",
        "`",
        "```",
        "```{.x onclick=y}",
        "~~~",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?",
        "?>",
        "<!",
        "<style>",
        "</style>",
        "<iframe srcdoc=",
        "<math>",
        "<template>",
        "<noscript>",
        "<title>",
        "<textarea>",
        "<details ontoggle=x>",
        "<p style=x>",
        "<x onclick=y>",
        "<a\x0bhref=javascript:x>",
        "<a href='jav&#x09;ascript:x'>",
        "<form action=javascript:x>",
        "<button formaction=x>",
        "<base href=//x>",
        "<meta http-equiv=refresh content=0>",
        "<link rel=stylesheet href=//x>",
        "<object data=x>",
        "<embed src=x>",
        "<video onplay=x>",
        "<p markdown=1>",
        "- ",
        "1. ",
        "> ",
        "    ",
        "# ",
        "| a | b |\n|---|---|\n",
        "\n",
        "\n\n",
        "[^1]",
        "[^1]: ",
        "*[a]: <b onx=y>",
        "a\n: b",
        "*",
        "**",
        "_",
        "\\",
        "&lt;script&gt;",
        "&",
        '<http://x?a="onclick=y>',
        "<a@b.c>",
        '[x](y "t\\" onclick=z")',
        "Đường",
        "\x1a0\x1a",
    ]
)
MARKDOWN = st.lists(FRAGMENTS | st.text(max_size=6), max_size=14).map("".join)
ALLOWED_SCHEMES = ("http:", "https:", "mailto:", "tel:")
DANGEROUS = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "svg",
    "math",
    "form",
    "input",
    "button",
    "base",
    "meta",
    "link",
    "template",
    "video",
    "audio",
}


@settings(max_examples=300)
@given(MARKDOWN)
def test_html_of_any_text_holds_nothing_that_acts(text: str) -> None:
    made = convert(text).html
    assert made.isprintable() or not set(made) & {"\x00", "\x0b", "\x7f"}
    for element in html.fragment_fromstring(made, create_parent="div").iter():
        assert isinstance(element.tag, str)
        assert element.tag not in DANGEROUS
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in ("style", "srcdoc", "formaction", "action", "srcset", "src")
            if name == "href":
                squeezed = "".join(value.split()).lower()
                assert squeezed.startswith((*ALLOWED_SCHEMES, "#", "\x1a")), value


@given(MARKDOWN, MARKDOWN)
def test_a_conversion_depends_on_its_text_alone(text: str, other: str) -> None:
    try:
        before = convert(text)
        convert(other)
    except ConversionError:
        return
    assert convert(text) == before


@given(MARKDOWN)
def test_every_reference_has_its_mark_in_the_html(text: str) -> None:
    converted = convert(text)
    numbers = [int(part) for part in converted.html.split("\x1a")[1::2]]
    assert numbers == list(range(len(converted.body.references)))
