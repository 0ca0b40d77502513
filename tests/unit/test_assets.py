"""static/: stylesheets and scripts under names that change with their bytes, everything else as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from loa.assets import Assets, load_assets, static_files
from loa.errors import LoaError
from loa.views import FileView, TextView

STATIC = {
    "css/index.css": (
        '@layer base, parts;\n/* what */\n@import "base.css" layer(base);\n@import "parts/card.css" layer(parts);\n'
    ),
    "css/base.css": "/* two\n   lines */\nbody {\n  color: black;\n}\n",
    "css/parts/card.css": ".card { margin: 0 }\n",
    "css/search.css": '@import "results.css" layer(parts);\n',
    "css/results.css": ".results { margin: 0 }\n",
    "js/theme.js": "one()\n",
    "js/loa.js": "two()\n",
    "js/search.js": 'import { four } from "./words.js";\nfour();\n',
    "js/words.js": 'export { five as four } from "./letters.js";\n',
    "js/letters.js": "export const five = () => 5;\n",
    "mark.svg": "<svg/>",
    "fonts/readme": "as it is",
}


ADDRESSES = ("stylesheet", "search_stylesheet", "theme_script", "script", "search_scripts")


def static(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def loaded(*folders: Path) -> Assets:
    return load_assets(static_files(folders))


def stylesheet(assets: Assets) -> str:
    view = next(output.view for output in assets.outputs if f"/{output.path}" == assets.stylesheet)
    assert isinstance(view, TextView)
    return view.text


def test_the_stylesheet_is_the_imported_files_in_their_layers_without_comments(tmp_path: Path) -> None:
    assets = loaded(static(tmp_path, STATIC))

    assert stylesheet(assets) == "@layer base,parts;@layer base{body{color:black}}@layer parts{.card{margin:0}}\n"


def test_what_a_stylesheet_says_stays_when_blanks_go(tmp_path: Path) -> None:
    css = (
        'a > b:hover, .c-0.5 + p { content: " ; 0.5 "; inline-size: calc(0.5rem + 10.5px - 0.25em); margin: -0.5em }\n'
    )
    assets = loaded(static(tmp_path, {**STATIC, "css/index.css": css.replace(".c-0.5 ", ".c ")}))

    assert stylesheet(assets) == (
        'a>b:hover,.c + p{content:" ; 0.5 ";inline-size:calc(.5rem + 10.5px - .25em);margin:-0.5em}\n'
    )


def test_outputs_are_the_joined_files_and_everything_else_once(tmp_path: Path) -> None:
    assets = loaded(static(tmp_path, STATIC))

    paths = [output.path for output in assets.outputs]
    assert [getattr(assets, name) for name in ADDRESSES[:4]] == [f"/{path}" for path in paths[:4]]
    assert list(assets.search_scripts) == [f"/{path}" for path in paths[4:7]]
    assert paths[7:] == ["fonts/readme", "mark.svg"]


def test_scripts_import_one_another_by_the_names_that_they_are_published_under(tmp_path: Path) -> None:
    assets = loaded(static(tmp_path, STATIC))

    texts = {f"/{o.path}": o.view.text for o in assets.outputs if isinstance(o.view, TextView)}
    letters, words, search = assets.search_scripts
    assert texts[words] == f'export {{ five as four }} from ".{letters.removeprefix("/js")}";\n'
    assert texts[search] == f'import {{ four }} from ".{words.removeprefix("/js")}";\nfour();\n'


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("css/base.css", {"stylesheet"}),
        ("css/parts/card.css", {"stylesheet"}),
        ("css/results.css", {"search_stylesheet"}),
        ("js/search.js", {"search_scripts"}),
        ("js/letters.js", {"search_scripts"}),
        ("js/theme.js", {"theme_script"}),
        ("js/loa.js", {"script"}),
        ("mark.svg", set()),
    ],
)
def test_a_name_changes_with_the_bytes_behind_it_and_no_others(tmp_path: Path, path: str, changed: set[str]) -> None:
    before = loaded(static(tmp_path, STATIC))
    after = loaded(static(tmp_path, {path: STATIC[path] + ".x { color: red }"}))

    assert {name for name in ADDRESSES if getattr(before, name) != getattr(after, name)} == changed


def test_a_remark_in_the_css_changes_nothing(tmp_path: Path) -> None:
    before = loaded(static(tmp_path, STATIC))
    after = loaded(static(tmp_path, {"css/base.css": "/* more to say */\n" + STATIC["css/base.css"]}))

    assert before.stylesheet == after.stylesheet


def test_a_copied_file_is_known_by_its_bytes_and_not_by_the_folder_it_lies_in(tmp_path: Path) -> None:
    first = loaded(static(tmp_path / "one", STATIC))
    second = loaded(static(tmp_path / "two", STATIC))
    third = loaded(static(tmp_path / "three", {**STATIC, "mark.svg": "<svg />"}))

    assert first.outputs == second.outputs
    assert {a.path for a, b in zip(first.outputs, third.outputs, strict=True) if a != b} == {"mark.svg"}


def test_the_sites_own_file_replaces_the_one_of_that_name_and_no_other(tmp_path: Path) -> None:
    ours = static(tmp_path / "ours", STATIC)
    own = static(tmp_path / "own", {"css/base.css": "body { color: teal }", "mark.svg": "<svg id='own'/>"})

    assets = loaded(own, ours)

    assert "teal" in stylesheet(assets)
    assert ".card" in stylesheet(assets)
    assert assets.files["mark.svg"] == own / "mark.svg"
    assert assets.files["fonts/readme"] == ours / "fonts/readme"
    assert [o.path for o in assets.outputs if isinstance(o.view, FileView)] == ["fonts/readme", "mark.svg"]


def test_editors_litter_is_not_published(tmp_path: Path) -> None:
    folder = static(tmp_path, {**STATIC, ".DS_Store": "x", "mark.svg~": "x", "Thumbs.db": "x"})

    assert not {o.path for o in loaded(folder).outputs} & {".DS_Store", "mark.svg~", "Thumbs.db"}


@pytest.mark.parametrize("path", ["css/index.css", "css/base.css", "js/theme.js", "js/loa.js", "js/letters.js"])
def test_a_missing_file_is_named(tmp_path: Path, path: str) -> None:
    static(tmp_path, STATIC)
    (tmp_path / path).unlink()

    with pytest.raises(LoaError, match=f"static/{path}"):
        loaded(tmp_path)
