"""What keeps the house in order: who may import whom, who prints, who writes, and what a template may see."""

from __future__ import annotations

import ast
import datetime as dt
import re
import types
import typing
from functools import cache
from pathlib import Path

import jinja2
import pytest
from jinja2 import meta as jinja_meta
from msgspec import Struct

from loa import cli, views
from loa.errors import LoaError
from loa.model import Record
from loa.pieces import Chrome, Meta
from loa.render import BODY_PICTURE, PAGE_TEMPLATES, PLAIN_TEMPLATES, environment, templates_of
from loa.templates import Templates, references
from loa.views import Output

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGE = REPOSITORY / "loa"
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.stem != "__init__"
}
COMMANDS = {name for name in MODULES if name.startswith("commands.")}
TEMPLATES = REPOSITORY / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file())


def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


# --- imports --------------------------------------------------------------------------

# The arrows in the docstring of ``loa``, one line a module; what a module may import of ours.
# ``model``, ``text``, ``errors`` and ``messages`` are open to all but one another; see ANYONE.
ANYONE = {
    "model", "text", "errors", "messages",
    "count_messages", "document_messages", "file_messages", "life_messages", "limit_messages", "new_messages",
    "gate_messages", "preview_messages", "proof_messages", "search_messages", "site_messages", "reasons",
}  # fmt: skip
ARROWS = {
    "model": "",
    "text": "",
    "errors": "",
    "messages": "errors",
    "document_messages": "errors messages",
    "file_messages": "errors messages text",
    "life_messages": "errors",
    "new_messages": "errors",
    "preview_messages": "errors",
    "search_messages": "errors",
    "site_messages": "errors messages",
    "count_messages": "errors text",
    "proof_messages": "errors",
    "reasons": "",
    "workers": "limits",
    "limits": "",
    "limit_messages": "errors text",
    "crowding": "",
    "versions": "",
    "pictures": "raster",
    "raster": "",
    "addresses": "",
    "scan": "",
    "document_pieces": "",
    "pieces": "document_pieces",
    "views": "document_pieces pieces",
    "fingerprint": "",
    "templates": "",
    "front_matter": "",
    "source": "front_matter",
    "dialect": "crowding",
    "prose": "",
    "identity": "agencies kinds",
    "marking": "citations citing identity",
    "markup": "dialect limits marking prose versions",
    "kinds": "",
    "agencies": "",
    "issuers": "agencies",
    "issuing": "agencies config",
    "citing": "issuers",
    "citations": "agencies citing issuers kinds",
    "letterhead": "citations citing issuers",
    "json_ld": "pieces views",
    "metadata": "json_ld pieces views",
    "feeds": "pieces views",
    "assets": "views scan",
    "config": "pieces",
    "toml_text": "",
    "toml_tables": "config",
    "site_toml": "config pieces proof_rules toml_tables toml_text",
    "lifecycle": "config",
    "ledger": "addresses config lifecycle",
    "redirect_data": "views",
    "fields": "kinds marking",
    "content": "fields marking source",
    "citator": "config identity",
    "memory": "scan fingerprint",
    "kept": "assets citator config fingerprint related",
    "library": "config addresses citator lifecycle",
    "related": "addresses citator document_pieces fingerprint identity kinds",
    "parts": "library addresses config document_pieces pictures related pieces readership",
    "sections": "library config parts related views fingerprint",
    "syndication": "library addresses config parts sections views pieces",
    "register": (
        "citator library addresses config document_pieces fingerprint parts related sections syndication views pieces"
    ),
    "register_data": "document_pieces views",
    "search": "addresses citator config fingerprint library parts pieces search_parts sections views",
    "search_parts": "citator config fingerprint library parts pieces",
    "search_data": "pieces views",
    "fulltext": "addresses config fingerprint library parts pieces related scan search_parts sections store views",
    "citation_index": "addresses document_pieces fingerprint library parts sections views pieces",
    "access_log": "",
    "readership": "",
    "readers": "readership",
    "counting": "access_log readers readership scan",
    "entry_pages": "addresses config fingerprint library parts pieces sections views",
    "plan": (
        "assets citation_index citator document_pieces entry_pages library addresses config fingerprint parts pieces "
        "readership register related sections search syndication views"
    ),
    "check": "addresses config parts scan",
    "check_sections": "check config library",
    "doubles": "check",
    "check_lives": "addresses check config ledger lifecycle",
    "document_check": "check citator config identity issuing kinds",
    "reading": "kept limits scan source content markup memory raster check config workers fingerprint",
    "assemble": (
        "document_check reading readership check check_lives doubles library lifecycle plan sections syndication "
        "config assets addresses "
        "views pieces"
    ),
    "render": "document_pieces views metadata feeds pictures redirect_data register_data pieces search_data",
    "compiled": "fingerprint",
    "blame": "",
    "manifest": "fingerprint",
    "state": "fingerprint manifest",
    "store": "fingerprint manifest scan state",
    "releases": "manifest store fingerprint",
    "gate": "addresses config gate_html",
    "gate_html": "",
    "gate_messages": "errors messages",
    "publishing": (
        "addresses gate "
        "assemble blame sections reading fingerprint render compiled pictures manifest store templates workers views "
        "pieces"
    ),
    "candidate": "addresses assemble check_sections config ledger reading",
    "pipeline": (
        "gate fulltext assemble candidate kept ledger lifecycle publishing reading readership config site_toml assets "
        "templates store preview_store releases scan verification workers memory versions"
    ),
    "proof_rules": "",
    "syllables": "proof_data",
    "proof_data": "",
    "proof_text": "source",
    "proof_spacing": "proof_data proof_text syllables",
    "proof_words": "proof_data proof_text syllables",
    "proof_markup": "proof_text",
    "proof_structure": "proof_data proof_text syllables",
    "proof_facts": "agencies citations identity proof_data proof_text",
    "proofreading": "proof_facts proof_markup proof_rules proof_spacing proof_structure proof_text proof_words",
    "fixes": "proofreading telling",
    "links": "proofreading",
    "new_entry": "check document_check config content fields kinds markup scan source",
    "console": "config telling",
    "telling": "addresses",
    "media_types": "",
    "preview_store": "fingerprint kept manifest store",
    "preview_server": "media_types telling",
    "preview": "ahead kept memory pipeline preview_server site_toml watching",
    "ahead": "addresses assemble blame document_pieces fingerprint model parts publishing reading related templates "
    "views",
    "verification": "releases store",
    "watching": "config pipeline",
    "commands.serve": "console preview preview_server",
    "commands.build": "console pipeline releases",
    "commands.views": "console counting readership site_toml",
    "commands.check": "config console fixes links pipeline proof_rules proofreading scan workers site_toml telling",
    "commands.new": "config console fields issuing new_entry scan site_toml source",
    "cli": "console",
}


