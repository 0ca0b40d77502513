"""Texts that try to run script, put wherever a site takes text, and what may be in a page that runs none.

``vectors/scripts.jsonl`` has them by family, a line ``{"family": …, "text": …}``; ``alert(1)`` is what would run.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from conftest import REPOSITORY, SITE_TOML, SiteTest
from lxml import etree, html
from PIL import Image

# What a text of an editor becomes where it is refused.
HARMLESS = "Tin thường"
_RUNS = "alert(1)"
# Loa's own address in the tests.
SITE = "https://thu.example"


class Vector(NamedTuple):
    """A text that tries to run ``alert(number)``."""

    number: int
    family: str
    text: str


@cache
def vectors() -> tuple[Vector, ...]:
    """All of them, in order."""
    lines = (REPOSITORY / "tests/vectors/scripts.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return tuple(
        Vector(number, row["family"], row["text"].replace(_RUNS, f"alert({number})"))
        for number, row in enumerate(rows, 100)
    )


# --- where texts are taken -----------------------------------------------------------

# Places by the name under which a fault in them is told; those in front matter as they are written there.
_Fields = dict[str, Any]


def _article(vector: Vector) -> _Fields:
    text = vector.text
    return {
        "title": text,
        "date": "2026-05-01",
        "category": "Tin tức – Sự kiện",
        "summary": text,
        # With the number, since two that differ in signs alone would have one address.
        "author": f"{text} {vector.number}",
        "source": text,
        "tags": [f"{text} {vector.number}"],
        "image": {"file": "/anh/a.jpg", "alt": text, "caption": text, "credit": text},
        "attachments": [{"file": "/tep/a.pdf", "label": text}],
        "corrections": [{"date": "2026-05-02", "note": text}],
        "citations": [{"number": text, "target": text}],
        "": text,
    }


def _crooked(vector: Vector) -> _Fields:
    """An article with the text where names of files, addresses, days and choices belong."""
    text = vector.text
    return {
        "title": "Tên tệp và địa chỉ",
        "date": text,
        "category": text,
        "image": {"file": text, "alt": text},
        "attachments": [{"file": text, "label": text}],
        "aliases": [text],
        "updated": text,
        "views": text,
        "draft": text,
        text: text,
        "": f"Câu.\n\n![{text}]({text})\n\n[{text}](/tin/{text})",
    }


def _withdrawn(vector: Vector) -> _Fields:
    return {
        "title": "Bài đã gỡ",
        "date": "2026-05-01",
        "category": "Tin tức – Sự kiện",
        "withdrawn": {"date": "2026-05-20", "by": vector.text, "reason": vector.text},
        "": "Câu.",
    }


def _page(vector: Vector) -> _Fields:
    """A page with the text in links and pictures, titles and descriptions."""
    text = vector.text
    return {
        "title": text,
        "summary": text,
        "image": {"file": "/anh/a.jpg", "alt": text},
        "": f'[{text}](/ban-tin/ "{text}")\n\n![{text}](/anh/a.jpg "{text}")\n\n![{text}](/anh/a.jpg \'{text}\')\n',
    }


def _document(vector: Vector) -> _Fields:
    text, there = vector.text, with_what_is_there(vector.text)
    return {
        "kind": "Công văn",
        "number": "12/UBND-TH",
        "issued": "2026-04-20",
        "issuer": f"{text} {vector.number}",
        "subject": text,
        "parent": text,
        "place": text,
        "field": f"{text} {vector.number}",
        "to": [text],
        "recipients": [text],
        "signer": {"authority": text, "office": text, "name": text},
        "relations": [{"relation": "căn cứ", "target": "1/2020/QĐ-UBND", "note": text}],
        "files": [{"file": "/tep/a.pdf", "label": text}],
        # Among others, in a list, a quotation and a table; no picture is missing.
        "": f"Câu trước.\n\n{there}\n\n- mục {there}\n\n> {there}\n\n| cột | hai |\n|---|---|\n| {there} | ô |\n",
    }


def with_what_is_there(text: str) -> str:
    """``text`` with a picture and an address that are there, since others are refused; what waits for a fault waits for
    success.
    """
    text = re.sub(r"\b(src|href)=x\b", lambda found: "src=/anh/a.jpg" if found[1] == "src" else "href=/ban-tin/", text)
    return re.sub("onerror", "onload", text, flags=re.IGNORECASE)


_KINDS = {
    "tin/a": _article,
    "tin/c": _crooked,
    "tin/w": _withdrawn,
    "trang/p": _page,
    "van-ban/d": _document,
}
# What stands instead of a text that was refused, where something must.
_NEEDED = {
    **dict.fromkeys(
        ("title", "summary", "author", "source", "subject", "issuer", "parent", "place", "field"), HARMLESS
    ),
    "category": "Tin tức – Sự kiện",
    "date": "2026-05-01",
    "": f"{HARMLESS}.",
}


def _quoted(value: Any) -> str:
    """``value`` in YAML, every character as it is."""
    written = json.dumps(value, ensure_ascii=False)
    # YAML knows no pairs of surrogates.
    return json.dumps(value) if max(written) < "\U00010000" else written


def _file(fields: Mapping[str, Any]) -> bytes:
    lines = [f"{_quoted(name)}: {_quoted(value)}" for name, value in fields.items() if name]
    return "\n".join(["---", *lines, "---", "", fields[""], ""]).encode("utf-8", "surrogatepass")


def _leaves(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text in the fields of an entry by where it stands."""
    if isinstance(value, dict):
        for name, part in value.items():
            # Where the text is the name of a field, it is that of any.
            yield from _leaves(part, f"{key}.{name if (len(name) < 16 and name.isidentifier()) or not name else '*'}")
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(part, key)
    else:
        yield key, value


