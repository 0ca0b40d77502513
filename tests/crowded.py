"""Texts that nobody means: what readers of Markdown and of front matter are slow at, as long as one wants them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

FRONT = '---\ntitle: "Bài thử"\ndate: 2026-05-01\ncategory: Tin tức – Sự kiện\n---\n\n'


def _repeated(piece: str, around: str = "{}") -> Callable[[int], str]:
    def of_length(length: int) -> str:
        return around.format(piece * (length // len(piece)))

    return of_length


def _numbered(piece: str, after: str = "") -> Callable[[int], str]:
    """``piece`` with another number each time."""

    def of_length(length: int) -> str:
        made: list[str] = []
        size = 0
        for number in count(1):
            made.append(piece.format(number))
            size += len(made[-1])
            if size >= length:
                return "".join(made) + after
        raise AssertionError

    return of_length


def _growing(mark: str, between: str, words: str = "") -> Callable[[int], str]:
    """Runs of ``mark``, each one longer than the one before."""

    def of_length(length: int) -> str:
        made: list[str] = []
        size = 0
        for number in count(1):
            made.append(mark * number + words)
            size += len(made[-1]) + len(between)
            if size >= length:
                return between.join(made)
        raise AssertionError

    return of_length


def _nested(step: str, item: str) -> Callable[[int], str]:
    """Each line deeper than the one before: the depth grows with the root of the length, at most."""

    def of_length(length: int) -> str:
        made: list[str] = []
        size = 0
        for number in count(0):
            made.append(step * number + item)
            size += len(made[-1]) + 1
            if size >= length:
                return "\n".join(made)
        raise AssertionError

    return of_length


def _wide_table(length: int) -> str:
    columns = length // 12
    return "\n".join(("|" + " a |" * columns, "|" + "---|" * columns, "|" + " b |" * columns))


def _table_of_short_rows(length: int) -> str:
    """A head as wide as the table is long, and rows that have one cell: the missing ones are filled in."""
    columns, rows = length // 16, length // 8
    return "\n".join(("|" + " a |" * columns, "|" + "---|" * columns, *["| b |"] * rows))


def _front(field: str, value: Callable[[int], str]) -> Callable[[int], str]:
    """Front matter with a field of about that length."""

    def of_length(length: int) -> str:
        known = "" if field == "title" else 'title: "Bài thử"\n'
        return (
            f"---\n{known}date: 2026-05-01\ncategory: Tin tức – Sự kiện\n{field}: {value(length)}\n---\n\nNội dung.\n"
        )

    return of_length


# Whole files whose front matter is hostile.
FILES: dict[str, Callable[[int], str]] = {
    "title": _front("title", lambda n: "a" * n),
    "title of brackets": _front("title", lambda n: "[" * n),
    "title of quotes": _front("title", lambda n: '"' * n),
    "title of citations": _front("title", lambda n: "12/QĐ-UBND " * (n // 11)),
    "title of digits": _front("title", lambda n: "1/" * (n // 2)),
    "tags": _front("tags", lambda n: f"[{', '.join(f't{i}' for i in range(n // 7))}]"),
    "tags nested": _front("tags", lambda n: "[" * n),
    "tags nested and closed": _front("tags", lambda n: "[" * (n // 2) + "]" * (n // 2)),
    "maps nested": _front("image", lambda n: "{a: " * (n // 4)),
    "attachments": _front(
        "attachments", lambda n: f"[{', '.join('{file: /tep/a.pdf, label: a}' for _ in range(n // 30))}]"
    ),
    "aliases": _front("aliases", lambda n: f"[{', '.join(f'/a{i}.html' for i in range(n // 12))}]"),
    "fields": lambda n: "---\n" + "".join(f"a{i}: b\n" for i in range(n // 8)) + "---\n\nNội dung.\n",
    "fields without colon": lambda n: "---\n" + "a\n" * (n // 2) + "---\n\nNội dung.\n",
    "anchors": _front("tags", lambda n: "&a [" * (n // 4)),
    "date of digits": _front("updated", lambda n: "1" * n),
    "date of blanks": _front("updated", lambda n: "2026-05-01" + " " * n + "x"),
    "indented": _front("summary", lambda n: "|\n" + "  a\n" * (n // 4)),
    "escapes": _front("summary", lambda n: '"' + "\\\\" * (n // 2) + '"'),
    "colons": _front("summary", lambda n: "a: " * (n // 3)),
    "fences": lambda n: "---\n" * (n // 4),
    "fence never closed": lambda n: "---\n" + "a: b\n" * (n // 5),
    "dashes": lambda n: "-" * n,
    "blank lines": lambda n: "\n" * n + "---",
    "comments": lambda n: "---\n" + "# a\n" * (n // 4) + "---\n\nNội dung.\n",
}

# By name: a body of about so many characters.
BODIES: dict[str, Callable[[int], str]] = {
    "brackets": _repeated("["),
    "closing brackets": _repeated("]"),
    "brackets and closing": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "brackets and parens": lambda n: "[" * (n // 2) + "](" * (n // 4),
    "pictures begun": _repeated("![]("),
    "pictures with words begun": _repeated("![a]("),
    "links begun": _repeated("[a](b"),
    "links with titles begun": _repeated('[a](b "'),
    "links with angles begun": _repeated("[a](<b"),
    "references begun": _repeated("[a][b"),
    "references to nothing": _repeated("[a][b] "),
    "short references to nothing": _repeated("[a] "),
    "links": _repeated("[a](/b) "),
    "links to nowhere": _numbered("[a](/b{0}) "),
    "links to nowhere on lines": _numbered("[a](/b{0}.html)\n\n"),
    "links to oneself": _repeated("[a](#b) "),
    "links elsewhere": _numbered("[a](https://a{0}.vn/) "),
    "pictures that are not there": _numbered("![a](/anh/b{0}.png)\n\n"),
    "links to the own domain": _numbered("[a](https://thu.example/b{0}.html)\n\n"),
    "links with parens": lambda n: "[a](" + "(" * (n // 2) + ")" * (n // 2) + ")",
    "links in a bracket": _repeated("[a](/b)", "[{}"),
    "pictures": _repeated("![a](/b.png) "),
    "pictures in links": _repeated("[![a](/b.png)](/c) "),
    "backticks growing": _growing("`", " "),
    "backticks growing with words": _growing("`", "", "a"),
    "backticks": _repeated("`"),
    "backticks apart": _repeated("` "),
    "double backticks apart": _repeated("a``b`"),
    "code": _repeated("`a` "),
    "fences": _repeated("```\n"),
    "fences with names": _repeated("```a\n"),
    "fences of tildes": _repeated("~~~\na\n"),
    "fences with braces": _repeated("``` {.a\n"),
    "fences growing": _growing("`", "\n\n", "\na"),
    "list nested": _nested("    ", "- a"),
    "list nested by two": _nested("  ", "- a"),
    "list numbered nested": _nested("    ", "1. a"),
    "list in one line": _repeated("- "),
    "list numbered in one line": _repeated("1. "),
    "list in quote in list": _repeated("> - "),
    "list": _repeated("- a\n"),
    "list with gaps": _repeated("- a\n\n"),
    "list of empty items": _repeated("-\n"),
    "list and paragraphs": _repeated("- a\n\n    b\n\n"),
    "list of two kinds": _repeated("- a\n\n1. b\n\n"),
    "quote nested": _repeated("> "),
    "quote nested tight": _repeated(">"),
    "quote nested growing": _growing("> ", "\n", "a"),
    "quote": _repeated("> a\n"),
    "quotes apart": _repeated("> a\n\n"),
    "stars": _repeated("*"),
    "stars begun": _repeated("*a "),
    "double stars begun": _repeated("**a "),
    "triple stars begun": _repeated("***a "),
    "stars mixed": _repeated("*a **b "),
    "stars mixed tight": _repeated("*a**b"),
    "stars closed": _repeated("*a* "),
    "stars then words": lambda n: "*" * (n // 2) + "a" * (n // 2),
    "underscores": _repeated("_"),
    "underscores begun": _repeated("_a "),
    "double underscores begun": _repeated("__a "),
    "underscores in words": _repeated("a_b"),
    "stars and underscores": _repeated("*_a "),
    "stars around underscores": _repeated("**a_b*"),
    "definitions": _numbered("[a{0}]: /b\n"),
    "definitions used": _numbered("[a{0}]: /b\n\n[a{0}]\n\n"),
    "definitions of one": _repeated("[a]: /b\n"),
    "definitions begun": _repeated("[a]:\n"),
    "definitions with titles begun": _repeated('[a]: b "\n'),
    "footnotes": _numbered("a[^{0}]\n\n[^{0}]: b\n\n"),
    "footnotes undefined": _numbered("a[^{0}] "),
    "footnotes unused": _numbered("[^{0}]: b\n"),
    "footnote used often": _repeated("a[^1] ", "{}\n\n[^1]: b"),
    "footnotes in footnotes": _numbered("[^{0}]: a[^{0}1]\n\n"),
    "footnote of many paragraphs": _repeated("    b\n\n", "a[^1]\n\n[^1]: b\n\n{}"),
    "abbreviations": _numbered("*[A{0}]: b\n"),
    "abbreviations used": _numbered("*[A{0}]: b\n\nA{0} A{0}\n\n"),
    "abbreviation used often": _repeated("ABC ", "*[ABC]: b\n\n{}"),
    "terms": _repeated("a\n:   b\n\n"),
    "terms with many meanings": _repeated(":   b\n", "a\n{}"),
    "colons": _repeated(": "),
    "comments begun": _repeated("<!--"),
    "comments": _repeated("<!-- a -->"),
    "comments on lines begun": _repeated("<!-- a\n"),
    "declarations begun": _repeated("<!["),
    "sections begun": _repeated("<![CDATA["),
    "exclamations": _repeated("<!"),
    "instructions begun": _repeated("<?"),
    "instructions on lines begun": _repeated("<?a\n"),
    "angles": _repeated("<"),
    "closing angles": _repeated("</"),
    "tags begun": _repeated("<a "),
    "tags with attributes begun": _repeated("<a href="),
    "tags with quotes begun": _repeated('<a b="'),
    "tag with attributes": _numbered(' a{0}="b"', ">"),
    "tag begun with attributes": lambda n: "<a" + ' b="c"' * (n // 6),
    "divs": _repeated("<div>"),
    "divs on lines": _repeated("<div>\n"),
    "divs with gaps": _repeated("<div>\n\n"),
    "divs closed": _repeated("<div>a</div>\n\n"),
    "closing divs": _repeated("</div>\n"),
    "divs nested": lambda n: "<div>" * (n // 11) + "</div>" * (n // 11),
    "divs of markdown": _repeated('<div markdown="1">\n\n'),
    "divs of markdown nested": lambda n: '<div markdown="1">\n\n' * (n // 28) + "</div>\n\n" * (n // 28),
    "spans": _repeated("<span>"),
    "spans in prose": _repeated("a <b>c</b> "),
    "paragraphs of HTML": _repeated("<p>a"),
    "scripts begun": _repeated("<script>"),
    "styles begun": _repeated("<style>\n"),
    "tables of HTML": _repeated("<table>"),
    "rows of HTML": _repeated("<tr><td>a", "<table>{}</table>"),
    "formatting of HTML": _repeated("<b><i>"),
    "formatting crossed": _repeated("<b><p></b>"),
    "links of HTML nested": _repeated("<a href='/a'>"),
    "selects": _repeated("<select><option>"),
    "entities": _repeated("&amp;"),
    "ampersands": _repeated("&"),
    "entities begun": _repeated("&#"),
    "entities long": lambda n: "&" + "a" * n,
    "entities numbered": _repeated("&#65;"),
    "entities numbered long": lambda n: "&#" + "1" * n + ";",
    "backslashes": _repeated("\\"),
    "escapes": _repeated("\\*"),
    "escapes of brackets": _repeated("\\["),
    "escape and backtick": _repeated("\\`"),
    "autolinks begun": _repeated("<https://a"),
    "autolinks": _repeated("<https://a.vn> "),
    "autolink long": lambda n: f"<https://{'a' * n}>",
    "mails": _repeated("<a@b.vn> "),
    "mails begun": _repeated("<a@"),
    "mail long": lambda n: f"<{'a' * (n // 2)}@{'b.' * (n // 4)}",
    "addresses bare": _repeated("https://a.vn/b "),
    "attributes": _repeated("{: #a }"),
    "attributes begun": _repeated("{:"),
    "attributes begun with words": _repeated("{: a='"),
    "attribute list long": lambda n: "a\n{: " + "a=b " * (n // 4) + "}",
    "attribute list not closed": lambda n: "# a {: " + "a=b " * (n // 4),
    "attributes of headings": _repeated("# a {: #b }\n\n"),
    "attributes of links": _repeated("[a](/b){: .c }"),
    "braces": _repeated("{"),
    "headings": _repeated("# a\n"),
    "headings of one name": _repeated("# a\n\n"),
    "headings of other names": _numbered("# a{0}\n\n"),
    "headings without end": _repeated("#"),
    "hashes": _repeated("# "),
    "hashes at the end": lambda n: "# a " + "#" * n + " b",
    "headings growing": _numbered("## Mục {0}\n\na\n\n"),
    "headings underlined": _repeated("a\n===\n"),
    "underlines": _repeated("="),
    "dashes": _repeated("-"),
    "dashes apart": _repeated("- - "),
    "dashes apart then a word": lambda n: "- " * (n // 2) + "a",
    "rules": _repeated("---\n\n"),
    "rules and blanks": lambda n: "-" + " " * n + "a",
    "table wide": _wide_table,
    "table of short rows": _table_of_short_rows,
    "table long": _repeated("| b | c |\n", "| a | b |\n|---|---|\n{}"),
    "tables": _repeated("| a |\n|---|\n| b |\n\n"),
    "pipes": _repeated("|"),
    "pipes on lines": _repeated("|\n"),
    "pipes and dashes": _repeated("|-"),
    "pipes and backticks": _repeated("|`"),
    "table with code": _repeated("`|` ", "| a | b |\n|---|---|\n| {} | c |"),
    "one word": _repeated("a"),
    "one Vietnamese word": _repeated("ậ"),
    "words in one line": _repeated("công khai "),
    "lines": _repeated("câu văn\n"),
    "lines of one letter": _repeated("a\n"),
    "paragraphs of one letter": _repeated("a\n\n"),
    "hard breaks": _repeated("a  \n"),
    "blanks": lambda n: "a" + " " * n + "b",
    "blanks at line ends": lambda n: ("a" + " " * 99 + "\n") * (n // 101),
    "blank lines": lambda n: "a" + "\n" * n + "b",
    "blanks and lines": lambda n: "a" + " \n" * (n // 2) + "b",
    "tabs": _repeated("\t", "a{}b"),
    "tabs on lines": _repeated("\ta\n"),
    "indented": _repeated("    a\n\n"),
    "no-break blanks": _repeated("\xa0", "a{}b"),
    "marks": lambda n: ("a" + "\u0301\u0323" * 15) * (n // 31),
    "marks without end": lambda n: "a" + "\u0301" * n,
    "marks mixed": lambda n: "a" + "\u0301\u0323" * (n // 2),
    "joiners": _repeated("\u200d"),
    "emoji": _repeated("👩\u200d👩\u200d👧"),
    "quotes": _repeated("“"),
    "quotes straight": _repeated('"a '),
    "parens": _repeated("("),
    "dots": _repeated("."),
    "commas": _repeated("a , "),
    "digits": _repeated("1"),
    "digits and slashes": _repeated("1/"),
    "numbers of documents": _repeated("12/QĐ-UBND "),
    "numbers of documents numbered": _numbered("{0}/QĐ-UBND "),
    "numbers of documents begun": _repeated("12/QĐ"),
    "symbols": _repeated("12/QĐ-UBND-"),
    "symbol without end": lambda n: "12/" + "QĐ-" * (n // 3),
    "citations": _repeated("Quyết định số 12/QĐ-UBND ngày 01/02/2025 của UBND tỉnh; "),
    "citations begun": _repeated("Quyết định số "),
    "citations of a body": _repeated("Quyết định số 1/QĐ-UBND của Ủy ban nhân dân "),
    "kinds": _repeated("Nghị định "),
    "numbers listed": lambda n: "các Nghị định số " + "12/2020/NĐ-CP, " * (n // 15),
    "days": _repeated("ngày "),
    "days of the week": _repeated("Thứ Hai, ngày 01/02/2025 "),
    "dates": _repeated("01/02/2025 "),
    "dates tight": _repeated("01/02/2025"),
    "dates long": _repeated("ngày 01 tháng 02 năm 2025 "),
    "ranges": _repeated("1-2 "),
    "laws": _repeated("Luật Đất đai năm 2013 "),
    "bodies": _repeated("của Ủy ban nhân dân "),
    "bodies and dashes": _repeated("UBND-"),
    "capitals": _repeated("Ủ"),
    "capital words": _repeated("Ủy Ban "),
    "words twice": _repeated("của của "),
    "silences begun": _repeated("<!-- soát: bỏ qua "),
    "silences": _repeated("<!-- soát: bỏ qua dash -->\n\na - b\n\n"),
    "ellipses": _repeated("..."),
    "admonitions": _repeated("!!! note\n    a\n\n"),
    "times": _repeated("8h30 "),
    "slashes": _repeated("/"),
    "hyphens in words": _repeated("a-"),
    "percent": _repeated("%41"),
}
