"""Rules about lines, paragraphs, headings, links and pictures: what a page is made of. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loa import proof_messages
from loa.proof_data import words_of
from loa.proof_text import CLEAR, OPAQUE, Block, Finding, Proof
from loa.syllables import is_syllable
from loa.text import count_words

_MARKS = f"*_ {CLEAR}"


def _blocks(proof: Proof, *kinds: str) -> Iterator[Block]:
    return (block for block in proof.blocks if block.kind in kinds)


# --- sentences that are torn -------------------------------------------------------------

# A text none of whose lines is longer has been wrapped on purpose.
_WRAPPED = 100
_SLIPS = 3
_ENUMERATED = re.compile(r"[a-zđ]{1,3}[).]")
_V_V = re.compile(r"[\W_]*V/v", re.IGNORECASE)
_END_OF_LINE = re.compile(r"([^\W\d_]+|[^\W\d_]+,)[*_\ue001]*\n[ ]*[*_\ue001]*([^\W\d_]+)")


def line_break(proof: Proof) -> Iterator[Finding]:
    """Lines that end within a sentence, in a text whose paragraphs are one line each."""
    if max((len(line) for line in proof.prose[proof.body :].split("\n")), default=0) <= _WRAPPED:
        return
    torn = [found for block in _blocks(proof, "paragraph", "item") for found in _torn(proof, block)]
    # So many are no slips: an address or a table made one line of a wrapped text longer.
    for found in torn if len(torn) <= _SLIPS else ():
        suggestion = f"{found[1]} {found[2]}"
        yield Finding(found.start(1), found.end(2), "line-break", proof_messages.line_break(), suggestion)


def _torn(proof: Proof, block: Block) -> Iterator[re.Match[str]]:
    if "\n" in proof.prose[block.start : block.end] and not _V_V.match(proof.text, block.start):
        for found in _END_OF_LINE.finditer(proof.prose, block.start, block.end):
            if found[2][0].islower() and not _ENUMERATED.match(proof.prose, found.start(2)):
                yield found


_LONG_ENOUGH = 60
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def page_break(proof: Proof) -> Iterator[Finding]:
    """Paragraphs that end within a sentence which the next one goes on with."""
    for first, second in zip(proof.blocks, proof.blocks[1:], strict=False):
        if first.kind not in ("paragraph", "item") or second.kind != "paragraph":
            continue
        if first.end - first.start < _LONG_ENOUGH or _V_V.match(proof.text, first.start):
            continue
        tail = proof.prose[first.end - 40 : first.end].rstrip()
        last = _LAST_WORD.search(tail)
        next_word = _FIRST_WORD.match(proof.prose, second.start)
        if last and next_word and next_word[0][0].islower() and not _ENUMERATED.match(proof.prose, second.start):
            start = first.end - 40 + last.start()
            suggestion = f"{last[0]} {next_word[0]}"
            yield Finding(start, next_word.end(), "page-break", proof_messages.page_break(), suggestion)


_LONGEST_HEADING = 120
_SHORTEST_SECTION = 40
_STARTS_LIKE_HEADING = re.compile(rf"[*_{CLEAR}]*(?:[^\W\d_]|\d{{1,2}}[.)] |[“(])")
_DAY = re.compile(r"\d{1,2}[/-]\d{1,2}|\bngày\b|[Ss]ố:|@|\d{4}")


def bare_heading(proof: Proof) -> Iterator[Finding]:
    """Short paragraphs without an end, before the text or the list that they are the heading of."""
    if proof.folder == "van-ban":
        # A document is printed as it was issued.
        return
    captioned = -1
    for first, second in zip(proof.blocks, proof.blocks[1:], strict=False):
        if proof.text.startswith("![", first.start):
            # Behind a picture stands what it shows.
            captioned = second.start
        if first.kind != "paragraph" or second.kind not in ("paragraph", "item") or first.start == captioned:
            continue
        words = proof.prose[first.start : first.end].strip(_MARKS)
        raw = proof.text[first.start : first.start + 2]
        if (
            not 2 <= len(words) <= _LONGEST_HEADING
            or "\n" in words
            or OPAQUE in words
            or CLEAR in words
            or raw[0] in "[!<`|"
        ):
            continue
        if words[-1] in ".,:;!?…/-–)”\"'" or not words[0].isupper() or _DAY.search(words):
            continue
        following = proof.prose[second.start : second.end].strip(_MARKS)
        is_section = second.kind == "item" or (len(following) >= _SHORTEST_SECTION and following[-1] in ".;:!?…”")
        if is_section and (" " in words or is_syllable(words.lower())):
            start = first.start + proof.text[first.start : first.end].find(words)
            end = first.end
            if proof.text[first.start] in "*_":
                start = first.start
            yield Finding(start, end, "bare-heading", proof_messages.bare_heading(), f"## {words}")


# --- headings ----------------------------------------------------------------------------

_HASHES = re.compile(r" {0,3}(#{1,6})\s")


def heading_levels(proof: Proof) -> Iterator[Finding]:
    """Headings more than one level below the one before, or of the level that the title of the page has.

    A text may begin at any level that it never goes above: Loa moves them all up together.
    """
    found = [(block, _HASHES.match(proof.text, block.start)) for block in _blocks(proof, "heading")]
    levels = [(block, len(hashes[1])) for block, hashes in found if hashes]
    last = min((level for _, level in levels if level > 1), default=2) - 1
    for block, level in levels:
        if level > last + 1 or level == 1:
            expected = min(last + 1, 6) if level > 1 else 2
            yield Finding(block.start, block.end, "heading-levels", proof_messages.heading_level(level, expected))
        last = max(level, 2)


_HARD_BREAK = re.compile(r"^(?P<line>[^\n]{4,200}?) {2,}\n(?=[^\n]*\S)", re.MULTILINE)


def hard_break(proof: Proof) -> Iterator[Finding]:
    """Lines in capitals that end with the two blanks of a hard break: the head or foot of a document on paper."""
    for block in _blocks(proof, "paragraph"):
        for found in _HARD_BREAK.finditer(proof.prose, block.start, block.end):
            line = found["line"].strip(_MARKS)
            if line.isupper() and (" " in line) and sum(map(str.isalpha, line)) >= 6:
                start = proof.prose.find(line, found.start())
                yield Finding(start, start + len(line), "hard-break", proof_messages.hard_break())


# --- titles ------------------------------------------------------------------------------

MAX_TITLE = 140
_QUOTES = "”\"'’) "


def titles(proof: Proof) -> Iterator[Finding]:
    """What titles of articles and pages should not be: endless, in capitals, sentences."""
    for block in _blocks(proof, "title"):
        title = proof.text[block.start : block.end]
        place = (block.start, block.end)
        if len(title) > MAX_TITLE:
            yield Finding(*place, "title-length", proof_messages.title_length(len(title), MAX_TITLE))
        spelled = [word for word in re.findall(r"[^\W\d_]+", title.lower()) if is_syllable(word)]
        if title.isupper() and len(spelled) > 1:
            # Where names begin only people know, so the rest is in lower case.
            yield Finding(*place, "title-capitals", proof_messages.title_capitals(), title.capitalize())
        bare = title.rstrip(_QUOTES)
        if bare.endswith(".") and not re.search(r"\.\w{1,4}\.\Z|\.\.\Z", bare):
            start = block.start + title.rfind(" ") + 1
            yield Finding(
                start,
                block.end,
                "title-stop",
                proof_messages.title_stop(),
                title[title.rfind(" ") + 1 :].replace(".", ""),
            )


_LONG_TEXT = 500  # words; the first of a shorter one do


def summary(proof: Proof) -> Iterator[Finding]:
    """Long articles without a summary: lists and search engines then show the first words of the text."""
    if proof.folder != "tin" or proof.source.fields.get("summary"):
        return
    words = count_words(proof.prose[proof.body :])
    if words >= _LONG_TEXT:
        for block in _blocks(proof, "title"):
            yield Finding(block.start, block.end, "summary", proof_messages.summary(words))


# --- pictures and links ------------------------------------------------------------------

_PICTURE = re.compile(r"!\[([^\[\]\n]{0,500})\]\(([^()\s]{1,500})(?:\s+\"[^\"\n]{0,300}\")?\)")
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,300})\]\(([^()\s]{1,1000})(?:\s+\"[^\"\n]{0,300}\")?\)")
_CAMERA = re.compile(r"(?:img|dsc|dscn|image|pic|photo|screenshot|anh|hinh)?[ _-]?\d*(?:\.\w{2,4})?", re.IGNORECASE)
_SUFFIX = re.compile(r"\.(?:jpe?g|png|webp|gif)\Z", re.IGNORECASE)


def pictures(proof: Proof) -> Iterator[Finding]:
    """Pictures that nobody describes, or whose description is a name of a file."""
    for found in _PICTURE.finditer(proof.text, proof.body):
        # In code everything is covered; here at least the description is not.
        if proof.prose[found.start()] != CLEAR:
            continue
        alt = found[1].strip()
        if not alt:
            yield Finding(*found.span(), "alt", proof_messages.no_alt())
        elif _is_name_of(alt, found[2]):
            yield Finding(*found.span(), "alt", proof_messages.alt_is_name())
    yield from _lead_picture(proof)


_IMAGE = re.compile(r"^image:[^\n]*", re.MULTILINE)


def _lead_picture(proof: Proof) -> Iterator[Finding]:
    lead = proof.source.fields.get("image")
    if not lead:
        return
    parts = lead if isinstance(lead, dict) else {"file": lead}
    alt = str(parts.get("alt") or "").strip()
    field = _IMAGE.search(proof.text, 0, proof.body)
    if not alt and field:
        yield Finding(*field.span(), "alt", proof_messages.no_alt())
    elif alt and _is_name_of(alt, str(parts.get("file", ""))) and (at := proof.text.find(alt, 0, proof.body)) >= 0:
        yield Finding(at, at + len(alt), "alt", proof_messages.alt_is_name())


def _is_name_of(alt: str, target: str) -> bool:
    name = target.rpartition("/")[2].casefold()
    bare = alt.strip().casefold()
    if bare in (name, name.rpartition(".")[0]) or _SUFFIX.search(bare) or bare in words_of("alt", "empty"):
        return True
    return bool(_CAMERA.fullmatch(bare))


def link_text(proof: Proof) -> Iterator[Finding]:
    """Links whose words say nothing where they stand alone, as in a screen reader's list of links."""
    for found in _LINK.finditer(proof.text, proof.body):
        if proof.prose[found.start()] != CLEAR:
            continue
        words = " ".join(found[1].strip(_MARKS + ".:>»→…").casefold().split())
        if words in words_of("link_text", "empty") or words.startswith(("http://", "https://", "www.")):
            yield Finding(found.start(1), found.end(1), "link-text", proof_messages.link_text())


