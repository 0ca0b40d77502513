"""Whatever becomes of what Loa remembers: the next build publishes what a clean one does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import SiteTest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

# Others measure what is run here; to measure it once more takes as long as to run it.
pytestmark = pytest.mark.no_cover

FILES = (".cache/bodies.sqlite", ".public.loa/entries", ".public.loa/manifest")
FOLDERS = (".cache", ".public.loa", "public")
TITLES = ("Cổng thử nghiệm", "Cổng khác")


class Remembering:
    """A site that was built before, and can be brought back to how it was then."""

    def __init__(self, root: Path) -> None:
        self.site = SiteTest(root)
        for number in range(8):
            body = "Ủy ban nhân dân tỉnh yêu cầu báo cáo.\n\n" * (1 + number % 3 * 80)
            self.site.article(f"2026/05/bai-{number}", body, author="Lê Văn An", tags="[y tế, lễ hội]")
        self.edited = self.site.replace("site.toml", *TITLES).build().public
        self.site.replace("site.toml", *reversed(TITLES)).build()
        self.files = self._files()

    def _files(self) -> dict[Path, bytes]:
        files = [file for folder in FOLDERS for file in (self.site.root / folder).rglob("*") if file.is_file()]
        return {file: file.read_bytes() for file in files}

    def restore(self) -> None:
        found = self._files()
        for file in found.keys() - self.files.keys():
            file.unlink()
        for file, data in self.files.items():
            if found.get(file) != data:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)


@pytest.fixture(scope="module")
def remembering(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remembering]:
    with pytest.MonkeyPatch.context() as patch:
        # Files that were written just now are taken from memory too.
        patch.setattr("loa.memory._RACY", 0)
        yield Remembering(tmp_path_factory.mktemp("damage") / "site")


def damaged(data: bytes, way: bytes | None, at: float, length: int) -> bytes:
    start = int(at * len(data))
    end = min(start + length, len(data))
    return data[:start] if way is None else data[:start] + (way * length)[: end - start] + data[end:]


# Not mended yet: what a cut or garbled database or garbled entries hold is published, and a zero byte in a path of the
# manifest ends every build.
@settings(max_examples=100, phases=(Phase.explicit, Phase.generate))
@given(
    name=st.sampled_from(FILES),
    way=st.one_of(st.none(), st.sampled_from((b"\0", b"\xff")), st.binary(min_size=1, max_size=8)),
    at=st.floats(0, 1),
    length=st.sampled_from((1, 16, 512, 4096)),
)
def test_damage_never_shows(remembering: Remembering, name: str, way: bytes | None, at: float, length: int) -> None:
    remembering.restore()
    site = remembering.site.replace("site.toml", *TITLES)
    file = site.root / name
    file.write_bytes(damaged(file.read_bytes(), way, at, length))

    try:
        site.build()
    finally:
        site.replace("site.toml", *reversed(TITLES))

    assert site.report.done
    assert site.public == remembering.edited
