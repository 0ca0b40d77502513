"""Links that lead outside: whether they still answer. Asked only with ``check --links``; remembered for some days.

One question at a time to a host, with a pause between two, and few hosts at once. Addresses of private networks are not
asked unless told to, whatever a name or a redirect says: the address that was judged is the one that is connected to.
"""

from __future__ import annotations

import http.client
import ipaddress
import os
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit

import msgspec
from msgspec import Struct

from loa import __version__, proof_messages
from loa.errors import Words
from loa.proofreading import Link

State = Literal["alive", "dead", "unknown", "internal"]

FILE = "links.json"


class Answer(Struct, frozen=True):
    """What came of asking for an address, and, unless it is alive, why."""

    state: State
    reason: str = ""


class Known(Struct, frozen=True):
    """An answer with its day (ISO)."""

    answer: Answer
    day: str


class Manners(Struct, frozen=True):
    """How links are asked for. Of ``days`` the first is for how long an answer stands, the second for dead links."""

    base_url: str
    timeout: float = 10.0
    redirects: int = 5
    hosts: int = 6
    pause: float = 1.0
    days: tuple[int, int] = (7, 1)
    is_internal_allowed: bool = False

    @property
    def user_agent(self) -> str:
        """Who asks, and where to complain."""
        return f"Loa-link-check/{__version__} (+{self.base_url})"


def check_links(
    links: Iterable[Link], manners: Manners, cache: Path, today: date, tell: Callable[[int, int], None]
) -> Iterator[tuple[Link, Words, bool]]:
    """Each link that is not alive, what to say of it, and whether it is dead for good."""
    links = list(links)
    known = _load(cache)
    urls = sorted({link.url.partition("#")[0] for link in links})
    answers = {url: known[url].answer for url in urls if url in known and _stands(known[url], manners, today)}
    by_host: dict[str, list[str]] = {}
    for url in urls:
        if url not in answers:
            by_host.setdefault(_host(url), []).append(url)
    done, total = 0, sum(map(len, by_host.values()))
    with ThreadPoolExecutor(manners.hosts) as pool:
        for found in pool.map(lambda group: _ask_host(group, manners), by_host.values()):
            answers.update(found)
            done += len(found)
            tell(done, total)
    fresh = {url: Known(answers[url], today.isoformat()) for group in by_host.values() for url in group}
    _save(cache, {url: row for url, row in {**known, **fresh}.items() if _stands(row, manners, today)})
    for link in links:
        answer = answers[link.url.partition("#")[0]]
        if answer.state == "dead":
            yield link, proof_messages.dead_link(answer.reason), True
        elif answer.state == "internal":
            yield link, proof_messages.link_not_asked(), False
        elif answer.state == "unknown":
            yield link, proof_messages.link_for_now(answer.reason), False


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


# --- asking ------------------------------------------------------------------------------


def _ask_host(urls: list[str], manners: Manners) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for index, url in enumerate(urls):
        if index:
            time.sleep(manners.pause)
        answers[url] = ask(url, manners)
    return answers


_GONE = (404, 410)


def ask(url: str, manners: Manners) -> Answer:
    """Whether ``url`` answers. Never raises: what goes wrong is an answer."""
    try:
        return _follow(url, manners)
    except _InternalError:
        return Answer("internal")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _failure(error)


_NO_SUCH_NAME = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))


def _failure(error: Exception) -> Answer:
    """What an error says of a link: only a name that is not there is the end of it."""
    if isinstance(error, socket.gaierror):
        is_gone = error.errno in _NO_SUCH_NAME
        return Answer("dead", "không có máy chủ tên này") if is_gone else Answer("unknown", "chưa hỏi được tên miền")
    if isinstance(error, TimeoutError):
        return Answer("unknown", "quá thời gian chờ")
    return Answer("unknown", "chứng chỉ không hợp lệ" if isinstance(error, ssl.SSLError) else "không kết nối được")


class _InternalError(Exception):
    """An address of a private network."""


def _follow(url: str, manners: Manners) -> Answer:
    for hop in range(manners.redirects + 1):
        if hop:
            time.sleep(manners.pause)
        status, target = _request("HEAD", url, manners)
        # Servers that know no HEAD say all sorts of things to it.
        if status >= 400:
            time.sleep(manners.pause)
            status, target = _request("GET", url, manners)
        if status in (301, 302, 303, 307, 308) and target:
            url = urljoin(url, target)
            if urlsplit(url).scheme not in ("http", "https"):
                return Answer("unknown", "chuyển hướng ra ngoài web")
            continue
        if status in _GONE:
            return Answer("dead", f"máy chủ trả lời {status}")
        # Those that ask for a password, or are busy, are there.
        return (
            Answer("alive") if status < 400 or status in (401, 403) else Answer("unknown", f"máy chủ trả lời {status}")
        )
    return Answer("unknown", "chuyển hướng quá nhiều lần")


def _request(method: str, url: str, manners: Manners) -> tuple[int, str]:
    """The status of an answer, and where it leads."""
    parts = urlsplit(url)
    if parts.hostname is None:
        raise ValueError(url)
    host = parts.hostname.encode("idna").decode("ascii")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = _connected(host, port, parts.scheme, manners)
    try:
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
        headers = {"User-Agent": manners.user_agent, "Accept": "*/*", "Connection": "close"}
        connection.request(method, f"{path}?{query}" if query else path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", "") or ""
    finally:
        connection.close()


def _connected(host: str, port: int, scheme: str, manners: Manners) -> http.client.HTTPConnection:
    """A connection to an address of ``host`` that has been judged; asking for the name again might give another."""
    error: OSError | None = None
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if not manners.is_internal_allowed and not _is_public(str(address[0])):
            raise _InternalError
        plain = socket.socket(family, kind, protocol)
        plain.settimeout(manners.timeout)
        try:
            plain.connect(address)
            context = ssl.create_default_context() if scheme == "https" else None
            connection = http.client.HTTPConnection(host, port, timeout=manners.timeout)
            connection.sock = context.wrap_socket(plain, server_hostname=host) if context else plain
        except OSError as failed:
            plain.close()
            error = failed
        else:
            return connection
    raise error or OSError(host)


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_global and not found.is_multicast


# --- what is remembered ------------------------------------------------------------------


def _stands(known: Known, manners: Manners, today: date) -> bool:
    if known.answer.state not in ("alive", "dead") or not re.fullmatch(r"\d{4}-\d\d-\d\d", known.day):
        return False
    days = manners.days[known.answer.state == "dead"]
    return today - timedelta(days=days) <= date.fromisoformat(known.day) <= today


def _load(cache: Path) -> dict[str, Known]:
    try:
        return msgspec.json.decode((cache / FILE).read_bytes(), type=dict[str, Known])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}


def _save(cache: Path, known: dict[str, Known]) -> None:
    cache.mkdir(exist_ok=True)
    temporary = cache / f"{FILE}.new"
    temporary.write_bytes(msgspec.json.encode(known))
    os.replace(temporary, cache / FILE)
