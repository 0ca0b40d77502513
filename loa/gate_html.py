"""Finished HTML → what a browser would stumble over, or must not be asked to do. Pure.

Read a line at a time, since most lines of a page are those of others: what was found in one is remembered. A tag, a
comment or a script that goes over several lines makes its page be read as one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from typing import NamedTuple

import msgspec

from loa import gate_messages
from loa.errors import Words

# Where an address leads: what is wrong with it, if anything is.
Leads = Callable[[str], Words | None]

# A script with all that is in it, a comment, a declaration, a tag; or the beginning of something else.
_TOKEN = re.compile(
    # Each begins with the sign itself, whose place is found at once; capitals and small letters only behind it.
    rb"""<(?:(?i:script)\b(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>.*?</(?i:script)\s*+>|!--.*?-->|!(?i:doctype)\b[^<>]*+>"""
    rb"""|/?[A-Za-z](?:[^<>"']++|"[^"]*+"|'[^']*+')*+>|)""",
    re.DOTALL,
)
# What most lines of a head are, and most links: read at once.
_PLAIN_META = re.compile(rb'<meta (?:name|property)="(?!og:image")[\w:.-]++" content="[^"<>]*+">')
_PLAIN_LINK = re.compile(rb'<a (?:class="[\w -]*+" )?href="(/[\w./-]*+)"(?: (?:rel|title|class)="[^"<>]*+")*+>')
_JSON_LD = b'<script type="application/ld+json">'
_NAME = re.compile(rb"</?([a-z][\w:-]*+)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++)))?""")
_TITLE = re.compile(rb"<title\b[^<>]*+>\s*+[^<\s]", re.IGNORECASE)
_LANGUAGE = re.compile(rb"<html\b[^<>]*?\slang\s*=\s*[\"']?[a-z]", re.IGNORECASE)
# HTML Standard, 13.1.2 and 13.1.2.4: elements without an end tag, and those whose end tag may be left out.
_VOID = frozenset(b"area base br col embed hr img input link meta source track wbr".split())
_OPTIONAL = frozenset(
    b"li dt dd p rt rp optgroup option colgroup caption thead tbody tfoot tr td th html head body".split()
)
# What there may be something to say of, in a tag; most have none of it.
_WATCHED = re.compile(rb"[\s\"'/](?:on|style|href|src|xlink:href|action|formaction|poster)", re.IGNORECASE)
_WATCHED_IN_META = re.compile(rb"og:image|http-equiv", re.IGNORECASE)
# Elements of SVG that close themselves; those of HTML cannot.
_SELF_CLOSING = frozenset(b"path circle ellipse line polygon polyline rect use image stop g svg symbol".split())
_FORBIDDEN = frozenset(b"applet base embed frame frameset iframe object portal style".split())
_LOADED = {"src", "srcset", "poster"}
_LOADS_BY_HREF = {"image", "use"}
# Kinds of links that a browser fetches by itself, or makes a connection for.
_FETCHED = {"stylesheet", "icon", "apple-touch-icon", "manifest", "preload", "modulepreload", "prefetch", "preconnect"}
_FETCHED |= {"dns-prefetch", "prerender", "mask-icon"}
_SCRIPT_END = re.compile(rb"</script\s*+>\Z", re.IGNORECASE)
# Data and not code, by type.
_DATA = re.compile(r"application/(?:\w+\+)?json|importmap|speculationrules", re.IGNORECASE)
_CODE = re.compile(r"\s*(?:javascript|vbscript|data)\s*:", re.IGNORECASE)

# Lines, tags and shapes of pages that are remembered, and how long such a line may be: of 10,000 articles some of each
# are its own.
_REMEMBERED = 50_000
_LONGEST = 300


class _Piece(NamedTuple):
    """A part of a page: what is wrong in it, the elements of before that it closes, and those that it leaves open."""

    faults: tuple[Words, ...]
    closes: tuple[bytes, ...]
    opens: tuple[bytes, ...]


class _Tag(NamedTuple):
    """A tag or the like: the element that it opens or closes, if it does either, and what is wrong with it."""

    opens: bytes
    closes: bytes
    faults: tuple[Words, ...]


_FINE = _Piece((), (), ())
# What goes on behind its line.
_OPEN = _Piece((), (), (b"",))
_NOT_UTF8 = _Piece((gate_messages.not_utf8(),), (), ())
_BARE = _Tag(b"", b"", (gate_messages.bare_angle(),))


class _Lines(dict[bytes, bytes]):
    """The code of each line, found out when it is first asked for."""

    def __init__(self, code_of: Callable[[bytes], bytes]) -> None:
        super().__init__()
        self._code_of = code_of

    def __missing__(self, line: bytes) -> bytes:
        code = self._code_of(line)
        if len(line) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[line] = code
        return code


class HtmlGate:
    """Judges pages. ``leads`` tells where a link leads, ``loads`` what a browser would fetch by itself."""

    def __init__(self, leads: Leads, loads: Leads) -> None:
        self._leads, self._loads = leads, loads
        # What there is to say of a line, by its code, which is empty where there is nothing: most lines say nothing,
        # and of a page the codes together are its shape, of which thousands of articles have few.
        self._codes: dict[_Piece, bytes] = {_FINE: b""}
        self._pieces: list[_Piece] = []
        self._lines = _Lines(self._code_of)
        self._tags: dict[bytes, _Tag] = {}
        self._sound: set[bytes] = set()

    def faults(self, page: bytes) -> list[Words]:
        """What is wrong with a page, each fault once."""
        found = dict.fromkeys(_of_frame(page))
        shape = b"".join(map(self._lines.__getitem__, page.split(b"\n")))
        if shape in self._sound:
            return list(found)
        pieces = [self._pieces[int.from_bytes(shape[at : at + 4], "big")] for at in range(0, len(shape), 4)]
        is_split = _OPEN in pieces
        faults = list(_of_pieces([self._whole(page)] if is_split else pieces))
        if not faults and not is_split:
            if len(self._sound) >= _REMEMBERED:
                self._sound.clear()
            self._sound.add(shape)
        return list(found | dict.fromkeys(faults))

    def _code_of(self, line: bytes) -> bytes:
        piece = self._of_line(line)
        code = self._codes.get(piece)
        if code is None:
            code = self._codes[piece] = len(self._pieces).to_bytes(4, "big")
            self._pieces.append(piece)
        return code

    def _of_line(self, line: bytes) -> _Piece:
        try:
            line.decode()
        except UnicodeDecodeError:
            return _NOT_UTF8
        if b"<" not in line or _PLAIN_META.fullmatch(line):
            return _FINE
        if line.startswith(_JSON_LD) and line.endswith(b"</script>") and line.count(b"<") == 2:  # its own
            return _FINE if is_json(line[len(_JSON_LD) : -9]) else _Piece((gate_messages.no_json_in_script(),), (), ())
        return self._read(line, is_whole=False)

    def _whole(self, page: bytes) -> _Piece:
        """A page in which something goes over several lines."""
        try:
            page.decode()
        except UnicodeDecodeError:
            return _NOT_UTF8
        return self._read(page, is_whole=True)

    def _read(self, text: bytes, *, is_whole: bool) -> _Piece:
        """What is in ``text``, which may be ``_OPEN`` unless it is a whole page."""
        faults: list[Words] = []
        closes: list[bytes] = []
        opens: list[bytes] = []
        for token in _TOKEN.findall(text):
            tag = self._tags.get(token) or self._tag(token)
            if tag.opens:
                opens.append(tag.opens)
            elif tag.closes:
                if not opens:
                    closes.append(tag.closes)
                elif opens[-1] == tag.closes:
                    opens.pop()
                else:
                    faults += _end(tag.closes, opens, closes)
            if tag.faults:
                if tag is _BARE and not is_whole:
                    return _OPEN
                faults += tag.faults
        return _Piece(tuple(faults), tuple(closes), tuple(opens)) if faults or closes or opens else _FINE

    def _tag(self, token: bytes) -> _Tag:
        if len(self._tags) >= _REMEMBERED:
            self._tags.clear()
        self._tags[token] = tag = self._judged(token)
        return tag

    def _judged(self, token: bytes) -> _Tag:
        found = _NAME.match(token)
        if found is None:
            return _BARE if token == b"<" else _Tag(b"", b"", ())
        name = found[1].lower()
        if token[1:2] == b"/":
            return _Tag(b"", name, ())
        if name == b"script" and not _SCRIPT_END.search(token):
            # Its end is on another line, or nowhere.
            return _BARE
        if plain := _PLAIN_LINK.fullmatch(token):
            words = self._leads(plain[1].decode())
            return _Tag(name, b"", (words,) if words else ())
        is_watched = name == b"script" or name in _FORBIDDEN
        is_watched = is_watched or (_WATCHED_IN_META if name == b"meta" else _WATCHED).search(token) is not None
        faults = tuple(self._of_tag(name, token)) if is_watched else ()
        return _Tag(name if _is_open(name, token) else b"", b"", faults)

    def _of_tag(self, name: bytes, token: bytes) -> Iterator[Words]:
        if name in _FORBIDDEN:
            yield gate_messages.inline_style() if name == b"style" else gate_messages.forbidden_tag(name.decode())
        opened, _, inside = token[len(name) + 1 :].decode(errors="replace").partition(">")
        if name == b"script":
            # An attribute may hold the sign; a script that is ours never does.
            given = _attributes(opened)
            if _DATA.match(given.get("type", "")):
                if not is_json(inside.rpartition("<")[0]):
                    yield gate_messages.no_json_in_script()
            elif "src" not in given and inside.rpartition("<")[0].strip():
                yield gate_messages.inline_script()
        else:
            given = _attributes(token[len(name) + 1 : -1].decode(errors="replace")) if b"=" in token else {}
        for key, value in given.items():
            yield from self._of_attribute(name.decode(), key, value, given)

    def _of_attribute(self, name: str, key: str, value: str, given: dict[str, str]) -> Iterator[Words]:
        if key.startswith("on"):
            yield gate_messages.event_attribute(key)
        elif key == "style":
            yield gate_messages.inline_style()
        elif key == "srcset":
            yield from _told(self._loads, (part.split()[0] for part in value.split(",") if part.strip()))
        elif key in _LOADED or (key == "href" and name in _LOADS_BY_HREF) or (key == "href" and _is_fetched(given)):
            yield from _told(self._loads, [value])
        elif key in ("action", "formaction"):
            yield from _told(self._loads, [value]) if not _is_foreign(value) else [gate_messages.foreign_form(value)]
        elif key == "href" and not _is_word_of(name, given):
            yield from _told(self._leads, [value])
        elif key == "content" and given.get("http-equiv", "").lower() == "refresh":
            yield from _told(self._leads, [value.partition("url=")[2]])
        elif key == "content" and given.get("property") == "og:image":
            yield from _told(self._loads, [value])


def _of_pieces(pieces: Iterable[_Piece]) -> Iterator[Words]:
    """What is wrong with a page that is made of these."""
    stack: list[bytes] = []
    for piece in pieces:
        yield from piece.faults
        for name in piece.closes:
            if not _close(stack, name):
                yield _misplaced(name, stack)
                return
        stack += piece.opens
    if still := next((name for name in reversed(stack) if name not in _OPTIONAL), b""):
        yield _not_closed(still)


def _of_frame(page: bytes) -> Iterator[Words]:
    """What is wrong with a page as a whole."""
    if b"\0" in page:
        yield gate_messages.control_character()
    if page[:15].lower() != b"<!doctype html>":
        yield gate_messages.no_doctype()
    if page[-32:].rstrip()[-7:].lower() != b"</html>":
        yield gate_messages.not_finished()
    if not _LANGUAGE.search(page):
        yield gate_messages.no_language()
    # The first, whose place is found at once; drawings have titles, too.
    at = page.find(b"<title")
    if not (_TITLE.search(page) if at < 0 else _TITLE.match(page, at)):
        yield gate_messages.no_title()


def _misplaced(name: bytes, stack: list[bytes]) -> Words:
    """What to say of an end tag that does not close the last element that is open."""
    return _not_closed(stack[-1]) if name in stack else gate_messages.not_opened(name.decode(errors="replace"))


def _not_closed(name: bytes) -> Words:
    return gate_messages.not_closed(name.decode(errors="replace"))


def _is_open(name: bytes, token: bytes) -> bool:
    """Whether an element ``name`` that begins with ``token`` goes on behind it."""
    return name not in _VOID and name != b"script" and not (token.endswith(b"/>") and name in _SELF_CLOSING)


def _end(name: bytes, opens: list[bytes], closes: list[bytes]) -> Iterator[Words]:
    """Close the last of ``opens``; where none is open here, ``name`` is one of those that are to be open before."""
    if _close(opens, name):
        return
    if opens:
        yield _not_closed(opens.pop())
    else:
        closes.append(name)


def _close(opens: list[bytes], name: bytes) -> bool:
    """Close the element ``name``, the last of ``opens``, with those in it whose ends may be left out, if it is."""
    last = len(opens) - 1
    while last >= 0 and opens[last] != name and opens[last] in _OPTIONAL:
        last -= 1
    if last < 0 or opens[last] != name:
        return False
    del opens[last:]
    return True


def _attributes(text: str) -> dict[str, str]:
    """The attributes of a tag by name, the first of each name, as browsers read them."""
    given: dict[str, str] = {}
    for key, *values in _ATTRIBUTE.findall(text):
        given.setdefault(key.lower(), unescape("".join(values)).strip())
    return given


def _told(judge: Leads, targets: Iterable[str]) -> Iterator[Words]:
    for target in targets:
        if _CODE.match(target):
            yield gate_messages.script_address(target)
        elif words := judge(target):
            yield words


def is_json(text: str | bytes) -> bool:
    """Whether ``text`` can be read as JSON."""
    try:
        msgspec.json.decode(text)
    except msgspec.DecodeError:
        return False
    return True


def _is_foreign(target: str) -> bool:
    return target.startswith(("http:", "https:", "//"))


def _is_fetched(given: dict[str, str]) -> bool:
    return not _FETCHED.isdisjoint(given.get("rel", "").lower().split())


def _is_word_of(name: str, given: dict[str, str]) -> bool:
    """Whether the address only names something, as that of a vocabulary does."""
    return name == "link" and given.get("rel", "").startswith("schema.")
