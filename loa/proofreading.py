"""The proof-reader: every rule over one file, less what its editor has said is right. Pure.

``<!-- soát: bỏ qua spacing, dash -->`` silences rules in the block where it stands, or, alone, in the next one;
``<!-- soát: bỏ qua title-length trong cả bài -->`` in the whole file. Comments never reach a page.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from loa import proof_facts, proof_markup, proof_messages, proof_spacing, proof_structure, proof_words
from loa.errors import Problem, Words
from loa.proof_rules import RULES
from loa.proof_text import CLEAR, OPAQUE, Edit, Finding, Proof, decoded, proof_of

_CHECKS: tuple[Callable[[Proof], Iterable[Finding]], ...] = (
    proof_spacing.spacing,
    proof_spacing.dash,
    proof_spacing.number_range,
    proof_spacing.no_break,
    proof_spacing.double_space,
    proof_spacing.decomposed,
    proof_spacing.ellipsis,
    proof_words.joined,
    proof_words.twice,
    proof_words.typo,
    proof_words.message_key,
    proof_words.mixed,
    proof_words.tone,
    proof_structure.line_break,
    proof_structure.page_break,
    proof_structure.bare_heading,
    proof_structure.heading_levels,
    proof_structure.hard_break,
    proof_markup.markup,
    proof_structure.titles,
    proof_structure.summary,
    proof_structure.pictures,
    proof_structure.link_text,
    proof_structure.quotes,
    proof_structure.closing_mark,
    proof_facts.weekday,
    proof_facts.no_such_day,
    proof_facts.blanks,
    proof_facts.cited,
    proof_facts.abolished,
)


class Choice(Struct, frozen=True):
    """Which rules are asked for, and which words are right whatever a rule says of them."""

    rules: frozenset[str] = frozenset(RULES)
    words: frozenset[str] = frozenset()


ALL = Choice()


class Remark(Struct, frozen=True, order=True):
    """A finding where it stands: ``path`` relative to the site folder, line and column from 1.

    Columns count the code points of the file as it lies on the disk. ``words`` are exactly those of the file.
    """

    path: str
    line: int
    column: int
    rule: str
    words: str
    message: str
    hint: str = ""
    suggestion: str = ""
    is_mechanical: bool = False
    end_line: int = 0
    end_column: int = 0


class Patch(Struct, frozen=True, order=True):
    """Characters of the file as it was decoded, and what to put in their place."""

    start: int
    end: int
    text: str


class Link(Struct, frozen=True):
    """A link that leads outside, and where it stands."""

    path: str
    line: int
    column: int
    url: str


class Reading(Struct, frozen=True):
    """What was found in a file, what would mend the mechanical part of it, and the links in it that lead outside."""

    remarks: tuple[Remark, ...] = ()
    patches: tuple[Patch, ...] = ()
    links: tuple[Link, ...] = ()


def findings_in(proof: Proof, choice: Choice = ALL) -> list[Finding]:
    """Everything that is to be said of a text, in its order."""
    silences = _Silences(proof)
    found = [*silences.unknown(), *(finding for check in _CHECKS for finding in check(proof))]
    asked = list(_asked_for(proof, found, choice, silences))
    return sorted(_advised(proof.text, asked), key=lambda finding: (finding.start, finding.end, finding.rule))


def _advised(text: str, findings: list[Finding]) -> Iterator[Finding]:
    """The findings, each saying how its words read when all that is mended in them is: "sắn...và" is "sắn… và"."""
    edits = sorted({finding.edit for finding in findings if finding.edit})
    for finding in findings:
        if not finding.edit:
            yield finding
            continue
        first = bisect_left(edits, finding.start, key=lambda edit: edit.start)
        last = bisect_right(edits, finding.end, key=lambda edit: edit.start)
        inside = [edit for edit in edits[first:last] if edit.end <= finding.end]
        yield replace(finding, suggestion=_mended(text, finding, inside)) if len(inside) > 1 else finding


def _mended(text: str, finding: Finding, edits: list[Edit]) -> str:
    parts: list[str] = []
    at = finding.start
    for edit in edits:
        # Composed words are what the text has already; of others that meet, the first counts.
        if edit.start >= at and edit.text != text[edit.start : edit.end]:
            parts += [text[at : edit.start], edit.text]
            at = edit.end
    return "".join([*parts, text[at : finding.end]])


def _asked_for(proof: Proof, found: Iterable[Finding], choice: Choice, silences: _Silences) -> Iterator[Finding]:
    for finding in found:
        if finding.rule not in choice.rules or silences.cover(finding):
            continue
        if not (choice.words and _is_accepted(proof.text[finding.start : finding.end], choice.words)):
            yield finding


def _is_accepted(words: str, accepted: Collection[str]) -> bool:
    return " ".join(words.casefold().split()).strip('.,;:!?“”"()') in accepted


def read(path: str, data: bytes, choice: Choice = ALL, *, with_links: bool = False) -> Reading:
    """What there is to say of the file at ``path`` below ``content``; nothing where the build cannot read it."""
    proof = proof_of(path, data)
    if isinstance(proof, Problem):
        return Reading()
    findings = findings_in(proof, choice)
    outside = list(_asked_for(proof, _outside(proof), choice, _Silences(proof))) if with_links else []
    if not findings and not outside:
        return Reading()
    raw = decoded(data)
    starts = [0, *(found.end() for found in _LINE_END.finditer(raw))]

    def position(place: int) -> tuple[int, int]:
        line = bisect_right(starts, place)
        # A mark of byte order is no column.
        return line, place - starts[line - 1] + 1 - (line == 1 and raw.startswith("\ufeff"))

    remarks, patches = [], []
    for finding in findings:
        start, end = proof.place(finding.start), proof.place(finding.end)
        edit = finding.edit
        remarks.append(
            Remark(
                f"content/{path}",
                *position(start),
                finding.rule,
                raw[start:end],
                finding.words.message,
                finding.words.hint,
                finding.suggestion,
                edit is not None,
                *position(end),
            )
        )
        if edit:
            patches.append(Patch(proof.place(edit.start), proof.place(edit.end), edit.text))
    links = (
        Link(f"content/{path}", *position(proof.place(link.start)), proof.text[link.start : link.end])
        for link in outside
    )
    return Reading(tuple(remarks), tuple(patches), tuple(links))


_ADDRESS = re.compile(
    r"(?<=\]\()https?://[^\s()<>\"]{1,2000}|(?<=<)https?://[^\s<>\"]{1,2000}(?=>)|(?<=]: )https?://\S{1,2000}"
)


def _outside(proof: Proof) -> Iterator[Finding]:
    """The links of a text that lead outside, which may be dead; what stands in code is none."""
    code = [block for block in proof.blocks if block.kind == "code"]
    for found in _ADDRESS.finditer(proof.text, proof.body):
        at = found.start()
        sign = proof.text[at - 1]
        # The frame of a link is read through, code is not; within brackets of its own an address is covered itself.
        in_code = proof.prose[at - 1] != CLEAR if sign == "(" else sign == "<" and proof.prose[at - 2] == OPAQUE
        if not in_code and not any(block.start <= at < block.end for block in code):
            yield Finding(*found.span(), "external-link", Words(""))


_LINE_END = re.compile("\r\n?|\n")


# --- silence -----------------------------------------------------------------------------

_COMMENT = re.compile(r"<!--[ ]*so[áa]t:[ ]*bỏ qua[ ]+([a-z, -]{1,300}?)([ ]+trong cả bài)?[ ]*-->")


class _Silences:
    """What the comments of a text say about rules, and where."""

    def __init__(self, proof: Proof) -> None:
        self._everywhere: set[str] = set()
        self._spans: list[tuple[int, int, frozenset[str]]] = []
        self._unknown: list[tuple[int, int]] = []
        if "<!--" not in proof.text:
            return
        blocks = _Blocks(proof)
        for found in _COMMENT.finditer(proof.text, proof.body):
            names = frozenset(name.strip() for name in found[1].split(",") if name.strip())
            if names - set(RULES):
                self._unknown.append(found.span())
            if found[2]:
                self._everywhere |= names
            else:
                for span in blocks.about(found):
                    self._silence(*span, names)

    def _silence(self, first: int, last: int, names: frozenset[str]) -> None:
        if self._spans and self._spans[-1][:2] == (first, last):
            names |= self._spans.pop()[2]
        self._spans.append((first, last, names))

    def unknown(self) -> Iterator[Finding]:
        """Comments that name a rule which is not there."""
        for start, end in self._unknown:
            yield Finding(start, end, "silence", proof_messages.silence(", ".join(RULES)))

    def cover(self, finding: Finding) -> bool:
        """Whether an editor has said that the words of a finding are right."""
        if finding.rule in self._everywhere:
            return True
        # In the order of the comments both ends of the spans grow: those that end before the finding are passed over.
        for at in range(bisect_right(self._spans, finding.start, key=lambda span: span[1]), len(self._spans)):
            first, _, names = self._spans[at]
            if first >= finding.end:
                return False
            if finding.rule in names:
                return True
        return False


class _Blocks:
    """The blocks of a text, and which of them a comment is about."""

    def __init__(self, proof: Proof) -> None:
        self._text = proof.text
        self._blocks = [block for block in proof.blocks if block.start >= proof.body]

    def about(self, found: re.Match[str]) -> Iterator[tuple[int, int]]:
        """The blocks that a comment is about."""
        index = bisect_right(self._blocks, found.start(), key=lambda block: block.start) - 1
        if index < 0 or found.start() >= self._blocks[index].end:
            return
        block = self._blocks[index]
        yield block.start, block.end
        alone = self._text[block.start : block.end].replace(found[0], "").strip()
        if not alone and index + 1 < len(self._blocks):
            # With what lies between: a finding may stand on both sides of a gap.
            yield block.end, self._blocks[index + 1].end
