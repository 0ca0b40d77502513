"""Whether letters make a Vietnamese syllable, by the rules of its spelling: onset, rhyme, tone. Pure.

The rules are those of quốc ngữ as taught: c, g, ng before a, o, u; k, gh, ngh before e, ê, i; a rhyme that ends in
c, ch, p or t has the rising or the falling tone.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from loa.proof_data import words_of

_RISING, _FALLING = "\u0301", "\u0323"
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_ONSET = re.compile(r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?")
_FRONT = frozenset("eêiy")


@lru_cache(maxsize=16_384)
def is_syllable(word: str) -> bool:
    """Whether ``word``, in lower case and composed, is spelled like a syllable; it need not have a meaning."""
    apart = unicodedata.normalize("NFD", word)
    tones = _TONES.findall(apart)
    if len(tones) > 1:
        return False
    plain = unicodedata.normalize("NFC", _TONES.sub("", apart))
    onset = _ONSET.match(plain)
    assert onset is not None  # it may be empty
    return any(_is_spelled(plain[:end], plain[end:], tones) for end in {onset.end(), *_shorter(onset[0])})


def _shorter(onset: str) -> tuple[int, ...]:
    """Where else an onset may end: gì is g and i, giếng g and iêng, quốc q and uôc."""
    return (1,) if onset in ("gi", "qu") else ()


def _is_spelled(onset: str, rhyme: str, tones: list[str]) -> bool:
    if rhyme not in words_of("syllables", "rhymes"):
        return False
    is_stopped = rhyme[-1] in "cpt" or rhyme.endswith("ch")
    return (not is_stopped or tones in ([_RISING], [_FALLING])) and _may_begin(onset, rhyme)


def _may_begin(onset: str, rhyme: str) -> bool:
    """Whether the letters of an onset are those that go with the vowel behind it."""
    is_front = rhyme[0] in _FRONT
    if onset in ("k", "gh", "ngh"):
        return is_front
    if onset in ("c", "ng"):
        return not is_front
    if onset == "g":
        return not is_front or rhyme[0] == "i"
    return onset != "q" or (rhyme[0] == "u" and len(rhyme) > 1)
