"""Articles that were published before under another name: copied files whose text or title nobody has changed. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from loa import life_messages
from loa.check import Locate
from loa.errors import Problem, problem
from loa.model import Article, Entry
from loa.text import name_key

# Two shorter texts may say the same: "Xem tệp đính kèm."
_LONG_ENOUGH = 40


def check_doubles(entries: Iterable[Entry], just_read: Collection[str], locate: Locate) -> list[Problem]:
    """A warning for each article that has the text of another, or its title and day, where one was ``just_read``.

    It stands at the later one; of one moment, ``bai`` comes before ``bai-2``, which was copied from it. What has been
    withdrawn may be published anew.
    """
    articles = [entry for entry in entries if isinstance(entry, Article) and not (entry.life and entry.life.withdrawn)]
    fresh = [article for article in articles if article.path in just_read]
    if not fresh:
        return []
    texts = {article.body.digest for article in fresh if article.body.words >= _LONG_ENOUGH}
    days = {article.published.date() for article in fresh}
    alike: dict[object, list[Article]] = {}
    for article in articles:
        if article.body.digest in texts:
            alike.setdefault(article.body.digest, []).append(article)
        if (day := article.published.date()) in days:
            alike.setdefault((day, name_key(article.title)), []).append(article)
    found: dict[str, tuple[Article, Article]] = {}
    for group in alike.values():
        if len(group) > 1 and any(article.path in just_read for article in group):
            first, *later = sorted(group, key=_order)
            for article in later:
                found.setdefault(article.path, (article, first))
    return [_warning(article, first, locate) for article, first in found.values()]


def _order(article: Article) -> tuple[bool, float, str]:
    return article.draft, article.published.timestamp(), article.path.removesuffix(".md")


def _warning(article: Article, first: Article, locate: Locate) -> Problem:
    words = life_messages.written_before(f"content/{first.path}")
    line = locate(article.path, ("title",))
    return problem(f"content/{article.path}", words, line=line, field="title", severity="warning")
