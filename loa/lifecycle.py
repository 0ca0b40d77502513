"""What is published at a moment, what is not or no longer, and when that changes next. Pure (ADR 0014)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from loa import life_messages
from loa.config import Config
from loa.model import Article, Document, Entry, Mark
from loa.text import format_moment


class Held(Struct, frozen=True):
    """An entry that is not published yet, and why."""

    entry: Entry
    reason: str

    @property
    def file(self) -> str:
        """Its file, as messages name it."""
        return f"content/{self.entry.path}"


class Due(NamedTuple):
    """The next moment at which the site changes by itself, and what is due then: a file, or a setting."""

    moment: datetime
    file: str


class Standing(Struct, frozen=True):
    """Where each entry stands at a moment.

    ``published`` are shown everywhere; ``expired`` keep their pages and are named nowhere; of the ``withdrawn``
    nothing but a notice is left; ``held`` are nowhere. ``pinned`` are the paths of articles that stand before others.
    ``marks`` say, in a preview, which of the published are not to be published yet.
    """

    published: list[Entry]
    held: tuple[Held, ...]
    expired: list[Article]
    withdrawn: list[Entry]
    pinned: frozenset[str]
    marks: dict[str, Mark]
    due: Due | None

    @property
    def shown(self) -> list[Entry]:
        """All whose texts are shown somewhere."""
        return [*self.published, *self.expired]

    @property
    def answering(self) -> list[Entry]:
        """All that have a page."""
        return [*self.published, *self.expired, *self.withdrawn]

    @property
    def marked(self) -> list[Held]:
        """What a preview shows and a build would hold back."""
        words = {"draft": life_messages.held_draft(), "scheduled": life_messages.held_scheduled()}
        return [Held(entry, words[self.marks[entry.path]]) for entry in self.published if entry.path in self.marks]

    def without(self, files: set[str]) -> Standing:
        """The same without the entries whose ``files`` (as messages name them) are faulty."""
        if not files:
            return self
        return replace(
            self,
            published=[entry for entry in self.published if f"content/{entry.path}" not in files],
            expired=[entry for entry in self.expired if f"content/{entry.path}" not in files],
        )


def appears(entry: Entry) -> datetime | None:
    """When ``entry`` is to appear; None for what appears at once."""
    at = entry.life.publish_at if entry.life else None
    if isinstance(entry, Article):
        return max(entry.published, at) if at else entry.published
    return at


def waiting(held: Iterable[Held]) -> dict[str, datetime]:
    """The addresses of what is held back, with the moments at which they will answer; drafts at none."""
    never = datetime.max.replace(tzinfo=UTC)
    return {item.entry.url: never if item.entry.draft else appears(item.entry) or never for item in held}


def separate(entries: Iterable[Entry], now: datetime, config: Config, *, preview: bool = False) -> Standing:
    """Where each of ``entries`` stands at the moment ``now``; in a ``preview`` nothing is held back."""
    published: list[Entry] = []
    held: list[Held] = []
    expired: list[Article] = []
    withdrawn: list[Entry] = []
    pinned: list[str] = []
    marks: dict[str, Mark] = {}
    coming: list[Due] = []
    for entry in entries:
        at = entry.published if isinstance(entry, Article) and entry.life is None else appears(entry)
        if entry.draft or (at is not None and at > now):
            if not entry.draft:
                coming.append(Due(at or now, f"content/{entry.path}"))
            if not preview:
                held.append(Held(entry, _why_held(entry, at, config)))
                continue
            marks[entry.path] = "draft" if entry.draft else "scheduled"
        if entry.life is None:
            published.append(entry)
            continue
        coming += (Due(moment, f"content/{entry.path}") for moment in _ends(entry) if moment > now)
        if entry.life.withdrawn:
            withdrawn.append(entry)
        elif isinstance(entry, Article) and entry.life.expires and entry.life.expires.moment <= now:
            expired.append(entry)
        else:
            published.append(entry)
            if entry.life.pinned and entry.life.pinned.moment > now:
                pinned.append(entry.path)
    coming += _validity_changes(published, now.astimezone(config.zone).date(), config.zone)
    coming += (Due(moment, "site.toml") for moment in _moments_of_settings(config) if moment > now)
    return Standing(
        published, tuple(held), expired, withdrawn, frozenset(pinned), marks, min(coming) if coming else None
    )


def _why_held(entry: Entry, at: datetime | None, config: Config) -> str:
    if entry.draft or at is None:
        return life_messages.held_draft()
    return life_messages.held_future(format_moment(at.astimezone(config.zone)))


def _ends(entry: Entry) -> Iterator[datetime]:
    assert entry.life is not None  # else nothing of it ends
    for deadline in (entry.life.expires, entry.life.pinned):
        if deadline is not None and entry.life.withdrawn is None:
            yield deadline.moment


def _validity_changes(entries: list[Entry], today: date, zone: ZoneInfo) -> Iterator[Due]:
    """The midnights at which documents come into force or cease to be: what pages say of them changes then."""
    day = today.isoformat()
    for entry in entries:
        if isinstance(entry, Document):
            for change in (entry.effective, entry.expires):
                if change > day:
                    midnight = datetime.combine(date.fromisoformat(change), time(), zone)
                    yield Due(midnight, f"content/{entry.path}")


def _moments_of_settings(config: Config) -> Iterator[datetime]:
    if config.alert:
        yield from (moment for moment in (config.alert.since, config.alert.until) if moment)
    if config.security:
        yield config.security.expires
