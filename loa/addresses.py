"""Site paths: how a written target, a listing, a feed or a file becomes one. Pure string work."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from urllib.parse import unquote

from loa.text import slug


def resolve(entry_path: str, target: str) -> tuple[str, str]:
    """Where ``target``, written in the entry at ``entry_path``, leads: site path and fragment (with its ``#``).

    ``/tin/2021/11/bai.html``, ``bai.md`` beside the entry and ``../11/bai.html`` are understood;
    the path is empty when the target leaves the site or cannot be a path at all.
    """
    path, hash_, fragment = unquote(target).partition("#")
    path = path.partition("?")[0].strip()
    if path.startswith("//") or "\\" in path or ":" in path:
        return "", ""
    if not path:
        return f"/{entry_path.removesuffix('.md')}.html", hash_ + fragment
    absolute = path if path.startswith("/") else join("/", dirname(entry_path), path)
    resolved = normpath(absolute)
    if resolved.startswith("//"):
        resolved = resolved[1:]
    if path.endswith("/") and resolved != "/":
        resolved += "/"
    if resolved.endswith(".md"):
        resolved = resolved.removesuffix(".md") + ".html"
    return resolved, hash_ + fragment


def content_path(entry_path: str, target: str) -> str:
    """The path below ``content`` of a file that an entry names, absolute (``/anh/x.jpg``) or beside itself."""
    return resolve(entry_path, target)[0].lstrip("/")


def output_path(url: str) -> str:
    """The file below the output folder that answers at the site path ``url``."""
    return (url + "index.html" if url.endswith("/") else url).lstrip("/")


def site_path(output: str) -> str:
    """The address at which the output file answers: the reverse of ``output_path``."""
    url = "/" + output
    return url.removesuffix("index.html") if url.endswith("/index.html") else url


def category_url(category: str) -> str:
    """Front of a category, by its slug."""
    return f"/chuyen-muc/{category}/"


def unit_url(unit: str) -> str:
    """Front of a unit, by its slug."""
    return f"/don-vi/{unit}/"


def person_url(name: str) -> str:
    """Front of a person's articles, by name."""
    return f"/tac-gia/{slug(name)}/"


def tag_url(tag: str) -> str:
    """Front of a tag, by its words."""
    return f"/the/{slug(tag)}/"


def year_url(year: int) -> str:
    """Front of a year of the archive."""
    return f"/luu-tru/{year:04}/"


def month_url(year: int, month: int) -> str:
    """Front of a month of the archive."""
    return f"/luu-tru/{year:04}/{month:02}/"


SEARCH = "/tim-kiem/"
TEXTS = f"{SEARCH}toan-van/"


def lookup_url(part: str) -> str:
    """The look-up of a part of what can be searched, by its name."""
    return f"{SEARCH}tra-cuu/{part}.idx"


def leads_url(part: str, number: int) -> str:
    """How entries of a part begin: the file of that number."""
    return f"{SEARCH}tra-cuu/{part}/{number}.idx"


_REGISTER = {"year": "nam", "kind": "loai", "issuer": "co-quan", "field": "linh-vuc"}


def register_url(by: str, key: str) -> str:
    """Table of the documents of a year, kind, issuer or field, by its slug."""
    return f"/van-ban/{_REGISTER[by]}/{key}/"


def stub_url(number: str, issuer: str, series: str) -> str:
    """Page of a document that only citations know: ``/van-ban/so/733-ubnd-kt-lam-hai-2023.html``."""
    return f"/van-ban/so/{slug(f'{number} {issuer} {series}')}.html"


def numbered(front: str, number: int) -> str:
    """The ``number``-th page of a listing, counted from the oldest."""
    return f"{front}trang/{number}/"


def feed_url(front: str, kind: str) -> str:
    """The feed beside a listing front (``/`` for the whole site); ``kind`` is rss or atom."""
    return f"{front}{kind}.xml"


def picture_url(asset_path: str, digest: str, width: int, kind: str) -> str:
    """One size of a picture; the digest in the name lets it be cached for ever."""
    suffix = "jpg" if kind == "jpeg" else kind
    return f"/{asset_path.rpartition('.')[0]}-{digest[:8]}-{width}.{suffix}"
