"""static/ → outputs: stylesheets and scripts under names that change with their bytes, the rest as it is.

Stylesheets are ``css/index.css`` and ``css/search.css``, each ``@import "FILE" layer(NAME);`` in them replaced by that
file in that layer. Scripts import one another by ``from "./FILE"``; that becomes the name the file has now.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from loa.errors import LoaError
from loa.scan import Signature, walk
from loa.views import FileView, Output, TextView

_IMPORT = re.compile(r'@import\s+"([^"]+)"\s+layer\(([\w.-]+)\)\s*;')
_MODULE = re.compile(r'(?<=\bfrom ")\./([\w.-]+)(?=";)')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Strings as they are; blanks and zeros that nothing needs. Around the signs of a sum blanks matter.
_CSS_BLANKS = re.compile(r'("[^"]*")|\s*([{};,>])\s*|(?<=:)\s+|(?<![\w.#-])0(?=\.\d)|\s*\n\s*')
_STYLESHEETS = {"css/index.css": "loa", "css/search.css": "search"}


# Where each static file lies, and how it looks there, by path.
StaticFiles = dict[str, tuple[Path, Signature]]


class Assets(Struct, frozen=True):
    """The addresses that pages need, and the outputs behind them; ``files`` tells where each copied one lies.

    Each of ``search_scripts`` stands behind those that it imports, so that all are asked for at once.
    """

    stylesheet: str
    search_stylesheet: str
    theme_script: str
    script: str
    search_scripts: tuple[str, ...]
    mark: str
    share_image: str
    outputs: tuple[Output, ...]
    files: dict[str, Path]


def static_files(folders: tuple[Path, ...]) -> StaticFiles:
    """The static files of a site by path; a file in an earlier folder replaces the one of that name in later ones."""
    files: StaticFiles = {}
    for folder in reversed(folders):
        files |= {path: (folder / path, found) for path, found in walk(folder).items() if found is not None}
    return files


def load_assets(static: StaticFiles) -> Assets:
    """What pages need of ``static`` files."""
    files = {path: file for path, (file, _) in static.items()}
    made = {path: _hashed(stem, "css", _stylesheet(files, path)) for path, stem in _STYLESHEETS.items()}
    search = _scripts(files, "js/search.js")
    made |= {**_scripts(files, "js/theme.js"), **_scripts(files, "js/loa.js"), **search}
    copied = (path for path in sorted(files) if not path.startswith("css/") and path not in made)
    copies = (Output(path, FileView("static", path, sha256(files[path].read_bytes()).hexdigest())) for path in copied)
    url = {path: f"/{output.path}" for path, output in made.items()}
    return Assets(
        stylesheet=url["css/index.css"],
        search_stylesheet=url["css/search.css"],
        theme_script=url["js/theme.js"],
        script=url["js/loa.js"],
        search_scripts=tuple(url[path] for path in search),
        mark="/mark.svg",
        share_image="/share.jpg",
        outputs=(*made.values(), *copies),
        files=files,
    )


def _hashed(stem: str, suffix: str, text: str) -> Output:
    return Output(f"{suffix}/{stem}.{sha256(text.encode()).hexdigest()[:12]}.{suffix}", TextView(text))


def _scripts(files: dict[str, Path], path: str) -> dict[str, Output]:
    """The script at ``path`` behind those that it imports, each by its own path."""
    made: dict[str, Output] = {}

    def renamed(found: re.Match[str]) -> str:
        imported = f"js/{found[1]}"
        made.update(_scripts(files, imported))
        return f"./{Path(made[imported].path).name}"

    text = _MODULE.sub(renamed, _read(files, path))
    return {**made, path: _hashed(Path(path).stem, "js", text)}


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
