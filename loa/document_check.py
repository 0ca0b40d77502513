"""What is doubtful about official documents and what cites them. Pure; all of it warnings.

A document stands as its issuer has made it, slips and all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from loa import document_messages
from loa.check import Locate
from loa.citator import Citator
from loa.config import Config
from loa.errors import Problem, Words, problem
from loa.identity import CONTRADICTION
from loa.issuing import other_spellings
from loa.kinds import kinds, kinds_by_abbreviation
from loa.model import Document, Entry

_YEAR = re.compile(r"(?:19|20)\d\d")
_UNDOING = ("replaces", "repeals")


def check_citations(entries: Iterable[Entry], locate: Locate) -> list[Problem]:
    """Citations whose symbol is that of another body than the issuer they name. They stand as written: a warning."""
    problems: list[Problem] = []
    for entry in entries:
        for citation in entry.citations:
            if CONTRADICTION in citation.key and citation.issuer:
                words = document_messages.symbol_of_another(citation.number, citation.issuer)
                line = locate(entry.path, (citation.number,))
                problems.append(problem(f"content/{entry.path}", words, line=line, severity="warning"))
    return problems


def check_documents(entries: Iterable[Entry], locate: Locate) -> list[Problem]:
    """What in the numbers of documents does not go with their other fields."""
    problems: list[Problem] = []
    for entry in entries:
        if isinstance(entry, Document) and entry.number:
            for words in _doubts(entry):
                line = locate(entry.path, ("number",))
                problems.append(problem(f"content/{entry.path}", words, line=line, field="number", severity="warning"))
    return problems


def check_issuers(documents: Sequence[Document], config: Config, locate: Locate) -> list[Problem]:
    """Issuers that are spelt in two ways, each at its newest document: the register would take them for two bodies."""
    others = other_spellings(documents, config)
    if not others:
        return []
    problems: list[Problem] = []
    count = Counter(document.issuer for document in documents)
    newest = {document.issuer: document for document in documents}
    for name, better in others.items():
        path = newest[name].path
        words = document_messages.issuer_in_other_words(name, better, count[name])
        line = locate(path, ("issuer",))
        problems.append(problem(f"content/{path}", words, line=line, field="issuer", severity="warning"))
    return problems


def check_lists(entries: Iterable[Entry], locate: Locate) -> list[Problem]:
    """Addressees and recipients that look like pieces of one phrase, torn by its commas. They may be meant: a warning.

    Each on a line of its own, they were not torn.
    """
    problems: list[Problem] = []
    for entry in entries:
        for name, parts in (("to", entry.to), ("recipients", entry.recipients)) if isinstance(entry, Document) else ():
            torn = next((index for index, part in enumerate(parts) if index and part[0].islower()), 0)
            line = locate(entry.path, (name, torn)) if torn else 0
            if torn and line == locate(entry.path, (name, torn - 1)):
                words = document_messages.list_torn(name, parts[torn - 1], parts[torn])
                problems.append(problem(f"content/{entry.path}", words, line=line, field=name, severity="warning"))
    return problems


def _doubts(document: Document) -> Iterator[Words]:
    number = document.number
    if not number[0].isdigit():
        yield document_messages.number_is_blank(number)
    _, *parts = re.split("[/-]", number)
    if len(parts) > 1 and _YEAR.fullmatch(parts[0]):
        year, *parts = parts
        if year != document.issued[:4]:
            yield document_messages.number_of_other_year(number, document.issued)
    meant = kinds_by_abbreviation().get(parts[0], ())
    if meant and len(parts) == 1:
        yield document_messages.number_without_issuer(number)
    if meant and kinds()[document.kind].base not in {kind.base for kind in meant}:
        yield document_messages.number_of_other_kind(number, document.kind, meant[0].name)


def check_identities(documents: Iterable[Document], citator: Citator, locate: Locate) -> list[Problem]:
    """Documents that somebody has written up before, and those that undo themselves or one another."""
    problems: list[Problem] = []

    def warn(document: Document, field: str, words: Words) -> None:
        line = locate(document.path, (field,))
        problems.append(problem(f"content/{document.path}", words, line=line, field=field, severity="warning"))

    for document in documents:
        if first := citator.copies.get(document.path):
            warn(document, "number", document_messages.written_up_before(document.number, f"content/{first}"))
        own = citator.own.get(document.path, frozenset())
        for place, field in enumerate(document.relations, len(document.title_citations)):
            if place in own:
                warn(document, "relations", document_messages.related_to_itself(field.target))
            elif field.relation in _UNDOING and not field.note:
                other = citator.cited(document, place)
                if other and other.document and _undoes(other.document, document, citator):
                    warn(document, "relations", document_messages.undo_each_other(f"content/{other.document.path}"))
    return problems


def _undoes(document: Document, other: Document, citator: Citator) -> bool:
    """Whether ``document`` puts the whole of ``other`` out of force."""
    identity = citator.written.get(other.path)
    return identity is not None and any(
        found.document.path == document.path and found.relation in _UNDOING and not found.note
        for found in citator.related.get(identity, ())
    )
