"""static/ → outputs: stylesheets and scripts under names that change with their bytes, the rest as it is.

Stylesheets are ``css/index.css`` and ``css/search.css``, each ``@import "FILE" layer(NAME);`` in them replaced by that
file in that layer.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from loa.errors import LoaError
from loa.scan import walk
from loa.views import FileView, Output, TextView

_IMPORT = re.compile(r'@import\s+"([^"]+)"\s+layer\(([\w.-]+)\)\s*;')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Strings as they are; blanks and zeros that nothing needs. Around the signs of a sum blanks matter.
_CSS_BLANKS = re.compile(r'("[^"]*")|\s*([{};,>])\s*|(?<=:)\s+|(?<![\w.#-])0(?=\.\d)|\s*\n\s*')
_SCRIPTS = {"theme_script": "js/theme.js", "script": "js/loa.js", "search_script": "js/search.js"}
_STYLESHEETS = {"stylesheet": ("loa", "css/index.css"), "search_stylesheet": ("search", "css/search.css")}


class Assets(Struct, frozen=True):
    """The addresses that pages need, and the outputs behind them; ``files`` tells where each copied one lies."""

    stylesheet: str
    search_stylesheet: str
    theme_script: str
    script: str
    search_script: str
    mark: str
    share_image: str
    outputs: tuple[Output, ...]
    files: dict[str, Path]


def load_assets(folders: tuple[Path, ...]) -> Assets:
    """The static files of a site; a file in an earlier folder replaces the one of that name in later ones."""
    files: dict[str, Path] = {}
    for folder in reversed(folders):
        files |= {path: folder / path for path, found in walk(folder).items() if found is not None}
    outputs: list[Output] = []
    urls: dict[str, str] = {}
    for name, (stem, path) in _STYLESHEETS.items():
        urls[name] = _hashed(outputs, stem, "css", _stylesheet(files, path))
    for name, path in _SCRIPTS.items():
        urls[name] = _hashed(outputs, Path(path).stem, "js", _read(files, path))
    for path, file in sorted(files.items()):
        if not path.startswith("css/") and path not in _SCRIPTS.values():
            outputs.append(Output(path, FileView("static", path, sha256(file.read_bytes()).hexdigest())))
    return Assets(**urls, mark="/mark.svg", share_image="/share.jpg", outputs=tuple(outputs), files=files)


def _hashed(outputs: list[Output], stem: str, suffix: str, text: str) -> str:
    path = f"{suffix}/{stem}.{sha256(text.encode()).hexdigest()[:12]}.{suffix}"
    outputs.append(Output(path, TextView(text)))
    return f"/{path}"


def _read(files: dict[str, Path], path: str) -> str:
    if path not in files:
        raise LoaError(f"Thiếu tệp static/{path}.")
    return files[path].read_text(encoding="utf-8")


def _stylesheet(files: dict[str, Path], path: str) -> str:
    def replace(match: re.Match[str]) -> str:
        return f"@layer {match[2]} {{\n{_read(files, f'css/{match[1]}')}\n}}"

    # Comments and indentation are for us; strings in our own CSS hold no comments.
    joined = _COMMENT.sub("", _IMPORT.sub(replace, _COMMENT.sub("", _read(files, path))))
    return _CSS_BLANKS.sub(_without_blanks, joined).replace(";}", "}").strip() + "\n"


def _without_blanks(found: re.Match[str]) -> str:
    if found[1] or found[2]:
        return found[1] or found[2]
    return "\n" if "\n" in found[0] else ""
