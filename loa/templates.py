"""Which templates a template pulls in, and a digest over all of them. Reads the template folders."""

from __future__ import annotations

import re
from hashlib import blake2b
from pathlib import Path

from loa import messages, site_messages
from loa.errors import LoaError, TemplateFaultError, Words, problem
from loa.text import nearest_path

_COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
# A quoted name that is the whole of the name, or else everything up to the end of the tag.
_REFERENCE = re.compile(
    r"{%[-+]?\s*(?:extends|include|import|from)\b\s*"
    r"(?:(\"[^\"]+\"|'[^']+')(?=\s*(?:[-+]?%}|(?:import|as|ignore|with|without)\b))|(.*?)[-+]?%})",
    re.DOTALL,
)


class Templates:
    """The templates of a site: the site's own folder first, then the ones that Loa brings."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.folders = folders
        self._real = [folder.resolve() for folder in folders]
        self._sources: dict[str, str] = {}
        self._references: dict[str, tuple[str, ...]] = {}

    def source(self, name: str) -> str:
        """The text of a template. Raises ``LoaError`` when there is none of that name, or none that can be read."""
        if name not in self._sources:
            file = self._file(name)
            if file is None:
                raise LoaError(site_messages.own_template_missing(name, str(self.folders[-1].resolve().parent)))
            if not self._is_within(file):
                raise TemplateFaultError(problem(str(file), messages.not_a_plain_file()))
            try:
                self._sources[name] = file.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                raise TemplateFaultError(problem(str(file), site_messages.template_not_utf8())) from None
        return self._sources[name]

    def closure(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The templates ``names`` and every one they extend, include or import, in order of name.

        Raises ``LoaError`` where one is missing or its name is computed, with the line that asks for it.
        """
        found: set[str] = set()
        pending = list(names)
        while pending:
            name = pending.pop()
            if name not in found:
                found.add(name)
                pending.extend(self._pulled_in(name))
        return tuple(sorted(found))

    def _pulled_in(self, name: str) -> tuple[str, ...]:
        if name not in self._references:
            self._references[name] = self._look_for_references(name)
        return self._references[name]

    def _look_for_references(self, name: str) -> tuple[str, ...]:
        source = self.source(name)
        try:
            pulled_in = references(source)
        except _ComputedNameError as error:
            raise self._fault(name, error.line, site_messages.template_computed(error.name)) from None
        for other, line in pulled_in.items():
            if self._file(other) is None:
                known = [file.relative_to(folder).as_posix() for folder in self.folders for file in folder.rglob("*.*")]
                raise self._fault(name, line, site_messages.template_missing(other, nearest_path(other, sorted(known))))
        return tuple(pulled_in)

    def _file(self, name: str) -> Path | None:
        if name.startswith("/") or ".." in name.split("/"):
            return None
        return next((folder / name for folder in self.folders if (folder / name).is_file()), None)

    def _is_within(self, file: Path) -> bool:
        """Whether no link leads from ``file`` out of the folders of templates, which may be links themselves."""
        real = file.resolve()
        return any(real.is_relative_to(folder) for folder in self._real)

    def _fault(self, name: str, line: int, words: Words) -> TemplateFaultError:
        return TemplateFaultError(problem(str(self._file(name)), words, line=line))

    def digest(self, names: tuple[str, ...]) -> str:
        """Changes when any template in the closure of ``names`` changes; empty for no templates."""
        if not names:
            return ""
        made = blake2b(digest_size=16)
        for name in self.closure(names):
            made.update(f"{name}\0{self.source(name)}\0".encode())
        return made.hexdigest()


class _ComputedNameError(LoaError):
    """A template would be chosen while rendering."""

    def __init__(self, name: str, line: int) -> None:
        super().__init__(site_messages.template_computed(name).message)
        self.name, self.line = name, line


def references(source: str) -> dict[str, int]:
    """The templates that ``source`` names, with their lines.

    A computed name is refused: what it would pull in could not be known.
    """
    found: dict[str, int] = {}
    # Comments are blanked out, so that lines stay where they are.
    text = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), source)
    for reference in _REFERENCE.finditer(text):
        quoted, computed = reference.groups()
        line = text.count("\n", 0, reference.start()) + 1
        if not quoted:
            raise _ComputedNameError(computed.strip(), line)
        found.setdefault(quoted[1:-1], line)
    return found
