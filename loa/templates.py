"""Which templates a template pulls in, and a digest over all of them. Reads the template folders."""

from __future__ import annotations

import re
from hashlib import blake2b
from pathlib import Path

from loa.errors import LoaError

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
        self._sources: dict[str, str] = {}

    def source(self, name: str) -> str:
        """The text of a template. Raises ``LoaError`` when there is none of that name."""
        if name not in self._sources:
            for folder in self.folders:
                try:
                    self._sources[name] = (folder / name).read_text(encoding="utf-8")
                    break
                except FileNotFoundError:
                    continue
            else:
                raise LoaError(f"Thiếu mẫu trang templates/{name}.")
        return self._sources[name]

    def closure(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The templates ``names`` and every one they extend, include or import, in order of name."""
        found: set[str] = set()
        pending = list(names)
        while pending:
            name = pending.pop()
            if name not in found:
                found.add(name)
                pending.extend(references(name, self.source(name)))
        return tuple(sorted(found))

    def digest(self, names: tuple[str, ...]) -> str:
        """Changes when any template in the closure of ``names`` changes; empty for no templates."""
        if not names:
            return ""
        made = blake2b(digest_size=16)
        for name in self.closure(names):
            made.update(f"{name}\0{self.source(name)}\0".encode())
        return made.hexdigest()


def references(name: str, source: str) -> tuple[str, ...]:
    """The templates that ``source`` names. A computed name is refused: what it would pull in could not be known."""
    found: list[str] = []
    for quoted, computed in _REFERENCE.findall(_COMMENT.sub("", source)):
        if not quoted:
            raise LoaError(f"templates/{name}: tên mẫu trang phải viết trong ngoặc kép, không phải {computed.strip()}.")
        found.append(quoted[1:-1])
    return tuple(found)
