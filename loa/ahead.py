"""An edited text → its page, ahead of the build that looks at the whole site: who has saved a text waits for that page.

Nothing is decided here. What the last build knew tells everything of the page but its words, and the build that
follows says how it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from loa.addresses import output_path
from loa.assemble import Site
from loa.blame import blaming
from loa.fingerprint import digest
from loa.model import Article, Entry, Page
from loa.publishing import renderer_of
from loa.reading import Reader
from loa.templates import Templates
from loa.views import ArticleView, DocumentView, PageView, View

_WORDS = ("title", "summary", "subject", "body")


class Ahead(NamedTuple):
    """The bytes of the page at ``path``, as the build that follows will make it, unless it knows better."""

    path: str
    page: bytes


def page_ahead(changed: Iterable[Path], site: Site, reader: Reader, templates: Templates) -> Ahead | None:
    """The page of the one text among the ``changed`` files, if it has one on ``site``, the last that was built.

    None where more than its words has changed, where it cannot be read, and where several texts have. Raises
    ``LoaError`` as a build does.
    """
    texts = [path for file in changed if (path := reader.path_of(file)) is not None]
    if len(texts) != 1:
        return None
    with closing(reader):
        before, now = reader.reread(texts[0])
        return _page(now, site, reader, templates) if now and _differ_in_words(before, now) else None


def _differ_in_words(before: Entry, now: Entry) -> bool:
    """Whether two states of an entry differ in their words alone, and not in what those refer to, or cite."""
    old, new = before.body, now.body
    if type(before) is not type(now) or (old.references, old.citations) != (new.references, new.citations):
        return False
    words = {name: getattr(now, name) for name in _WORDS if name in now.__struct_fields__}
    return digest(replace(before, **words)) == digest(now)


def _page(entry: Entry, site: Site, reader: Reader, templates: Templates) -> Ahead | None:
    path = output_path(entry.url)
    for section in site.sections:
        if path in section.paths:
            view = next(output.view for output in section.outputs() if output.path == path)
            if (view_now := _with(view, entry)) is None:
                return None
            with blaming(path):
                return Ahead(path, renderer_of(site.chrome, reader, templates).render(view_now))
    return None


def _with(view: View, entry: Entry) -> View | None:
    """The ``view`` with the words of ``entry``; None for what shows none, such as the notice of a withdrawal."""
    if isinstance(view, ArticleView) and isinstance(entry, Article):
        return replace(view, article=entry)
    if isinstance(view, PageView) and isinstance(entry, Page):
        return replace(view, page=entry)
    if isinstance(view, DocumentView) and not isinstance(entry, Article | Page):
        return replace(view, document=entry)
    return None
