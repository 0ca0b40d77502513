"""The settings of a site, as values; ``site_toml`` reads them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from msgspec import Struct

from loa.pieces import AlertLevel, FeedFormat, Link
from loa.text import name_key

FILE = "site.toml"


class Section(Struct, frozen=True):
    """A category or unit: its address part, its name and a sentence about it.

    ``former`` are names that texts of earlier years give it, ``aliases`` the addresses that its listing had, the oldest
    first.
    """

    slug: str
    name: str
    description: str = ""
    former: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


# The listings that a site may have beside those of its categories, and the formats of its feeds.
KINDS = ("unit", "person", "tag", "year", "month")
FORMATS: tuple[FeedFormat, ...] = ("rss", "atom")
LEVELS: tuple[AlertLevel, ...] = ("info", "warning", "emergency")
ZONE = "Asia/Ho_Chi_Minh"


class Lists(Struct, frozen=True):
    """Which lists there are, and how many articles each shows."""

    kinds: tuple[str, ...] = KINDS
    feed_formats: tuple[FeedFormat, ...] = FORMATS
    page_size: int = 20
    earlier: int = 15
    feed: int = 20
    home_newest: int = 8
    home_block: int = 4
    most_viewed: int = 5
    register: int = 100


class Contact(Struct, frozen=True):
    """Who answers for the site, as the footer of each page says."""

    responsible: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""


class Documents(Struct, frozen=True):
    """How official documents are shown: after how many citations one gets a page that nobody has written up.

    ``category`` is the name of the category whose part of the front page shows the newest of them too; maybe empty.
    ``citations``: they are looked for in texts.
    """

    stubs: int = 2
    category: str = ""
    citations: bool = True


class Search(Struct, frozen=True):
    """Whether the site can be searched, and its ``texts`` too; how many entries a part of the index has at most."""

    enabled: bool = True
    texts: bool = True
    part: int = 1500


class Check(Struct, frozen=True):
    """What the proof-reader lets pass: words that are right, whatever a rule says, and rules by name."""

    words: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class Security(Struct, frozen=True):
    """What security.txt says (RFC 9116)."""

    contact: str
    expires: datetime
    policy: str = ""


class Alert(Struct, frozen=True):
    """What is said above every page, from a moment on and until one; None where nobody says."""

    level: AlertLevel
    text: str
    link: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it is to be said at the moment ``now``."""
        return (self.since is None or self.since <= now) and (self.until is None or now < self.until)


class Config(Struct, frozen=True):
    """All settings of a site. ``base_url`` has no closing slash and may have a path.

    ``gone`` are addresses that were published and need not answer any more; at ``others`` and at what lies below them
    another program answers.
    """

    title: str
    short_title: str
    organization: str
    description: str
    base_url: str
    language: str
    timezone: str
    notice: str
    feed_id: str
    province: str
    documents: Documents
    search: Search
    check: Check
    lists: Lists
    categories: tuple[Section, ...]
    units: tuple[Section, ...]
    menu: tuple[Link, ...]
    shortcuts: tuple[Link, ...]
    footer: tuple[Link, ...]
    contact: Contact
    security: Security | None
    alert: Alert | None = None
    gone: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def links(self) -> tuple[Link, ...]:
        """What leads somewhere from the menus and from the alert."""
        alert = (Link("", self.alert.link),) if self.alert and self.alert.link else ()
        return (*self.menu, *self.shortcuts, *self.footer, *alert)

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone, for dates that name none."""
        return ZoneInfo(self.timezone)

    def path_of(self, url: str) -> str:
        """The site path that a link in ``site.toml`` leads to, however it is spelt; empty when it leaves the site."""
        own = url.removeprefix(self.base_url) if url.startswith(f"{self.base_url}/") else url
        return unquote(re.split("[?#]", own)[0]) if own.startswith("/") else ""

    def is_elsewhere(self, path: str) -> bool:
        """Whether another program answers at that site path."""
        return any(f"{path}/".startswith(f"{other.rstrip('/')}/") for other in self.others)

    def clock(self, now: datetime | None) -> datetime:
        """The moment ``now``, by the clocks of the site where it names no zone; the present where there is none."""
        now = now or datetime.now(UTC)
        return now if now.tzinfo else now.replace(tzinfo=self.zone)

    def category(self, name: str) -> Section | None:
        """The category of that name, however its dashes and capitals are typed."""
        return named(self.categories, name)

    def unit(self, name: str) -> Section | None:
        """The unit of that name, however its dashes and capitals are typed."""
        return named(self.units, name)


def named(sections: tuple[Section, ...], name: str) -> Section | None:
    """The section that has or had that name, however its dashes and capitals are typed."""
    key = name_key(name)
    return next((s for s in sections if any(name_key(known) == key for known in (s.name, *s.former))), None)