def _leave_out(fields: _Fields, field: str) -> None:
    """Take out of ``fields`` what was refused: in ``field``, or in the body."""
    name, part = (field, "") if field in fields else field.partition(".")[::2]
    name = name if name in fields else ""
    value = fields[name]
    holder = value[0] if isinstance(value, list) else value
    if isinstance(holder, dict) and part in holder and name != "citations":
        holder[part] = {"file": "/anh/a.jpg" if name == "image" else "/tep/a.pdf"}.get(part, HARMLESS)
    elif name in _NEEDED:
        fields[name] = _NEEDED[name]
    else:
        del fields[name]


class Published(NamedTuple):
    """In how many places texts were ``published``, and in how many they were ``refused`` by name."""

    published: int
    refused: int


def write_entries(site: SiteTest, texts: Iterable[Vector]) -> Published:
    """Write and build entries with each of ``texts`` in every place that takes text, but where Loa refuses it.

    What is refused must be said of a file that has it.
    """
    out = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "JPEG")
    site.write("content/anh/a.jpg", out.getvalue()).write("content/tep/a.pdf", b"%PDF-1.4\n")
    texts = list(texts)
    entries = {f"content/{kind}{vector.number}.md": _KINDS[kind](vector) for vector in texts for kind in _KINDS}
    meant = _count(entries, texts)
    changed = set(entries)
    # A file that cannot be read at all says nothing of its fields yet.
    for _ in range(4):
        for file in changed:
            site.write(file, _file(entries[file]))
        site.build()
        faults = {(fault.path, fault.field) for fault in site.report.problems if fault.severity == "error"}
        if site.report.done:
            break
        changed = {file for file, _ in faults}
        assert changed <= set(entries), changed - set(entries)
        for file, field in faults:
            _leave_out(entries[file], field)
    assert site.report.done, site.problems[:5]
    published = _count(entries, texts)
    return Published(published, meant - published)


def _count(entries: Mapping[str, _Fields], texts: Iterable[Vector]) -> int:
    """In how many places one of ``texts`` stands."""
    harmless = {kind: dict(_leaves(make(Vector(0, "", HARMLESS)))) for kind, make in _KINDS.items()}
    found = 0
    for vector in texts:
        for kind, usual in harmless.items():
            leaves = dict(_leaves(entries[f"content/{kind}{vector.number}.md"]))
            found += sum(leaf != usual.get(key) and leaf != _NEEDED.get(key[1:]) for key, leaf in leaves.items())
    return found


# --- settings ------------------------------------------------------------------------


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def with_texts(menus: Iterable[str], text: str) -> str:
    """A ``site.toml`` with each of ``menus`` as a label, and ``text`` in all else that is shown."""
    quoted = _toml(text)
    top = "".join(f"{name} = {quoted}\n" for name in ("short_title", "organization", "description", "notice"))
    top += f"province = {_toml(text[:60])}\n"
    contact = "".join(f"{name} = {quoted}\n" for name in ("responsible", "address", "phone", "email", "hours"))
    links = "".join(
        f'[[{table}]]\nlabel = {_toml(label)}\nurl = "/ban-tin/"\n'
        for label in menus
        for table in ("menu", "shortcut", "footer")
    )
    made = SITE_TOML.replace('"Cổng thử nghiệm"', quoted).replace('organization = "UBND tỉnh Thử"\n', "")
    for name in ("Chỉ đạo điều hành", "Phòng Truyền thông"):
        made = made.replace(f'name = "{name}"', f"name = {_toml(f'{name} {text}')}\ndescription = {quoted}")
    alert = f'[alert]\ntext = {quoted}\nlink = "/ban-tin/"\n'
    return f"{top}{made}\n{links}\n[contact]\n{contact}\n{alert}"


# Of ``text``: the title, four at the top, five of contact, two names and descriptions, the alert.
SETTINGS = 15