@cache
def imports(module: str) -> set[str]:
    """The modules of ours that ``module`` imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            package, _, name = node.module.partition(".")
            if package == "loa":
                found |= {name} if name else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[2] for alias in node.names if alias.name.startswith("loa.")}
        assert not (isinstance(node, ast.ImportFrom) and node.level), f"{module} imports relatively"
    return found & set(MODULES)


def test_every_module_has_its_arrows() -> None:
    assert set(ARROWS) == set(MODULES)


def test_every_command_can_be_called_by_its_name() -> None:
    assert {f"commands.{name}" for name in cli.COMMANDS} == COMMANDS


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_the_map_allows(module: str) -> None:
    allowed = set(ARROWS[module].split()) | (set() if module in ANYONE else ANYONE)

    assert imports(module) <= allowed


def test_no_arrow_in_the_map_is_out_of_use() -> None:
    unused = {
        f"{module} ─▶ {target}"
        for module, targets in ARROWS.items()
        for target in targets.split()
        if target not in imports(module)
    }
    assert unused == set()


def reached(module: str) -> set[str]:
    """Everything of ours that comes along with ``module``."""
    found, pending = set(), [module]
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            pending.extend(imports(name))
    return found - {module}


def test_imports_make_no_circle() -> None:
    assert [module for module in MODULES if any(module in reached(other) for other in imports(module))] == []


def test_the_map_in_the_package_names_every_module() -> None:
    described = (REPOSITORY / "loa/__init__.py").read_text(encoding="utf-8")

    assert [module for module in MODULES if not re.search(rf"\b{re.escape(module)}\b", described)] == []


@pytest.mark.parametrize(
    ("module", "never"),
    [
        ("model", set(MODULES)),
        ("render", {"library", "plan", "parts", "reading", "content", "store", "config", "check", "assemble"}),
        ("plan", {"reading", "store", "render", "content", "source", "memory", "templates"}),
        ("fingerprint", {"templates", "store", "views", "render"}),
        ("content", {"library", "plan", "config", "store", "memory"}),
        ("markup", {"library", "addresses", "config", "memory", "views"}),
        ("store", {"render", "plan", "library", "config", "templates"}),
    ],
)
def test_some_never_see_others_not_even_through_a_third(module: str, never: set[str]) -> None:
    assert reached(module) & never == set()


# --- printing, writing, size -------------------------------------------------------------


def calls(module: str) -> set[str]:
    """The functions and methods that ``module`` calls, by their last names and, where these are plain, their owners."""
    found = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                found.add(node.func.id)
            elif isinstance(node.func, ast.Attribute):
                found.add(f".{node.func.attr}")
                if isinstance(node.func.value, ast.Name):
                    found.add(f"{node.func.value.id}.{node.func.attr}")
    return found


@pytest.mark.parametrize("module", sorted(set(MODULES) - {"cli", "console"} - COMMANDS))
def test_nobody_but_the_command_line_prints(module: str) -> None:
    source = MODULES[module].read_text(encoding="utf-8")

    assert calls(module) & {"print", "input", "traceback.print_exc", "warnings.warn"} == set()
    assert not re.search(r"\bsys\.(stdout|stderr|exit)\b|\blogging\b", source)


# Into the output folder; into the cache; into a buffer; into a pipe; beside site.toml.
WRITERS = (
    {"store", "releases", "preview_store", "state"}
    | {"memory", "pictures", "compiled", "fulltext", "links"}
    | {"raster"}
    | {"workers", "limits"}
    | {"counting", "readers"}
    # Into content, where ``--fix`` asks for it.
    | {"fixes"}
    # A new file of content.
    | {"commands.new"}
)
CHANGES = {
    ".write_bytes", ".write_text", ".mkdir", ".rmdir", ".unlink", ".rename", ".touch", ".symlink_to", ".hardlink_to",
    ".chmod", ".rmtree", ".copyfile", ".copytree", ".copy2", ".makedirs", ".save",
    "os.replace", "os.link", "os.remove", "os.symlink", "os.truncate", "os.write", "os.utime", "shutil.move",
}  # fmt: skip


@pytest.mark.parametrize("module", MODULES)
def test_only_the_named_modules_change_the_disk(module: str) -> None:
    changes = calls(module) & CHANGES
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "open":
            modes = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            changes |= {f"open {mode}" for mode in modes if set(mode) & set("wax+") and len(mode) < 4}

    assert (changes == set()) is (module not in WRITERS), changes


def test_every_module_says_what_it_is_for() -> None:
    assert [module for module in MODULES if not ast.get_docstring(tree(module))] == []


MAX_LINES = 350  # blank ones apart


@pytest.mark.parametrize("module", MODULES)
def test_a_module_can_be_read_in_one_sitting(module: str) -> None:
    lines = MODULES[module].read_text(encoding="utf-8").splitlines()

    assert sum(bool(line.strip()) for line in lines) <= MAX_LINES


# --- views ------------------------------------------------------------------------------

PLAIN = {str, int, bool, bytes, type(None), dt.date, dt.datetime}


def faults_of(kind: object, seen: set[object]) -> list[str]:
    """What in a type could make two equal views differ in bytes, or two different ones look alike."""
    if kind in PLAIN or kind in seen:
        return []
    seen.add(kind)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        return [f"{kind}" for value in arguments if type(value) not in PLAIN]
    if origin in (typing.Union, types.UnionType):
        return [fault for argument in arguments for fault in faults_of(argument, seen)]
    if origin is tuple:
        return [fault for argument in arguments if argument is not Ellipsis for fault in faults_of(argument, seen)]
    if isinstance(kind, type) and issubclass(kind, Record):
        config = kind.__struct_config__
        faults = (
            [] if config.frozen and config.array_like and not config.omit_defaults else [f"{kind.__name__} is open"]
        )
        for name, field in typing.get_type_hints(kind).items():
            faults += [f"{kind.__name__}.{name}: {fault}" for fault in faults_of(field, seen)]
        return faults
    return [repr(kind)]


VIEWS = [kind for kind in vars(views).values() if isinstance(kind, type) and kind.__name__.endswith("View")]


@pytest.mark.parametrize("kind", [*VIEWS, Chrome, Meta, Output], ids=lambda kind: kind.__name__)
def test_views_hold_frozen_records_of_plain_values_and_nothing_else(kind: type) -> None:
    assert faults_of(kind, set()) == []


def test_the_walk_over_view_types_finds_what_it_must() -> None:
    class Bad(Record, frozen=True):
        names: dict[str, str]
        tags: tuple[set[str], ...]
        free: list[int] | None
        ratio: float

    class Open(Struct):
        text: str

    assert len(faults_of(Bad, set())) == 4
    assert faults_of(Open, set()) != []


def test_every_view_is_rendered_in_exactly_one_way() -> None:
    assert set(typing.get_args(views.View)) == set(VIEWS)
    assert not set(PAGE_TEMPLATES) & set(PLAIN_TEMPLATES)
    assert set(PAGE_TEMPLATES) == set(typing.get_args(views.HtmlView))
    assert set(PLAIN_TEMPLATES) == set(typing.get_args(views.XmlView))


# --- templates ------------------------------------------------------------------------------

# What the renderer hands over beside the fields of the view.
FRAME = {"chrome", "meta"}
BODIES = {"ArticleView", "PageView", "DocumentView"}


def chrome() -> Chrome:
    fields = {name: () if "tuple" in str(kind) else "" for name, kind in typing.get_type_hints(Chrome).items()}
    return Chrome(**{**fields, "base_url": "https://thu.example/cong"})  # type: ignore[arg-type]  # texts or tuples


@pytest.fixture(scope="module")
def jinja() -> jinja2.Environment:
    return environment(chrome(), (TEMPLATES,))


def source(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def imported(parsed: jinja2.nodes.Template) -> set[str]:
    """Names that a template gets from others by import."""
    found: set[str] = set()
    for node in parsed.find_all(jinja2.nodes.FromImport):
        found |= {name[1] if isinstance(name, tuple) else name for name in node.names}
    found |= {node.target for node in parsed.find_all(jinja2.nodes.Import)}
    return found


@pytest.mark.parametrize(("kind", "name"), [*PAGE_TEMPLATES.items(), *PLAIN_TEMPLATES.items()], ids=str)
def test_the_first_line_of_a_page_template_is_its_contract_with_the_view(
    jinja: jinja2.Environment, kind: type, name: str
) -> None:
    contract = re.match(r"{# (\w+)(?:: ([\w, ]+))? #}\n", source(name))
    assert contract, f"{name} begins with {source(name)[:60]!r}"
    view, fields = contract[1], set((contract[2] or "").replace(" ", "").split(",")) - {""}

    parsed = jinja.parse(source(name))
    extra = FRAME | ({"content"} if view in BODIES else set())
    used = jinja_meta.find_undeclared_variables(parsed) - imported(parsed)

    assert view == kind.__name__
    assert fields <= set(kind.__struct_fields__)
    assert used - extra == fields


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("components/")])
def test_a_component_sees_only_what_it_is_handed(jinja: jinja2.Environment, name: str) -> None:
    parsed = jinja.parse(source(name))

    assert jinja_meta.find_undeclared_variables(parsed) - imported(parsed) == set()
    assert all(not node.with_context for node in parsed.find_all((jinja2.nodes.FromImport, jinja2.nodes.Import)))


@pytest.mark.parametrize("name", NAMES)
def test_references_are_those_that_jinja_finds(jinja: jinja2.Environment, name: str) -> None:
    found = list(jinja_meta.find_referenced_templates(jinja.parse(source(name))))

    assert None not in found, "a computed template name"
    assert sorted(references(source(name))) == sorted(typing.cast("list[str]", found))


def test_every_template_belongs_to_some_output() -> None:
    closure = {
        name for kind in typing.get_args(views.View) for name in Templates((TEMPLATES,)).closure(templates_of(kind))
    }
    assert closure == set(NAMES)
    assert BODY_PICTURE in closure


def test_inheritance_is_two_levels_at_most(jinja: jinja2.Environment) -> None:
    for name in NAMES:
        parents = [node.template.value for node in jinja.parse(source(name)).find_all(jinja2.nodes.Extends)]
        assert parents in ([], ["base.html"]), name
        assert not (name == "base.html" and parents)


@pytest.mark.parametrize("name", NAMES)
def test_escaping_is_never_switched_off(name: str) -> None:
    # What is safe (the body, JSON-LD) arrives as Markup.
    assert not re.search(r"\|\s*safe\b|autoescape|\|\s*(?:attr|map|sort|groupby|random|shuffle)\b", source(name))


@pytest.mark.parametrize("name", NAMES)
def test_pages_carry_no_inline_style_and_no_inline_script(name: str) -> None:
    text = source(name)

    assert not re.search(r"<style|\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=", text)
    assert "javascript:" not in text
    for attributes, content in re.findall(r"<script\b([^>]*(?:{{[^}]*}}[^>]*)*)>(.*?)</script>", text, re.DOTALL):
        is_data = "application/ld+json" in attributes and content == "{{ meta.json_ld }}"
        assert is_data or ("src=" in attributes and content == "")


@pytest.mark.parametrize("name", NAMES)
def test_addresses_in_templates_go_through_a_filter(name: str) -> None:
    """An address that is printed as it stands would miss the path below which the site lies."""
    for value in re.findall(r'(?:href|src|srcset|content|action)="([^"]*{{[^}]*}}[^"]*|/[^"]*)"', source(name)):
        assert not value.startswith("/"), value
        for expression in re.findall(r"{{(.*?)}}", value):
            if re.search(r"(?:\burl|\.src|stylesheet|_script|\.script|\.mark|\.image)\s*$", expression):
                assert "|" in expression, expression


def test_a_template_with_a_computed_name_stops_the_build() -> None:
    with pytest.raises(LoaError):
        references("{% include chosen %}")


# --- style sheets -----------------------------------------------------------------------------

CSS = sorted((REPOSITORY / "static/css").rglob("*.css"))
COLOUR_NAMES = "white|black|red|green|blue|yellow|orange|teal|gray|grey|silver|navy|purple|brown"
LITERAL_COLOUR = re.compile(
    rf"#[0-9a-f]{{3,8}}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(|:[^;{{}}]*(?<![\w-])(?:{COLOUR_NAMES})(?![\w-])",
    re.IGNORECASE,
)


def rules(file: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("file", [f for f in CSS if f.name != "tokens.css"], ids=lambda f: f.name)
def test_colours_are_named_in_the_tokens_only(file: Path) -> None:
    lines = [line for line in rules(file).splitlines() if LITERAL_COLOUR.search(line)]
    if file.name == "print.css":
        # Paper has tokens of its own, in a later layer than the themes of the screen, which they must beat.
        lines = [line for line in lines if not re.match(r"\s*--color-[\w-]+: #[0-9a-f]+;$", line)]

    assert lines == []


def test_the_search_for_literal_colours_finds_them() -> None:
    for line in ("color: #fff;", "background: rgb(1 2 3);", "border: 1px solid black;", "fill:#0b5a7a"):
        assert LITERAL_COLOUR.search(line), line
    for line in ("a:hover { color: var(--white-space) }", "white-space: nowrap;", "#noi-dung { order: 1 }"):
        assert not LITERAL_COLOUR.search(line), line


def test_every_style_sheet_is_imported_once() -> None:
    folder = REPOSITORY / "static/css"
    joined = [folder / "index.css", folder / "search.css"]
    named = [name for file in joined for name in re.findall(r'@import "([^"]+)" layer\(', file.read_text("utf-8"))]

    assert sorted(named) == sorted(str(file.relative_to(folder)) for file in CSS if file not in joined)


@pytest.mark.parametrize("file", CSS, ids=lambda f: f.name)
def test_style_sheets_ask_nothing_of_other_sites(file: Path) -> None:
    assert not re.search(r"(?:url\(|@import)\s*[\"']?\s*(?:https?:)?//", rules(file), re.IGNORECASE)
