"""Compiled templates are used again as long as everything that made them is the same, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import SiteTest
from jinja2 import Environment, FileSystemLoader

from loa.compiled import CompiledTemplates
from loa.render import environment


class Compiler(Environment):
    """Jinja that counts what it compiles."""

    compiled = 0

    def _generate(self, *arguments: object, **options: object) -> str:
        self.compiled += 1
        return super()._generate(*arguments, **options)  # type: ignore[arg-type,no-any-return]  # handed on


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "a.html").write_text("Xin chào {{ name }}")
    return folder


def rendered(templates: Path, cache: Path, key: str = "key") -> tuple[str, int]:
    """What the template gives, and how many were compiled for it."""
    jinja = Compiler(loader=FileSystemLoader(templates), bytecode_cache=CompiledTemplates(cache, key))
    return jinja.get_template("a.html").render(name="An"), jinja.compiled


def test_a_template_is_compiled_once_for_all_builds(templates: Path, tmp_path: Path) -> None:
    assert rendered(templates, tmp_path / "cache") == ("Xin chào An", 1)
    assert rendered(templates, tmp_path / "cache") == ("Xin chào An", 0)


def test_a_changed_template_is_compiled_again(templates: Path, tmp_path: Path) -> None:
    rendered(templates, tmp_path / "cache")
    (templates / "a.html").write_text("Chào {{ name }}")

    assert rendered(templates, tmp_path / "cache") == ("Chào An", 1)
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_templates_are_compiled_again_for_other_code_or_another_site(templates: Path, tmp_path: Path) -> None:
    rendered(templates, tmp_path / "cache", "code https://a.example")

    assert rendered(templates, tmp_path / "cache", "code https://a.example/cong") == ("Xin chào An", 1)


@pytest.mark.parametrize("at", [0, 40, -1], ids=["the seal", "the beginning", "the end"])
def test_damaged_code_is_never_run(templates: Path, tmp_path: Path, at: int) -> None:
    rendered(templates, tmp_path / "cache")
    (file,) = (tmp_path / "cache").iterdir()
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)

    assert rendered(templates, tmp_path / "cache") == ("Xin chào An", 1)
    assert rendered(templates, tmp_path / "cache") == ("Xin chào An", 0)


def test_where_nothing_can_be_remembered_pages_are_made_nevertheless(templates: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file stands here")

    assert rendered(templates, tmp_path / "cache") == ("Xin chào An", 1)


def test_a_build_compiles_nothing_again_but_all_for_another_address(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Compiler] = []

    def compiler(**options: object) -> Compiler:
        made.append(Compiler(**options))  # type: ignore[arg-type]  # handed on
        return made[-1]

    # As it is, for once: for other tests each template is compiled once for all sites.
    monkeypatch.setattr("loa.render.environment", environment)
    monkeypatch.setattr("loa.render.Environment", compiler)

    def compiled_by(changed: SiteTest) -> int:
        made.clear()
        assert changed.build().report.written
        return sum(jinja.compiled for jinja in made)

    first = compiled_by(site.article("a"))
    assert first > 10
    assert compiled_by(site.article("a", "Câu mới.")) == 0
    assert compiled_by(site.replace("site.toml", "https://thu.example", "https://thu.example/cong")) == first
