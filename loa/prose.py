"""The short way through Markdown for plain official prose: the same HTML as the library's, some ten times sooner.

``read_prose`` understands what nine official texts in ten are made of: paragraphs, headings, flat lists, quotes,
tables, pictures that stand alone, emphasis and links without anything inside. At the first sign of anything else it
gives up, and the library converts the whole text. What it makes needs no sanitising: every character that came from
the author stands in it as text, or in an address of a form that is checked here.
``tests/property/test_prose.py`` holds it against the library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from loa.model import MARK, Heading, Reference
from loa.text import levels_without_gaps, slug


class Prose(NamedTuple):
    """A converted text: its HTML with markers, and what markup needs to know of it.

    ``plain`` is the text as it reads, ``paragraphs`` the part of it that stands in paragraphs.
    """

    html: str
    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    plain: str
    paragraphs: str


class _UnusualError(Exception):
    """The text holds something that only the library understands."""


# Escapes, code, HTML, footnotes, attributes, hard line breaks and indentation are the library's business.
_UNUSUAL = ("\\", "`", "<", "^", "{", "}", "~", " \n", "\n ", "\xa0\n", "\n\xa0")
_ENTITY = re.compile(r"&(?:#|[0-9a-zA-Z]+;)")
_BLANKS = (" ", "\xa0")
_GAP = re.compile(r"\n\n+")
_ITEM = re.compile(r"(?:([-*+])|(\d+)\.) +(\S.*)")
_HEADING = re.compile(r"#{1,6} +[^#\n]+(?:\n|\Z)")
_FIGURE = re.compile(r'!\[([^\[\]*_|!"\n]*)\]\((/?[A-Za-z0-9][A-Za-z0-9./-]*)(?: "([^"\'\n\xa0*_|]*)")?\)')
# A line that begins like this cannot begin anything but prose.
_PROSE = re.compile(r"(?!\d+\.[ \xa0])[^\W_]|[“”‘’\"'(…–—§%]|\*\*?[^\s*\[]|\[[^\[\]\n]+\]\(")
_LIST_IN_PROSE = re.compile(r"\n(?:[-*+]|1\.) +\S")

_WORDS = r"[^\s*_\[\]|!](?:[^*_\[\]|!]*[^\s*_\[\]|!])?"
# An address whose scheme, host and path no sanitiser and no parser could take for anything else.
_ELSEWHERE = r"https?://[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{2,}(?:/[A-Za-z0-9._/%-]*)?(?:\?[A-Za-z0-9._/%=-]*)?"
_INLINE = re.compile(
    rf"\*\*({_WORDS})\*\*(?!\*)|(?<!\*)\*({_WORDS})\*(?!\*)"
    rf"|(?<!!)\[([^\s*_\[\]|!](?:[^*_\[\]|!\n]*[^\s*_\[\]|!])?)\]\((?:({_ELSEWHERE})|(/[A-Za-z0-9][A-Za-z0-9./-]*))\)"
)


def read_prose(text: str) -> Prose | None:
    """What the library and the sanitiser would make of ``text``; None when that cannot be told from its looks."""
    if _is_unusual(text):
        return None
    try:
        return _Writer().write(text)
    except _UnusualError:
        return None


def _is_unusual(text: str) -> bool:
    if any(mark in text for mark in _UNUSUAL) or text.startswith(_BLANKS) or text.endswith(_BLANKS):
        return True
    # Controls, surrogates and every blank but these two are not printable. (Regular expressions take ten times longer.)
    return not text.replace("\n", "").replace("\xa0", "").isprintable() or bool("&" in text and _ENTITY.search(text))


class _Writer:
    """One text on its way to HTML."""

    def __init__(self) -> None:
        self.html: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.heading_places: list[int] = []
        self.references: list[Reference] = []
        self.plain: list[str] = []
        self.paragraphs: list[str] = []
        self.tables = 0

    def write(self, text: str) -> Prose:
        blocks = list(_blocks(text))
        index = 0
        while index < len(blocks):
            kind, block = blocks[index]
            run = [block]
            # The library joins neighbours of these kinds, whatever blank lines stand between them.
            if kind in ("ul", "ol", "quote"):
                while index + len(run) < len(blocks) and blocks[index + len(run)][0] == kind:
                    run.append(blocks[index + len(run)][1])
            index += len(run)
            if kind == "p":
                self.html.append(f"<p>{self.paragraph(block)}</p>")
            elif kind == "quote":
                self.quote("\n\n".join(run))
            elif kind in ("ul", "ol"):
                self.list(kind, run)
            elif kind == "heading":
                self.heading(block)
            elif kind == "table":
                self.table(block)
            else:
                self.figure(block)
        headings = self.numbered_headings()
        paragraphs = " ".join(self.paragraphs[:5])
        return Prose("\n".join(self.html), headings, tuple(self.references), " ".join(self.plain), paragraphs)

    # --- blocks ------------------------------------------------------------------

    def paragraph(self, text: str) -> str:
        begun = len(self.plain)
        html = self.inline(text)
        self.paragraphs.append("".join(self.plain[begun:]))
        return html

    def heading(self, block: str) -> None:
        hashes, _, words = block.partition(" ")
        self.heading_places.append(len(self.html))
        begun = len(self.plain)
        self.html.append(self.inline(words.strip()))
        self.headings.append((len(hashes), " ".join("".join(self.plain[begun:]).split())))

    def numbered_headings(self) -> tuple[Heading, ...]:
        levels = levels_without_gaps([level for level, _ in self.headings])
        ids = [f"muc-{slug(words) or 'khong-ten'}" for _, words in self.headings]
        if len(set(ids)) < len(ids):
            raise _UnusualError
        for place, level, name in zip(self.heading_places, levels, ids, strict=True):
            self.html[place] = f'<h{level} id="{name}">{self.html[place]}</h{level}>'
        return tuple(
            Heading(level, name, words) for level, name, (_, words) in zip(levels, ids, self.headings, strict=True)
        )

    def list(self, kind: str, run: list[str]) -> None:
        first = _ITEM.match(run[0])
        assert first is not None
        start = f' start="{first[2]}"' if kind == "ol" and first[2] != "1" else ""
        html = [f"<{kind}{start}>"]
        for number, block in enumerate(run):
            lines = block.split("\n")
            for place, line in enumerate(lines):
                item = _ITEM.fullmatch(line)
                if item is None or (item[1] is None) is (kind == "ul") or not _PROSE.match(item[3]):
                    raise _UnusualError
                # An item next to a blank line is a paragraph.
                if (place == 0 and number > 0) or (place == len(lines) - 1 and number < len(run) - 1):
                    html.append(f"<li>\n<p>{self.paragraph(item[3])}</p>\n</li>")
                else:
                    html.append(f"<li>{self.inline(item[3])}</li>")
        html.append(f"</{kind}>")
        self.html.append("\n".join(html))

    def quote(self, block: str) -> None:
        inner = "\n".join(line[2:] for line in block.split("\n"))
        html = []
        for paragraph in _GAP.split(inner):
            if not _is_prose(paragraph) or _is_unusual(paragraph):
                raise _UnusualError
            html.append(f"<p>{self.paragraph(paragraph)}</p>")
        self.html.append("\n".join(("<blockquote>", *html, "</blockquote>")))

    def table(self, block: str) -> None:
        rows = [[cell.strip(" ") for cell in line[1:-1].split("|")] for line in block.split("\n")]
        head, marks, *body = rows
        if len({len(row) for row in rows}) > 1 or not all(set(mark) <= {":", "-"} for mark in marks):
            raise _UnusualError
        aligned = [
            f' class="align-{side}"' if (side := _SIDES[mark[:1] == ":", mark[-1:] == ":"]) else "" for mark in marks
        ]
        self.tables += 1
        frame = f'<div aria-label="Bảng {self.tables}" class="table-scroll" role="region" tabindex="0">'
        html = [f"{frame}<table>", "<thead>", "<tr>"]
        html += [f'<th{side} scope="col">{self.inline(cell)}</th>' for side, cell in zip(aligned, head, strict=True)]
        html += ["</tr>", "</thead>", "<tbody>"]
        for row in body or [[""] * len(head)]:
            html.append("<tr>")
            html += [
                f"<td{side if body else ''}>{self.inline(cell)}</td>" for side, cell in zip(aligned, row, strict=True)
            ]
            html.append("</tr>")
        html += ["</tbody>", "</table>", "</div>"]
        self.html.append("\n".join(html))

    def figure(self, block: str) -> None:
        found = _FIGURE.fullmatch(block)
        assert found is not None
        mark = self.refer(Reference("figure", found[2], found[1], found[3] or ""))
        self.html.append(f'<figure class="figure">{mark}</figure>')

    def refer(self, reference: Reference) -> str:
        self.references.append(reference)
        return f"{MARK}{len(self.references) - 1}{MARK}"

    # --- words -------------------------------------------------------------------

    def inline(self, text: str) -> str:
        """The HTML of words, and their plain form added to ``plain``."""
        if not _is_special(text):
            self.plain.append(text)
            return _escaped(text)
        html: list[str] = []
        plain: list[str] = []
        parts = _INLINE.split(text)
        for place in range(0, len(parts), 6):
            between = parts[place]
            if _is_special(between):
                raise _UnusualError
            html.append(_escaped(between))
            plain.append(between)
            if place + 1 == len(parts):
                break
            strong, emphasis, label, elsewhere, here = parts[place + 1 : place + 6]
            words = strong or emphasis or label
            if strong:
                html.append(f"<strong>{_escaped(words)}</strong>")
            elif emphasis:
                html.append(f"<em>{_escaped(words)}</em>")
            else:
                address = elsewhere or self.refer(Reference("link", here))
                html.append(f'<a href="{address}">{_escaped(words)}</a>')
            plain.append(words)
        self.plain.append("".join(plain))
        return "".join(html)


_SIDES = {(True, True): "center", (True, False): "left", (False, True): "right", (False, False): ""}


def _is_special(words: str) -> bool:
    return "*" in words or "[" in words or "]" in words or "_" in words or "|" in words


def _escaped(words: str) -> str:
    """Words as the sanitiser writes them."""
    return words.replace("&", "&amp;").replace(">", "&gt;").replace("\xa0", "&nbsp;")


def _is_prose(block: str) -> bool:
    return all(map(_PROSE.match, block.split("\n")))


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """The blocks of ``text``, each with its kind."""
    text = text.strip("\n")
    for block in _GAP.split(text) if "\n\n\n" in text else text.split("\n\n"):
        kind = _kind(block)
        if kind == "heading" and "\n" in block:
            heading, _, words = block.partition("\n")
            if not _is_prose(words):
                raise _UnusualError
            yield kind, heading
            yield "p", words
        elif kind == "p" and "\n" in block and (opening := _LIST_IN_PROSE.search(block)):
            # "Kính gửi:", and the list in the next line.
            rest = block[opening.start() + 1 :]
            yield kind, _prose(block[: opening.start()])
            yield ("ol" if rest[0] == "1" else "ul"), rest
        else:
            yield kind, _prose(block) if kind == "p" else block


def _kind(block: str) -> str:
    first = block[:1]
    if first == "#" and _HEADING.match(block):
        return "heading"
    if first == ">" and block[-1] != ">" and all(line == ">" or line[:2] == "> " for line in block.split("\n")):
        return "quote"
    if first == "|" and "\n" in block and all(line[:1] == "|" == line[-1:] for line in block.split("\n")):
        return "table"
    if first == "!" and _FIGURE.fullmatch(block):
        return "figure"
    if item := _ITEM.match(block):
        return "ul" if item[1] else "ol"
    return "p"


def _prose(block: str) -> str:
    if not _is_prose(block):
        raise _UnusualError
    return block
