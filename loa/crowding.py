"""Marks in a number that no article needs, and that the library for Markdown takes the square of the time for. Pure.

What is counted here was measured: each of it at 1 MB took minutes or never ended, and takes at most a second where it
stays below its number. Only texts that the library converts are looked at; ``tests/hostile.py`` has such texts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

_FEW = 1_500  # characters
# In one block: between two blank lines.
_UNCLOSED = 50
_HEADINGS = 200
_DEFINITIONS = 1_000
_TERMS = 300
_MARKS = 10_000
# In a whole text.
_ABBREVIATIONS = 200
_FOOTNOTES = 3_000
_USES = 200
_DECLARATIONS = 20
_TAGS = 100
_OPEN_ELEMENTS = 100
_ALL_DEFINITIONS = 2_000
_FENCES = 500
# In a table, and in a line of one.
_COLUMNS = 100
_CELLS = 200_000
# Lists and quotes in each other: in one line, and how many lines may lie deeper than anybody writes.
_LEVELS = 40
_DEEP = 50
_TICKS = 400
_RUN_OF_TICKS = 20

# What the library puts aside one by one, with the whole block written anew each time; two blanks break a line.
_OF_INLINE = (*"[*_`<\\&!{", "  \n")

_GAP = r"\n[ \t]*(?=\n)"
_GAPS = re.compile(r"\n[ \t]*\n")
_BRACKET = re.compile(rf"{_GAP}|[\[\]]")
_PAREN = re.compile(rf"{_GAP}|\]\(|[()]")
_HEADING = re.compile(rf"{_GAP}|(?:^|(?<=\n))(?:#|[=-]+[ ]*(?=\n|\Z))")
_DEFINITION = re.compile(rf"{_GAP}|(?:^|(?<=\n)) {{0,3}}\[[^\]\n]*\]:")
_DEFINITION_ALONE = re.compile(r"^ {0,3}\[[^\]\n]*\]:", re.MULTILINE)
_TERM = re.compile(rf"{_GAP}|(?:^|(?<=\n)) {{0,3}}:[ ]")
_ABBREVIATION = re.compile(r"^[*]\[", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^[^\]\n]{0,100}\]?")
_OPEN_TAG = re.compile(r"<[A-Za-z/!?][^<>]*(?=<)")
# Elements that must be closed, unlike paragraphs, items and cells.
_ELEMENT = re.compile(
    r"<(/?)(?:a|abbr|article|aside|b|blockquote|center|cite|code|del|details|div|dl|em|fieldset|figure|font|footer|form"
    r"|h[1-6]|header|i|ins|kbd|mark|math|nav|ol|pre|q|s|script|section|select|small|span|strike|strong|style|sub|sup"
    r"|svg|table|template|textarea|tt|u|ul|var|object|iframe|noscript|button|label|main|map|video|audio|big)\b",
    re.IGNORECASE,
)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_LONG_RUN = re.compile("`" * (_RUN_OF_TICKS + 1))
_LEVEL = rf"^(?:[ \t]*(?:>|[-*+][ \t]|\d{{1,9}}\.[ \t])){{{_LEVELS}}}"
_NESTED = re.compile(_LEVEL, re.MULTILINE)
# A line of nothing but such marks is a rule.
_RULE = re.compile(r"[ \t]*([-*])(?:[ \t]*\1)*[ \t]*$", re.MULTILINE)
_DEEP_ITEM = re.compile(r"^(?: {100,}|\t{25,})[ \t]*(?:[-*+]|\d{1,9}\.)[ \t]", re.MULTILINE)


class Crowd(NamedTuple):
    """What there is too much of, more than ``most``, and where: at the ``line`` of the text, from 0."""

    kind: str
    most: int
    line: int


def crowd_in(text: str) -> Crowd | None:
    """The first kind of mark of which ``text`` has too many; None for all that is like an article."""
    # So few marks take a moment, whatever they are.
    for kind, most, place in _crowds(text) if len(text) > _FEW else ():
        return Crowd(kind, most, text.count("\n", 0, place))
    return None


def _crowds(text: str) -> Iterator[tuple[str, int, int]]:
    # Counting letters takes no time, and most texts have too few of each.
    for letters, few, looks in _LOOKS:
        if any(text.count(letter) > few for letter in letters):
            for look in looks:
                yield from look(text)


def _in_all(kind: str, mark: re.Pattern[str], most: int, text: str) -> Iterator[tuple[str, int, int]]:
    for number, found in enumerate(mark.finditer(text)):
        if number == most:
            yield kind, most, found.start()
            return


def _in_a_block(kind: str, mark: re.Pattern[str], most: int, text: str) -> Iterator[tuple[str, int, int]]:
    number = 0
    for found in mark.finditer(text):
        number = 0 if found[0][:1] == "\n" else number + 1
        if number > most:
            yield kind, most, found.start()
            return


def _unclosed(kind: str, mark: re.Pattern[str], text: str) -> Iterator[tuple[str, int, int]]:
    """Where more than so many are open at once: the first of them."""
    opened: list[int] = []
    for found in mark.finditer(text):
        sign = found[0]
        if sign[0] == "\n":
            opened.clear()
        elif sign in "])":
            if opened:
                opened.pop()
        else:
            opened.append(found.start())
            if len(opened) > _UNCLOSED:
                yield kind, _UNCLOSED, opened[0]
                return


def _nested(text: str) -> Iterator[tuple[str, int, int]]:
    for found in _NESTED.finditer(text):
        if not _RULE.match(text, found.start()):
            yield "levels", _LEVELS, found.start()
            return
    yield from _in_all("levels", _DEEP_ITEM, _DEEP, text)


def _marks(text: str) -> Iterator[tuple[str, int, int]]:
    if len(text) <= _MARKS:
        return
    place = 0
    for block in _GAPS.split(text):
        if len(block) > _MARKS and sum(map(block.count, _OF_INLINE)) > _MARKS:
            yield "marks", _MARKS, place
            return
        place += len(block) + 2


def _open_elements(text: str) -> Iterator[tuple[str, int, int]]:
    opened: list[int] = []
    for found in _ELEMENT.finditer(text):
        if not found[1]:
            opened.append(found.start())
            if len(opened) > _OPEN_ELEMENTS:
                yield "elements", _OPEN_ELEMENTS, opened[0]
                return
        elif opened:
            opened.pop()


def _footnotes(text: str) -> Iterator[tuple[str, int, int]]:
    yield from _in_all("footnotes", _FOOTNOTE, _FOOTNOTES, text)
    uses: Counter[str] = Counter()
    for found in _FOOTNOTE.finditer(text):
        uses[found[0]] += 1
        if uses[found[0]] > _USES:
            yield "footnote", _USES, found.start()
            return


def _of_tables(text: str) -> Iterator[tuple[str, int, int]]:
    place = columns = rows = 0
    for line in text.split("\n"):
        if "|" in line and line.count("`") > _TICKS:
            yield "backticks", _TICKS, place
        if not line.strip():
            columns = 0
        elif not line.strip("|:- \t") and "-" in line:
            columns, rows = max(columns, line.strip("| \t").count("|") + 1), 0
        rows += 1
        if columns > _COLUMNS:
            yield "columns", _COLUMNS, place
        if columns * rows > _CELLS:
            yield "cells", _CELLS, place
        place += len(line) + 1


Look = Callable[[str], Iterator[tuple[str, int, int]]]
# Strings, how often one of them may be there before it is worth a look, and what looks.
_LOOKS: tuple[tuple[tuple[str, ...], int, tuple[Look, ...]], ...] = (
    (("<![",), _DECLARATIONS, (partial(_in_all, "declarations", re.compile(r"<!\["), _DECLARATIONS),)),
    (("[",), _UNCLOSED, (partial(_unclosed, "brackets", _BRACKET),)),
    (("](",), _UNCLOSED, (partial(_unclosed, "parens", _PAREN),)),
    (("[^",), _USES, (_footnotes,)),
    (("*[",), _ABBREVIATIONS, (partial(_in_all, "abbreviations", _ABBREVIATION, _ABBREVIATIONS),)),
    (
        ("]:",),
        _DEFINITIONS,
        (
            partial(_in_a_block, "definitions", _DEFINITION, _DEFINITIONS),
            partial(_in_all, "all definitions", _DEFINITION_ALONE, _ALL_DEFINITIONS),
        ),
    ),
    (("#", "\n-", "\n="), _HEADINGS // 3, (partial(_in_a_block, "headings", _HEADING, _HEADINGS),)),
    ((":",), _TERMS, (partial(_in_a_block, "terms", _TERM, _TERMS),)),
    (("<",), _TAGS, (partial(_in_all, "tags", _OPEN_TAG, _TAGS), _open_elements)),
    (("```", "~~~"), _FENCES // 2, (partial(_in_all, "fences", _FENCE, _FENCES),)),
    (("`" * (_RUN_OF_TICKS + 1),), 0, (partial(_in_all, "run of backticks", _LONG_RUN, 0),)),
    (("|",), _COLUMNS, (_of_tables,)),
    (("`",), _TICKS, (_of_tables,)),
    (("  ", "\t", ">", "- ", "* ", "+ ", ". "), _LEVELS, (_nested,)),
    (_OF_INLINE, _MARKS // len(_OF_INLINE), (_marks,)),
)
