"""Rules about Markdown and HTML left half written: they reach the page as signs, or swallow what follows. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from loa import proof_messages
from loa.proof_text import CLEAR, OPAQUE, Block, Finding, Proof

_RULE = "markup"
_PROSE = ("paragraph", "item", "quote", "heading")


def markup(proof: Proof) -> Iterator[Finding]:
    """Tables, emphasis, links and tags that are torn, and lines that became headings unmeant."""
    yield from _tables(proof)
    for block in proof.blocks:
        if block.start >= proof.body and block.kind in _PROSE:
            yield from _links(proof, block)
            yield from _strong(proof, block)
            yield from _underlined(proof, block)
    yield from _tags(proof)


# --- tables --------------------------------------------------------------------------------

_RULE_OF_TABLE = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*")


def _tables(proof: Proof) -> Iterator[Finding]:
    for before, table in pairwise((Block("", 0, 0), *proof.blocks)):
        if table.kind != "table" or table.start < proof.body:
            continue
        first, *others = proof.text[table.start : table.end].split("\n")
        if first.count("|") < 2:
            continue
        place = (table.start, table.start + len(first))
        if not others or not _RULE_OF_TABLE.fullmatch(others[0]):
            yield Finding(*place, _RULE, proof_messages.table_without_rule(first.strip(" |").count("|") + 1))
        elif before.kind in ("paragraph", "item", "quote") and before.end == table.start - 1:
            yield Finding(*place, _RULE, proof_messages.table_without_gap())


# --- links and emphasis --------------------------------------------------------------------

_OPENING = re.compile(r"\[[^\[\]\n]{1,300}\]\((?=[^\s()])")
_APART = re.compile(r"\][ \t]+(?=\((?:/|\.\.?/|https?://|mailto:|tel:)[^\s()]{0,1000}\))")


def _links(proof: Proof, block: Block) -> Iterator[Finding]:
    if "](" in proof.prose[block.start : block.end]:
        for found in _OPENING.finditer(proof.text, block.start, block.end):
            # What has an end is covered.
            if proof.prose.startswith("](", found.end() - 2) and not _is_closed(proof.text, found.end(), block.end):
                yield Finding(*found.span(), _RULE, proof_messages.link_not_closed())
    for found in _APART.finditer(proof.text, block.start, block.end):
        if proof.prose[found.start()] != OPAQUE:
            yield Finding(*found.span(), _RULE, proof_messages.link_apart(), "]")


_FAR = 300
_PARENTHESIS = re.compile(r"[()]")


def _is_closed(text: str, start: int, end: int) -> bool:
    """Whether the parenthesis that was opened before ``start`` is closed, or is too far from its end to tell."""
    depth = 1
    for sign in _PARENTHESIS.finditer(text, start, min(end, start + _FAR)):
        depth += 1 if sign[0] == "(" else -1
        if not depth:
            return True
    return end > start + _FAR and depth > 1


_STARS = re.compile(r"\*{2,}")
_BEFORE_WORDS = " \n(“\"'[|>" + CLEAR


def _strong(proof: Proof, block: Block) -> Iterator[Finding]:
    runs = [
        run
        for run in _STARS.finditer(proof.text, block.start, block.end)
        if proof.prose[run.start()] == CLEAR and proof.text[run.start() - 1 : run.end() + 1] != "(**)"
    ]
    if len(runs) % 2 and all(len(run[0]) <= 3 for run in runs):
        last = runs[-1]
        follows = proof.text[last.end() : last.end() + 1]
        if follows.strip() and proof.text[last.start() - 1] in _BEFORE_WORDS:
            yield Finding(*last.span(), _RULE, proof_messages.strong_not_closed())


# --- lines that are headings ---------------------------------------------------------------

_UNDERLINED = re.compile(r"([^\n]+)\n[ ]{0,3}(?:-+|=+)[ ]*(?=\n|\Z)")
_LONGEST_HEADING = 120


def _underlined(proof: Proof, block: Block) -> Iterator[Finding]:
    found = _UNDERLINED.match(proof.text, block.start, block.end)
    if not found or block.kind != "paragraph":
        return
    words = found[1].strip(f"*_ {CLEAR}")
    # Short, and without an end, it may be meant as one.
    if words[-1:] in tuple(".,;:!?…") or len(words) > _LONGEST_HEADING:
        start = found.start() + found[0].rindex("\n") + 1
        yield Finding(start, found.end(), _RULE, proof_messages.underlined())


# --- tags ----------------------------------------------------------------------------------

_TAG = re.compile(r"<(/?)(table|div|section|details|figure|blockquote|ul|ol)\b[^<>\n]{0,1000}>", re.IGNORECASE)


def _tags(proof: Proof) -> Iterator[Finding]:
    opened: dict[str, list[re.Match[str]]] = {}
    for tag in _TAG.finditer(proof.text, proof.body):
        if proof.prose[tag.start()] != CLEAR or tag[0].endswith("/>"):
            continue
        of_name = opened.setdefault(tag[2].lower(), [])
        if not tag[1]:
            of_name.append(tag)
        elif of_name:
            of_name.pop()
    for name, left in opened.items():
        for tag in left:
            yield Finding(*tag.span(), _RULE, proof_messages.tag_not_closed(name))
