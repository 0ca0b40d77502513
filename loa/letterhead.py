"""The head of an official document as text → its own number, date and issuer (Nghị định 30/2020/NĐ-CP, Phụ lục I).

For documents that were copied whole into a text: what stands there must not contradict the front matter.
"""

from __future__ import annotations

import re

from loa.citations import SYMBOL, Mention
from loa.citing import iso_date, prepared
from loa.issuers import issuer_end

# The head is at most this long; "Số:" further down is somebody else's.
_HEAD = 1500
# The number may be blank while a document is a draft, and so may the day.
_OWN = re.compile(
    rf"^\W*(?P<whole>Số[ \xa0]*:[ \xa0.…]*(?P<number>\d*[ \xa0.…]*[/-][ \xa0]*{SYMBOL}(?:/{SYMBOL})?))", re.MULTILINE
)
_EMBLEM = re.compile(r"cộng hòa xã hội|cộng hoà xã hội|đảng cộng sản việt nam|độc lập", re.IGNORECASE)
_BLANKS = re.compile(r"[\s.…]+")


def find_own_number(text: str) -> Mention | None:
    """The number that ``text`` bears itself, with its date and issuer where the head has them; None without one.

    A blank running number gives only the symbol: ``/STTTT-TTBCXB``. A date with a blank day is none.
    """
    head = text[:_HEAD]
    found = _OWN.search(head)
    if found is None:
        return None
    number = _BLANKS.sub("", found["number"])
    date = next((day for line in head.splitlines() if (day := _line_date(line))), None)
    return Mention(found.start("whole"), found.end("whole"), None, number, date, _issuer(head[: found.start()]))


def _line_date(line: str) -> str | None:
    """The date in a line like "Đắk Nông, ngày 08 tháng 9 năm 2021"."""
    _, comma, said = prepared(line.strip(" *_")).flat.partition(", ")
    return iso_date(said) if comma else None


def _issuer(above: str) -> str | None:
    """The body that issues the document whose head begins with ``above``: the last one named, under whom it is."""
    lines = (line.strip(" *_") for line in above.splitlines())
    words = " ".join(line for line in lines if line and not _EMBLEM.search(line))
    text, issuer, start = prepared(words), None, 0
    while end := issuer_end(text, start):
        issuer, start = text.flat[start:end], end + 1
    return issuer
