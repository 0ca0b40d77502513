"""Rules about words: joined, doubled, mistyped, spelled in two ways, or meant for software. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from loa import proof_messages
from loa.proof_data import any_of, doubled, doubled_behind, slips, variants, words_of
from loa.proof_text import Finding, Proof
from loa.syllables import is_syllable

_WORD = re.compile(r"[^\W\d_]+")


# --- joined ------------------------------------------------------------------------------

# Long enough for two syllables, with a letter that only Vietnamese has.
_LONG = re.compile(r"(?<![\w'’./@-])[^\W\d_]{5,14}(?![\w'’/@-])")
_LONGEST = 7


def joined(proof: Proof) -> Iterator[Finding]:
    """Two syllables without the blank between them."""
    for found in _LONG.finditer(proof.prose):
        word = found[0]
        if word.isascii() or not (word.islower() or word.istitle()):
            continue
        if at := _seam(word.lower()):
            yield Finding(*found.span(), "joined", proof_messages.joined(), f"{word[:at]} {word[at:]}")


def _seam(word: str) -> int:
    """Where the blank is missing; 0 where ``word`` is one syllable, known, or cannot be two."""
    if is_syllable(word) or word in words_of("joined", "foreign"):
        return 0
    common = words_of("joined", "common")
    places = [
        (sum(part in common for part in (word[:at], word[at:])), at)
        for at in range(max(2, len(word) - _LONGEST), min(len(word) - 1, _LONGEST + 1))
        if is_syllable(word[:at]) and is_syllable(word[at:])
    ]
    known, at = max(places, default=(0, 0))
    return at if known else 0


# --- doubled -----------------------------------------------------------------------------

_DOUBLED = re.compile(r"(?<![\w-])([^\W\d_]+)[ \xa0]+\1(?![\w-])", re.IGNORECASE)
_BEFORE = re.compile(r"(?<!\S)([^\W\d_]+) \Z")
_TWICE_BEFORE = re.compile(r"(?<!\S)([^\W\d_]+) \1 \Z", re.IGNORECASE)
_AFTER = re.compile(r" ([^\W\d_]+)(?: ([^\W\d_]+))?")


def twice(proof: Proof) -> Iterator[Finding]:
    """A word that stands twice, where nothing in the table of reasons allows it."""
    prose = proof.prose
    for found in _DOUBLED.finditer(prose):
        word = found[1].lower()
        if word not in doubled() or found[0][len(word) :].strip()[:1].isupper():
            continue
        after = _AFTER.match(prose, found.end())
        # "quan | quan tâm" are two compounds, "đi đi lại lại" says everything twice.
        if after and (after[1].lower() in doubled()[word] or after[1] == after[2]):
            continue
        before = _BEFORE.search(prose, max(0, found.start() - 12), found.start())
        if before and before[1].lower() in doubled_behind().get(word, ()):
            continue
        # "có có | không không": so does this, from behind.
        if _TWICE_BEFORE.search(prose, max(0, found.start() - 20), found.start()):
            continue
        yield Finding(*found.span(), "doubled", proof_messages.doubled(), found[1])


# --- slips, keys -------------------------------------------------------------------------


def typo(proof: Proof) -> Iterator[Finding]:
    """Slips of the finger and of spelling that are known."""
    for wrong, slip in slips().items():
        if wrong not in proof.lower:
            continue
        # Signs stand behind a word.
        before = r"(?<!\w)" if wrong[0].isalnum() else r"(?<=\w)"
        for found in re.finditer(rf"{before}{re.escape(wrong)}(?!\w)", proof.lower):
            if proof.lower.startswith(slip.unless, found.end()):
                continue
            is_capital = proof.prose[found.start()].isupper()
            right = slip.right[0].upper() + slip.right[1:] if is_capital else slip.right
            yield Finding(*found.span(), "typo", proof_messages.typo(), right)


@cache
def _key() -> re.Pattern[str]:
    always, with_dot = words_of("message_key", "always"), words_of("message_key", "with_dot")
    part = r"[a-z0-9]+"
    return re.compile(
        rf"(?<![\w@./-])(?:(?:{any_of(always)})[-_.]|(?:{any_of(with_dot)})[_.])(?=[a-z]){part}(?:[-_.]{part})*(?![\w@]|[/]\w)"
        rf"|(?<![\w@./{{-])[a-z][a-z0-9]*(?:_{part})+(?![\w@/-]|\.\w)"
        r"|\{\{[^{}\n]{1,60}\}\}|\$\{[^{}\n]{1,60}\}|\{%[^{}\n]{1,60}%\}|\[object Object\]"
    )


@cache
def _signs_of_keys() -> tuple[str, ...]:
    """One of these is in every key."""
    words = words_of("message_key", "always") | {f"{word}." for word in words_of("message_key", "with_dot")}
    return ("_", "{", "object", *sorted(words))


def message_key(proof: Proof) -> Iterator[Finding]:
    """Names that software has for its sentences and fields."""
    if not any(sign in proof.prose for sign in _signs_of_keys()):
        return
    # Brackets that look like a link's are covered; those are read in the text itself.
    for found in _key().finditer(proof.prose):
        yield Finding(*found.span(), "message-key", proof_messages.message_key())
    at = proof.text.find("[object Object]", proof.body)
    while at >= 0:
        if "object" in proof.prose[at : at + 15]:
            yield Finding(at, at + 15, "message-key", proof_messages.message_key())
        at = proof.text.find("[object Object]", at + 15)


# --- one thing, spelled in two ways ------------------------------------------------------


def mixed(proof: Proof) -> Iterator[Finding]:
    """Spellings of one thing other than the one that the text has most often."""
    for group in variants():
        text = proof.prose if group.is_cased else proof.lower
        if sum(spelling in text for spelling in group.spellings) < 2:
            continue
        met: list[tuple[int, int, str]] = []
        for found in group.pattern.finditer(proof.prose):
            written = found[0] if group.is_cased else found[0].lower()
            before = _BEFORE.search(proof.prose, max(0, found.start() - 12), found.start())
            if (before and before[1].lower() in group.not_after) or _is_quoted(proof.prose, *found.span()):
                continue
            met.append((*found.span(), written))
        counts = Counter(written for _, _, written in met)
        if len(counts) < 2:
            continue
        usual = max(group.spellings, key=lambda spelling: counts[spelling if group.is_cased else spelling.lower()])
        for start, end, written in met:
            if written != (usual if group.is_cased else usual.lower()):
                yield Finding(start, end, "variants", proof_messages.variant(usual), usual)


# --- tones -------------------------------------------------------------------------------

_TONED = re.compile(
    r"[òóỏõọùúủũụou](?:(?P<old>(?<=[òóỏõọ])[ae]|(?<=[ùúủũụ])(?<!q.)y)"
    r"|(?P<new>(?<=o)[àáảãạèéẻẽẹ]|(?<=u)(?<!q.)[ỳýỷỹỵ]))(?!\w)"
)
_ONSET = re.compile(r"(?<!\w)[^\W\d_]{0,4}\Z")
_FIRST, _SECOND = "òóỏõọùúủũụ", "àáảãạèéẻẽẹỳýỷỹỵ"
_BARE = dict(zip("òóỏõọùúủũụàáảãạèéẻẽẹỳýỷỹỵ", "ooooouuuuuaaaaaeeeeeyyyyy", strict=True))
_WITH = {bare: [c for c in "òóỏõọùúủũụàáảãạèéẻẽẹỳýỷỹỵ" if _BARE[c] == bare] for bare in "ouaey"}


def tone(proof: Proof) -> Iterator[Finding]:
    """Syllables whose tone stands on the other vowel than in most syllables of the text."""
    met: list[tuple[int, int, str | None]] = []
    for found in _TONED.finditer(proof.lower):
        onset = _ONSET.search(proof.lower, max(0, found.start() - 5), found.start())
        if onset is None:
            continue
        place = (onset.start(), found.end())
        if is_syllable(proof.lower[slice(*place)]) and not _is_name(proof.prose, *place):
            met.append((*place, found.lastgroup))
    counts = Counter(style for *_, style in met)
    if len(counts) < 2:
        return
    # The old placement where neither is met more often: it is the one of dictionaries and of this program.
    usual = "new" if counts["new"] > counts["old"] else "old"
    example = next(proof.prose[start:end] for start, end, style in met if style == usual)
    for start, end, style in met:
        if style != usual:
            yield Finding(start, end, "tone", proof_messages.tone(example), _moved(proof.prose[start:end]))


def _is_quoted(prose: str, start: int, end: int) -> bool:
    """Whether words stand alone in quotation marks: then they are spoken of."""
    return prose[start - 1 : start] == "“" and prose[end : end + 1] == "”"


def _is_name(prose: str, start: int, end: int) -> bool:
    """Whether a word stands in quotation marks, or has a capital and stands behind another, as in names of people."""
    if _is_quoted(prose, start, end):
        return True
    if not prose[start].isupper() or prose[start:end].isupper():
        return False
    before = _BEFORE.search(prose, max(0, start - 12), start)
    return bool(before and before[1][0].isupper() and not before[1].isupper())


def _moved(syllable: str) -> str:
    """``syllable``, which ends in two vowels, with its tone on the other one."""
    first, second = syllable[-2], syllable[-1]
    toned = first if first.lower() in _FIRST else second
    tone_number = _WITH[_BARE[toned.lower()]].index(toned.lower())
    bare = _BARE[toned.lower()]
    other = second if toned is first else first
    mark = _WITH[other.lower()][tone_number]
    mark, bare = (mark.upper() if other.isupper() else mark), (bare.upper() if toned.isupper() else bare)
    return syllable[:-2] + (bare + mark if toned is first else mark + bare)
