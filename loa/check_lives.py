"""What can only be judged at a moment: entries and links that are too early, or too late. Pure; see ``check``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Literal

from loa import addresses, life_messages, site_messages
from loa.check import Locate
from loa.config import FILE as SITE_TOML
from loa.config import Config
from loa.errors import Problem, Words, problem
from loa.ledger import addresses_of
from loa.lifecycle import Standing, appears
from loa.messages import shown
from loa.model import Article, Entry
from loa.text import format_day


def check_lives(standing: Standing, now: datetime, locate: Locate) -> list[Problem]:
    """Corrections and withdrawals that are dated later than now, and articles that appear on another day than theirs.

    The former say what has happened, so their dates are slips. The latter stand among those of that day: a warning.
    """
    problems: list[Problem] = []

    def report(entry: Entry, field: str, words: Words, severity: Literal["error", "warning"] = "error") -> None:
        line = locate(entry.path, (field,))
        problems.append(problem(f"content/{entry.path}", words, line=line, field=field, severity=severity))

    for entry in standing.answering:
        if entry.life is None:
            continue
        if any(correction.at > now for correction in entry.life.corrections):
            report(entry, "corrections", life_messages.not_yet_corrected())
        if entry.life.withdrawn and entry.life.withdrawn.at > now:
            report(entry, "withdrawn", life_messages.not_yet_withdrawn())
    for entry in (held.entry for held in standing.held if isinstance(held.entry, Article) and not held.entry.draft):
        at = appears(entry)
        if isinstance(entry, Article) and at and at.date() > entry.published.date():
            words = life_messages.appears_on_another_day(format_day(at), format_day(entry.published))
            report(entry, "publish_at", words, "warning")
    return problems


def check_ended(
    standing: Standing, now: datetime, config: Config, locate: Locate, config_line: Callable[[str], int]
) -> list[Problem]:
    """Warnings of links to what was withdrawn, of an alert that leads to what has expired, and of one that is over."""
    withdrawn = withdrawn_addresses(standing)
    problems = _links_to(withdrawn, standing.shown, locate) if withdrawn else []

    def warn(words: Words, at: str, field: str) -> None:
        problems.append(problem(SITE_TOML, words, line=config_line(at), field=field, severity="warning"))

    for url in dict.fromkeys(link.url for link in (*config.menu, *config.shortcuts, *config.footer)):
        if config.path_of(url) in withdrawn:
            warn(life_messages.link_to_withdrawn(url), url, "url")
    alert = config.alert
    if alert and alert.until and alert.until <= now:
        warn(site_messages.alert_over(), alert.text, "alert.until")
    elif alert and config.path_of(alert.link) in withdrawn:
        warn(life_messages.link_to_withdrawn(alert.link), alert.link, "alert.link")
    elif alert and config.path_of(alert.link) in {url for entry in standing.expired for url in addresses_of(entry)}:
        warn(life_messages.alert_to_expired(alert.link), alert.link, "alert.link")
    return problems


def withdrawn_addresses(standing: Standing) -> set[str]:
    """Where it is said of an entry that it was withdrawn."""
    return {url for entry in standing.withdrawn for url in addresses_of(entry)}


def _links_to(ended: set[str], entries: Iterable[Entry], locate: Locate) -> list[Problem]:
    # Few links end like those, and only these are worth finding out where they lead.
    ends = {_end(url) for url in ended}
    problems: list[Problem] = []
    for entry in entries:
        for target in (reference.target for reference in entry.body.references if reference.kind == "link"):
            if _end(target) in ends and addresses.resolve(entry.path, target)[0] in ended:
                words = life_messages.link_to_withdrawn(shown(target))
                line = locate(entry.path, (target,))
                problems.append(problem(f"content/{entry.path}", words, line=line, severity="warning"))
    return problems


def _end(url: str) -> str:
    return re.sub(r"\.(?:html|md)$", "", re.split("[?#]", url)[0].rpartition("/")[2])
