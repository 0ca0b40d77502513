"""Versions of libraries are those that the package metadata tells."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from loa import versions
from loa.pipeline import _LIBRARIES


@pytest.mark.parametrize("project", _LIBRARIES)
def test_versions_are_those_of_the_package_metadata(project: str) -> None:
    assert versions.version_of(project) == version(project)


def test_a_project_that_another_installer_has_described_elsewhere_is_found_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "_versions", dict)

    assert versions.version_of("jinja2") == version("jinja2")


def test_what_is_not_installed_is_named() -> None:
    with pytest.raises(PackageNotFoundError, match="no-such-project"):
        versions.version_of("no-such-project")


def test_what_comes_first_on_the_path_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Jinja2-99.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    versions._versions.cache_clear()
    try:
        assert versions.version_of("jinja2") == "99.0"
    finally:
        versions._versions.cache_clear()
