"""Categories and units that were renamed in the settings: one message there instead of one at each article. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence

from loa import life_messages, messages
from loa.check import is_body
from loa.config import FILE as SITE_TOML
from loa.config import Config, Section
from loa.errors import Problem, problem
from loa.library import Library
from loa.model import Article, Entry
from loa.text import name_key, nearest

ConfigLine = Callable[[str], int]


def with_renamed(
    problems: Sequence[Problem],
    entries: Iterable[Entry],
    before: Callable[[], Collection[Entry]],
    config: Config,
    config_line: ConfigLine,
    *,
    skip_bad: bool,
) -> list[Problem]:
    """``problems`` with those of ``entries`` whose category is not known any more made one at the settings for each.

    That is said of a category under which articles were published ``before``, or that several name; of the latter not
    with ``skip_bad``, since an article can give way and the settings cannot.
    """
    if not any(fault.blocking and fault.field == "category" for fault in problems):
        return list(problems)
    own = {f"content/{entry.path}": entry for entry in entries if isinstance(entry, Article)}
    unknown: dict[Problem, str] = {}
    for fault in problems:
        article = own.get(fault.path) if fault.blocking and fault.field == "category" else None
        if article and messages.unknown_category(article.category, "", ()).message == fault.message:
            unknown[fault] = article.category
    if not unknown:
        return list(problems)
    # Nobody has looked at the category of a draft.
    known = {entry.category for entry in before() if isinstance(entry, Article) and not entry.draft}
    counts = Counter(unknown.values())
    renamed = [name for name, count in counts.items() if name in known or (count > 1 and not skip_bad)]
    taken = {entry.category for entry in own.values()}
    unused = [section for section in config.categories if not any(config.category(name) == section for name in taken)]
    names = [section.name for section in config.categories]
    made = []
    for name in renamed:
        # Of a name that nobody has published, an empty category tells nothing.
        section = _successor(name, unused) if name in known else None
        first = min(fault.path for fault, value in unknown.items() if value == name)
        words = life_messages.category_renamed(name, counts[name], first, section.name if section else "", names)
        line = config_line(section.name) if section else 0
        made.append(problem(SITE_TOML, words, line=line, field="category"))
    return [fault for fault in problems if unknown.get(fault) not in renamed] + made


def with_renamed_units(
    problems: Sequence[Problem], library: Library, config: Config, config_line: ConfigLine
) -> list[Problem]:
    """``problems`` with a warning at each unit that has no articles, where a body that is no unit has some."""
    empty = {shelf.name for shelf in library.units if not shelf.articles}
    unused = [section for section in config.units if section.name in empty]
    found = list(problems)
    for shelf in library.people if unused else ():
        section = _successor(shelf.name, unused) if is_body(shelf.name) else None
        if section is None:
            continue
        words = life_messages.unit_renamed(shelf.name, len(shelf.articles), shelf.url, section.name)
        said = life_messages.author_is_a_body(shelf.name, "").message
        found = [fault for fault in found if fault.message != said]
        line = config_line(section.name)
        found.append(problem(SITE_TOML, words, line=line, field="unit", severity="warning"))
    return found


def _successor(name: str, unused: Sequence[Section]) -> Section | None:
    """Which of the ``unused`` sections probably had that ``name``: the one most like it, or the only one."""
    near = nearest(name, [section.name for section in unused])
    alike = [section for section in unused if name_key(section.name) == name_key(near)]
    return next(iter(alike), unused[0] if len(unused) == 1 else None)