# --- what runs nothing ---------------------------------------------------------------

# What may be in a text, and what an element of it may have: HTML that neither acts nor loads anything.
_ANYWHERE = {"id", "lang", "dir", "title"}
_PLAIN = {
    "p", "h2", "h3", "h4", "h5", "h6", "ul", "dl", "dt", "dd", "blockquote", "pre", "code", "em", "strong",
    "b", "i", "u", "s", "sub", "sup", "small", "mark", "abbr", "cite", "q", "kbd", "samp", "var", "br", "hr",
    "figcaption", "table", "caption", "thead", "tbody", "tfoot", "tr", "span", "summary",
}  # fmt: skip
_IN_TEXTS: dict[str, set[str]] = {
    **{name: set() for name in _PLAIN},
    "a": {"href", "hreflang", "class"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "th": {"scope", "colspan", "rowspan", "abbr", "class"},
    "td": {"colspan", "rowspan", "class"},
    "col": {"span"},
    "colgroup": {"span"},
    "time": {"datetime"},
    "del": {"datetime"},
    "ins": {"datetime"},
    "details": {"open"},
    "div": {"class", "role", "aria-label", "tabindex"},
    "figure": {"class"},
}
# Classes of texts; others would take the look of what is no text.
_CLASSES = {"footnote", "table-scroll", "figure", "footnote-ref", "footnote-backref"}
_CLASSES |= {"align-left", "align-right", "align-center", "citation"}
# Where a browser goes, or what it loads, or sends something to.
_ADDRESSES = {
    "action", "archive", "background", "cite", "classid", "code", "codebase", "content-url", "data", "dynsrc",
    "formaction", "href", "icon", "longdesc", "lowsrc", "manifest", "ping", "poster", "profile", "src",
    "srcset", "usemap", "xlink:href", "xml:base",
}  # fmt: skip
_LOADED = {"src", "srcset", "poster", "data", "action", "formaction"}
# Loaded by nobody.
_NAMED = {"http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"}
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# What browsers pass over in addresses.
_IGNORED = re.compile("[\x00-\x20\x7f\xa0\u2028\u2029\ufeff]")


class Element(NamedTuple):
    """An element with its attributes, in the words of the parser that found it, in small letters."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


def elements(page: bytes | str) -> list[Element]:
    """All elements of a page or of a piece of one.

    By libxml2, whose tokens are those of the HTML standard since 2.14. What a browser finds is judged alike, elsewhere.
    """
    text = page.decode() if isinstance(page, bytes) else page
    parsed = html.document_fromstring(text)
    return [
        Element(str(found.tag).lower(), {name.lower(): value for name, value in found.attrib.items()}, found.text or "")
        if isinstance(found.tag, str)
        else Element("!", {}, str(found))
        for found in parsed.iter()
    ]


def _schemes(name: str, value: str) -> Iterator[str]:
    parts = value.split(",") if name == "srcset" else [value]
    for part in parts:
        if found := _SCHEME.match(_IGNORED.sub("", part)):
            yield found[1].lower()


def _is_foreign(value: str) -> bool:
    parts = [part.split()[0] for part in value.split(",") if part.strip()]
    return any(
        part.startswith(("//", "\\\\")) or urlsplit(part).netloc not in ("", urlsplit(SITE).netloc) for part in parts
    )


def _faults(element: Element) -> Iterator[str]:
    """What is wrong with an element wherever it stands."""
    for name, value in element.attributes.items():
        if name.startswith("on") or name in ("style", "srcdoc", "is", "nonce"):
            yield f"{name} in <{element.tag}>: {value}"
        if name in _ADDRESSES or name.rpartition(":")[2] == "href":
            if bad := {*_schemes(name, value)} - {"http", "https", "mailto", "tel"}:
                yield f"{bad} in <{element.tag} {name}>: {value}"
            if (
                (name in _LOADED or element.tag in ("link", "use", "base"))
                and _is_foreign(value)
                and value not in _NAMED
            ):
                yield f"foreign <{element.tag} {name}>: {value}"


def faults_of_text(text: str) -> list[str]:
    """What in the HTML of a text could act, load something or take the look of something else."""
    found = []
    for element in elements(f"<!doctype html><html><body>{text}")[2:]:
        if element.tag not in _IN_TEXTS:
            found.append(f"<{element.tag}>")
            continue
        if unknown := set(element.attributes) - _IN_TEXTS[element.tag] - _ANYWHERE:
            found.append(f"{unknown} in <{element.tag}>")
        if unknown := set(element.attributes.get("class", "").split()) - _CLASSES:
            found.append(f"classes {unknown}")
        found += _faults(element)
    return found


# What acts, loads or governs, and is Loa's own only: each page has as many of each as one without such texts.
_OWN = {
    "html", "head", "body", "title", "base", "link", "meta", "style", "script", "noscript", "template", "slot",
    "iframe", "frame", "frameset", "object", "embed", "applet", "portal", "form", "input", "button", "select",
    "option", "textarea", "keygen", "svg", "use", "path", "math", "audio", "video", "source", "track",
    "picture", "canvas", "map", "area", "main", "header", "footer", "dialog", "marquee", "h1",
}  # fmt: skip


class Shapes:
    """What the pages of a harmless site are made of."""

    def __init__(self, pages: Iterable[list[Element]]) -> None:
        self._known: dict[str, set[str]] = {tag: set(names) | _ANYWHERE for tag, names in _IN_TEXTS.items()}
        self._classes: set[str] = set(_CLASSES)
        self._counts: set[tuple[tuple[str, int], ...]] = set()
        self._scripts: set[tuple[tuple[str, str], ...]] = set()
        self._names: set[tuple[str, ...]] = set()
        for page in pages:
            self._counts.add(_own(page))
            for element in page:
                self._known.setdefault(element.tag, set()).update(element.attributes)
                self._classes |= set(element.attributes.get("class", "").split())
                if element.tag == "script":
                    self._scripts.add(tuple(sorted(element.attributes.items())))
                if element.tag in ("link", "meta"):
                    self._names.add(_names(element))

    def faults(self, page: list[Element]) -> list[str]:
        """What a page has that no page of the harmless site has, or that could run something."""
        found = [f"not made as a harmless page: {dict(_own(page))}"] if _own(page) not in self._counts else []
        for element in page:
            found += self._faults(element)
            found += _faults(element)
        return found

    def _faults(self, element: Element) -> Iterator[str]:
        if element.tag not in self._known:
            yield f"<{element.tag}> {element.text[:80]}"
            return
        if unknown := set(element.attributes) - self._known[element.tag]:
            yield f"{unknown} in <{element.tag}>"
        if unknown := set(element.attributes.get("class", "").split()) - self._classes:
            yield f"classes {unknown}"
        if element.tag in ("link", "meta") and _names(element) not in self._names:
            yield f"<{element.tag}> {element.attributes}"
        if element.tag == "meta" and element.attributes.get("http-equiv", "").lower() == "refresh":
            where = element.attributes["content"].partition("url=")[2]
            if not where.startswith("/") or _is_foreign(where):
                yield f"refresh {where}"
        if element.tag == "script" and tuple(sorted(element.attributes.items())) not in self._scripts:
            yield f"script {element.attributes}"
        if element.tag == "script" and element.text:
            # Data, whole to its last bracket.
            json.loads(element.text)


def _own(page: list[Element]) -> tuple[tuple[str, int], ...]:
    counted = Counter(element.tag for element in page if element.tag in _OWN - _REPEATED)
    return tuple(sorted(counted.items()))


# As many as a page has choices, feeds, tags or pictures; what they may be is said of each.
_REPEATED = {"option", "picture", "source", "link", "meta", "button"}


def _names(element: Element) -> tuple[str, ...]:
    """What a link or piece of metadata is called."""
    return tuple(element.attributes.get(name, "").lower() for name in ("rel", "name", "property", "http-equiv"))


_NAMESPACES = {
    "http://www.w3.org/2005/Atom",
    "http://purl.org/rss/1.0/modules/content/",
    "http://purl.org/dc/elements/1.1/",
    "http://search.yahoo.com/mrss/",
    "http://www.sitemaps.org/schemas/sitemap/0.9",
    "http://www.google.com/schemas/sitemap-news/0.9",
    None,
}


def faults_of_xml(data: bytes) -> list[str]:
    """What in a feed or sitemap could act, in itself (a browser shows XML) or in what readers make of it."""
    root = etree.fromstring(data)
    found = []
    for element in etree.ElementTree(root).iter():
        if not isinstance(element.tag, str):
            found.append(f"{element}")
            continue
        name = etree.QName(element)
        if name.namespace not in _NAMESPACES:
            found.append(f"<{element.tag}>")
        described = element.tag == "description" and element.getparent().tag == "item"
        if name.localname == "encoded" or element.get("type") == "html" or described:
            # HTML: by its name, by its type, and by what the profile of RSS says of the description of an item.
            found += faults_of_text(element.text or "")
        elif name.namespace == "http://www.w3.org/2005/Atom":
            found += [f"{name.localname} of type xhtml"] if element.get("type") == "xhtml" else []
        for attribute, value in element.attrib.items():
            if attribute in ("href", "url"):
                found += [
                    f"{attribute} {value}" for scheme in _schemes("href", value) if scheme not in ("http", "https")
                ]
    return [*found, *(f"{node}" for node in root.xpath("preceding::node()|//processing-instruction()"))]