_QUOTE = re.compile(r"(?<![\w\d\"'”°])\"(?=[^\s\"])([^\"]{1,600}?[^\s\"])\"(?!\w)")


def quotes(proof: Proof) -> Iterator[Finding]:
    """Straight quotation marks around words."""
    if '"' not in proof.prose:
        return
    for block in _blocks(proof, "paragraph", "item", "quote", "heading", "table", "title", "field"):
        for found in _QUOTE.finditer(proof.prose, block.start, block.end):
            if OPAQUE not in found[0]:
                yield Finding(
                    *found.span(), "quotes", proof_messages.quotes(), f"“{proof.text[found.start(1) : found.end(1)]}”"
                )


# --- documents ---------------------------------------------------------------------------

_CLOSED = re.compile(rf"\.[ *_{CLEAR}]*/[ *_{CLEAR}]*\.")
_FOOT = re.compile(r"[*_ ]*(?:Nơi nhận|KT\.|TM\.|TL\.|TUQ\.|Q\.|CHỦ TỊCH|GIÁM ĐỐC|PHÓ )")
_SHORTEST_DOCUMENT = 40  # words
_LAST_TOKEN = re.compile(r"\S{1,60}\Z")


def closing_mark(proof: Proof) -> Iterator[Finding]:
    """Administrative documents without the sign that ends their text (Nghị định 30/2020/NĐ-CP, Phụ lục III).

    Those of the Party, and laws, have none.
    """
    number = str(proof.source.fields.get("number", ""))
    if proof.folder != "van-ban" or "-" in number.partition("/")[0] or re.search(r"QH\d", number):
        return
    if str(proof.source.fields.get("kind")) in words_of("closing_mark", "kinds_without"):
        return
    if _CLOSED.search(proof.prose, proof.body) or count_words(proof.prose[proof.body :]) < _SHORTEST_DOCUMENT:
        return
    last = None
    for block in proof.blocks:
        if block.start >= proof.body and block.kind in ("paragraph", "item"):
            if last and _FOOT.match(proof.text, block.start):
                break
            last = block
    if last:
        text = proof.prose[last.start : last.end].rstrip(_MARKS + "\n")
        found = _LAST_TOKEN.search(text)
        if found:
            start, end = last.start + found.start(), last.start + found.end()
            suggestion = f"{proof.text[start:end].rstrip('./;,')}./."
            yield Finding(start, end, "closing-mark", proof_messages.closing_mark(), suggestion)
