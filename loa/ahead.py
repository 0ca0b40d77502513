"""An edited text → its page, ahead of the build that looks at the whole site: who has saved a text waits for that page.

Nothing is decided here. What the last build knew tells everything of the page but what its own text says, and the build
that follows says how it is: where a new citation leads, whether a link is broken.
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
from loa.document_pieces import CitedLink
from loa.fingerprint import digest
from loa.model import Article, Document, Entry, Page, Reference
from loa.parts import Parts
from loa.publishing import renderer_of
from loa.reading import Reader
from loa.related import Describer
from loa.templates import Templates
from loa.views import ArticleView, DocumentView, PageView, View

# What may change of an entry so that its page is known but for that: the page shows each as it stands there.
_OWN = ("title", "subject", "title_citations", "summary", "author", "source", "tags", "body")
_NOWHERE = CitedLink("", "")


class Ahead(NamedTuple):
    """The bytes of the page at ``path``, as the build that follows will make it, unless it knows better."""

    path: str
    page: bytes


def page_ahead(changed: Iterable[Path], site: Site, reader: Reader, templates: Templates) -> Ahead | None:
    """The page of the one text among the ``changed`` files, if it has one on ``site``, the last that was built.

    None where more has changed than what the page says by itself: its day, its category, its pictures. None, too, where
    the text cannot be read, and where several have changed. Raises ``LoaError`` as a build does.
    """
    texts = [path for file in changed if (path := reader.path_of(file)) is not None]
    if len(texts) != 1:
        return None
    with closing(reader):
        before, now = reader.reread(texts[0])
        return _page(before, now, site, reader, templates) if now and _is_known(before, now) else None


def _is_known(before: Entry, now: Entry) -> bool:
    """Whether two states of an entry differ in nothing but what their page says by itself."""
    if type(before) is not type(now) or _pictures(before) != _pictures(now):
        return False
    own = {name: getattr(now, name) for name in _OWN if name in now.__struct_fields__}
    return digest(replace(before, **own)) == digest(now)


def _pictures(entry: Entry) -> list[Reference]:
    # The files of a new one are yet to be made.
    return [reference for reference in entry.body.references if reference.kind != "link"]


def _page(before: Entry, now: Entry, site: Site, reader: Reader, templates: Templates) -> Ahead | None:
    path = output_path(now.url)
    section = next((section for section in site.sections if path in section.paths), None)
    if section is None:
        return None
    view = next(output.view for output in section.outputs() if output.path == path)
    parts = Parts(site.library, reader.config, Describer(site.library.citator, ""))
    if (renewed := _renewed(view, before, now, parts)) is None:
        return None
    with blaming(path):
        return Ahead(path, renderer_of(site.chrome, reader, templates).render(renewed))


def _renewed(view: View, before: Entry, now: Entry, parts: Parts) -> View | None:
    """The ``view`` of an entry ``before``, as it is ``now``; None for a notice that shows no text."""
    if not isinstance(view, ArticleView | PageView | DocumentView):
        return None
    links, pictures = parts.resolved(now)
    known = dict(zip(before.body.citations, view.cited, strict=False))
    cited = tuple(known.get(citation, _NOWHERE) for citation in now.body.citations) if known else ()
    gone = {link.url for link in view.cited}.difference(link.url for link in cited)
    documents = tuple(document for document in view.documents if document.url not in gone)
    view = replace(view, links=links, pictures=pictures, cited=cited, documents=documents)
    if isinstance(view, PageView) and isinstance(now, Page):
        return replace(view, page=now)
    if isinstance(view, DocumentView) and isinstance(now, Document):
        return replace(view, document=now)
    if not (isinstance(view, ArticleView) and isinstance(now, Article)):
        return None
    author = parts.author(now.author) if now.author else None
    return replace(view, article=now, author=author, tags=tuple(map(parts.tag, now.tags)))
