"""Names of bodies that issue documents: which spellings mean one body, and which of them to write. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from loa.agencies import agencies
from loa.config import Config
from loa.model import Document
from loa.text import name_key, one_placement

# Of abbreviations only those that mean one thing in the name of a body.
_SHORT = {
    "ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "ubmttq": "ủy ban mặt trận tổ quốc",
    "mttq": "mặt trận tổ quốc", "vp": "văn phòng", "bch": "ban chấp hành", "bcđ": "ban chỉ đạo",
    "bql": "ban quản lý", "tp": "thành phố", "tp.": "thành phố", "tx": "thị xã", "tx.": "thị xã", "&": "và",
}  # fmt: skip
_PLACES = ("tỉnh", "thành phố", "thị xã", "thị trấn", "đặc khu", "huyện", "quận", "phường", "xã")
_LEVEL = re.compile(r"\b(tỉnh|thành phố) (.+)")
_OF_LEVEL = re.compile(r"\b(?:tỉnh|thành) (?:ủy|đoàn)\b")
# Where these stand, the province says nothing more.
_SAYS_ENOUGH = re.compile(r"\b(?:sở|thị xã|thị trấn|đặc khu|huyện|quận|phường|xã(?! hội)) ")
_NOT_BEHIND_PLACE = "".join(f"(?<!{place})" for place in _PLACES)


def spelling_in_use(name: str, used: Mapping[str, int], config: Config) -> str:
    """The spelling to write for the body that ``name`` means, of those ``used`` so often; empty where it is right."""
    body = _body(name, config.province, config.organization)
    alike = [other for other in used if _body(other, config.province, config.organization) == body]
    best = _best(alike, used, config)
    return best if best != name else ""


def other_spellings(documents: Iterable[Document], config: Config) -> dict[str, str]:
    """The spellings of issuers that mean the same body as another one, each with the one to write.

    That is the name of the site's organisation, or the one that most documents have, or the first by day of issue.
    """
    used = Counter(document.issuer for document in documents)
    bodies: dict[str, list[str]] = {}
    for name in used:
        bodies.setdefault(_body(name, config.province, config.organization), []).append(name)
    return {
        name: best
        for names in bodies.values()
        if len(names) > 1
        for best in (_best(names, used, config),)
        for name in names
        if name != best
    }


def _best(names: list[str], used: Mapping[str, int], config: Config) -> str:
    return config.organization if config.organization in names else max(names, key=lambda n: used[n], default="")


@lru_cache(maxsize=4096)
def _body(name: str, province: str, organization: str) -> str:
    """What all spellings of a body share: abbreviations written out, tones placed alike, the own province not named.

    Its level, "tỉnh", stays where without it another body would be meant.
    """
    words = [_SHORT.get(word, word) for word in one_placement(name_key(name)).split()]
    body = " ".join(words).replace(",", " ,")
    site = _LEVEL.search(one_placement(name_key(organization)))
    home = one_placement(name_key(province)) or (site[2] if site else "")
    level = site[1] if site and site[2] == home else "tỉnh"
    if home:
        body = re.sub(rf"(?: ,)? {level} {re.escape(home)}$", f" {level}", body)
        # "Công an Lâm Hải", "Tỉnh ủy Lâm Hải"; but the ward of Lâm Hải is another body than the province.
        short = "" if _OF_LEVEL.search(body) else f" {level}"
        body = re.sub(rf"{_NOT_BEHIND_PLACE} {re.escape(home)}$", short, body)
    # There is no other "Sở Y tế", but "Cục Thuế" is that of the country.
    whole = body.removesuffix(f" {level}") if _SAYS_ENOUGH.search(body) else body
    return _departments().get(whole, whole)


@cache
def _departments() -> dict[str, str]:
    """Names of departments of a province by all their spellings, which no other body shares."""

    def key(name: str) -> str:
        return one_placement(name_key(name)).replace(",", " ,")

    return {
        key(name): key(agency.names[0])
        for agency in agencies()
        if agency.names[0].startswith("Sở ")
        for name in agency.names
    }
