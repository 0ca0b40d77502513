"""Lines of real servers, and lines that somebody wished to be others."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.access_log import Request, hour_of, network_of, path_of, read_line, target_of

CHROME = (
    b"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
)
MOMENT = b"22/Nov/2026:08:15:59 +0700"
GET = b'"GET /tin/a.html HTTP/1.1"'


def line(
    client: bytes = b"203.0.113.9",
    user: bytes = b"-",
    moment: bytes = MOMENT,
    request: bytes = GET,
    status: bytes = b"200",
    referrer: bytes = b'"-"',
    agent: bytes = CHROME,
    rest: bytes = b"",
    vhost: bytes = b"",
) -> bytes:
    return b'%b%b - %b [%b] %b %b 5316 %b "%b"%b\n' % (
        vhost, client, user, moment, request, status, referrer, agent, rest
    )  # fmt: skip


def read(data: bytes) -> Request:
    request = read_line(data)
    assert request is not None
    return request


READ = {
    "nginx": line(),
    "nginx with purposes": line(rest=b' ""'),
    "nginx main": line(rest=b' "198.51.100.7, 10.0.0.1"'),
    "nginx with times": line(rest=b' rt=0.003 "-" 0.002'),
    "apache": line(referrer=b'"https://thu.example/tim-kiem/?q=\\"b\xc3\xa3o\\""'),
    "apache vhost_combined": line(vhost=b"thu.example:443 "),
    "apache on an address": line(vhost=b"[2001:db8::1]:443 "),
    "apache without bytes": line().replace(b" 5316 ", b" - "),
    "a name for a client": line(client=b"may-12.vnpt.example"),
    "IPv6": line(client=b"2001:ee0:4141:1::25"),
    "a user's name with blanks and brackets": line(user=b"x [01/Jan/2030:00:00:00 +0000] y"),
    "a user's name like a host": line(user=b"thu.example:443"),
    "carriage return": line().replace(b"\n", b"\r\n"),
    "no end": line().rstrip(),
    "cut off in a further field": line(rest=b' "pre').rstrip(),
    "bytes that are no text": line(agent=b"Mozilla \xff\xfe\x00", referrer=b'"\xf0\x28"'),
    "escaped quotes in the agent": line(agent=rb"Mozilla \" \x22 \\"),
    "a forged line in the agent": line(
        agent=rb'Mozilla \" 200 1 \"-\" \"x\"\n1.2.3.4 - - [01/Jan/2030:00:00:00 +0000] \"GET /x'
    ),
    "a forged line in the referrer": line(
        referrer=rb'"\" \"-\" [01/Jan/2030:00:00:00 +0000] \"GET /x HTTP/1.1\" 200 1"'
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_a_line_is_understood(name: str) -> None:
    request = read(READ[name])

    assert target_of(request) == b"/tin/a.html"
    assert (request.minute, request.offset) == (b"22/Nov/2026:08:15", b"+0700")
    assert request.client in (b"203.0.113.9", b"2001:ee0:4141:1::25", b"may-12.vnpt.example")
    assert request.agent.startswith(b"Mozilla")


STRANGE = {
    "nothing": b"",
    "a blank line": b"\n",
    "an error log": b"2026/11/22 08:15:59 [error] 12#12: *5 open() failed, client: 203.0.113.9\n",
    "common format, without an agent": line().split(b' "-" "')[0] + b"\n",
    "cut off in the agent": line()[:-9],
    "its beginning cut off": line()[20:],
    "no moment": line(moment=b"-"),
    "another way to write moments": line(moment=b"2026-11-22T08:15:59+07:00"),
    "a quote that nobody escaped": line(user=b'" [22/Nov/2026:08:15:59 +0700] "'),
    "binary": bytes(range(256)) * 4,
    "JSON": b'{"remote_addr": "203.0.113.9", "request": "GET /tin/a.html HTTP/1.1", "status": 200}\n',
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_line_is_not_understood(name: str) -> None:
    assert read_line(STRANGE[name]) is None


@pytest.mark.parametrize(
    "request_line",
    [
        line(request=b'"HEAD /tin/a.html HTTP/1.1"'),
        line(request=b'"POST /tin/a.html HTTP/1.1"'),
        line(request=b'"get /tin/a.html HTTP/1.1"'),
        line(request=b'"GET /tin/a.html"'),
        line(request=b'"GET /tin/a.html x HTTP/1.1"'),
        line(request=b'"-"'),
        line(request=b'""'),
        line(request=rb'"\x16\x03\x01\x02"'),
        *(line(status=status) for status in (b"404", b"301", b"206", b"499", b"500", b"410")),
        line(rest=b' "prefetch"'),
        line(rest=b' "prefetch;prerender"'),
        line(rest=b' "Prerender"'),
        line(rest=b' "prefetch;anonymous-client-ip" 0.001'),
    ],
)
def test_only_pages_that_were_sent_to_somebody_are_targets(request_line: bytes) -> None:
    assert target_of(read(request_line)) == b""


def test_not_modified_is_read_again() -> None:
    assert target_of(read(line(status=b"304"))) == b"/tin/a.html"


@pytest.mark.parametrize(
    ("target", "path"),
    [
        (b"/tin/a.html", "/tin/a.html"),
        (b"/tin/a.html?utm_source=zalo&x=/tin/b.html", "/tin/a.html"),
        (b"/tin/a.html#muc-2", "/tin/a.html"),
        (b"/tin/a.html?x#y?z", "/tin/a.html"),
        (b"/%74in/%61.html", "/tin/a.html"),
        (b"/tin/a.html%3Fx", "/tin/a.html?x"),
        (b"/tin/%ff%00.html", "/tin/\ufffd\x00.html"),
        (rb"/tin/\x22.html", r"/tin/\x22.html"),
        ("/tin/bão.html".encode(), "/tin/b\ufffd\ufffd\ufffd\ufffdo.html".replace("\ufffd" * 4, "\ufffd\ufffd")),
        (b"%", ""),
        (b"*", ""),
        (b"http://thu.example/tin/a.html", ""),
    ],
)
def test_the_path_of_a_target(target: bytes, path: str) -> None:
    assert path_of(target) == path


def test_a_site_in_a_folder_counts_what_lies_in_it() -> None:
    assert path_of(b"/tin-tuc/tin/a.html?x", "/tin-tuc") == "/tin/a.html"
    assert path_of(b"/tin/a.html", "/tin-tuc") == ""
    assert path_of(b"/tin-tuc-cu/tin/a.html", "/tin-tuc") == ""


@pytest.mark.parametrize(
    ("minute", "offset", "hour"),
    [
        (b"01/Jan/1970:00:00", b"+0000", "1970-01-01T00"),
        (b"01/Jan/1970:07:59", b"+0700", "1970-01-01T00"),
        (b"22/Nov/2026:08:15", b"+0700", "2026-11-22T01"),
        (b"22/Nov/2026:01:15", b"+0000", "2026-11-22T01"),
        (b"21/Nov/2026:20:15", b"-0500", "2026-11-22T01"),
        # Half past of one zone is the hour of another.
        (b"22/Nov/2026:06:29", b"+0530", "2026-11-22T00"),
        (b"22/Nov/2026:06:30", b"+0530", "2026-11-22T01"),
        # The night in which New York has one hour twice: the offset tells which.
        (b"01/Nov/2026:01:30", b"-0400", "2026-11-01T05"),
        (b"01/Nov/2026:01:30", b"-0500", "2026-11-01T06"),
        (b"29/Feb/2026:08:15", b"+0700", None),
        (b"22/Nov/2026:25:15", b"+0700", None),
        (b"22/Nop/2026:08:15", b"+0700", None),
        (b"01/Jan/0000:08:15", b"+0700", None),
        (b"01/Jan/1970:00:00", b"+0700", None),
    ],
)
def test_an_hour_is_the_same_wherever_it_is_told(minute: bytes, offset: bytes, hour: str | None) -> None:
    expected = None if hour is None else int(datetime.fromisoformat(f"{hour}:00Z").timestamp()) // 3600

    assert hour_of(minute, offset) == expected


def test_who_has_many_addresses_is_one_reader() -> None:
    assert network_of(b"203.0.113.9") != network_of(b"203.0.113.10")
    assert network_of(b"2001:db8:1:2::a") == network_of(b"2001:DB8:1:2:ffff::b")
    assert network_of(b"2001:db8:1:2::a") != network_of(b"2001:db8:1:3::a")
    assert network_of(b"::ffff:203.0.113.9") == network_of(b"203.0.113.9")
    assert network_of(b"::zz") == b"::zz"


@given(st.binary(max_size=300))
def test_no_line_is_too_odd(data: bytes) -> None:
    request = read_line(data)

    if request is not None:
        path_of(target_of(request))
        hour_of(request.minute, request.offset)
        network_of(request.client)


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=40).map(
        lambda text: "".join(c if c.isprintable() and c not in '"\\' else f"\\x{ord(c):02X}" for c in text).encode()
    )
)
def test_what_a_client_sends_cannot_be_taken_for_another_request(sent: bytes) -> None:
    """As nginx escapes it, wherever it stands."""
    honest = read(line())

    for dishonest in (line(agent=sent), line(referrer=b'"%b"' % sent), line(user=sent)):
        request = read(dishonest)
        assert (request.client, request.minute, request.request, request.status) == honest[:2] + honest[3:5]
