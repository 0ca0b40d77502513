"""The web servers, with the configurations of deploy/: one table of questions, and each server answers all of them."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPMessage, HTTPResponse
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from probes import (
    ARTICLE,
    BYTES,
    COMPRESSED,
    EVERYWHERE,
    FOR_EVER,
    FRESH,
    HIDDEN,
    LEAKS,
    MAPS,
    MOVED,
    OUTSIDE,
    PDF,
    POLICY,
    SECRET,
    TABLE,
    TYPES,
)

from tools import webservers

pytestmark = pytest.mark.servers


# --- the servers ------------------------------------------------------------------------


class Server(NamedTuple):
    """A server that runs, and where its own files and the site lie."""

    name: str
    address: str
    folder: Path
    site: Path


class Answer(NamedTuple):
    status: int
    headers: HTTPMessage
    body: bytes

    def __getitem__(self, name: str) -> str | None:
        return self.headers[name]


@contextmanager
def open_to_all() -> Iterator[Path]:
    """A folder that a server may read which has given up being root; those of pytest are ours alone."""
    with tempfile.TemporaryDirectory(prefix="loa-may-chu-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def copy_of(site: Path, target: Path) -> Path:
    shutil.copytree(site, target)
    return target


def put(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def own_folder(parent: Path, name: str) -> Path:
    folder = parent / name
    folder.mkdir()
    folder.chmod(0o755)
    return folder


@pytest.fixture(scope="session")
def running(sample_site: Path) -> Iterator[dict[str, Server]]:
    """Each server with the sample site, the maps, and what an accident may have left among the published files."""
    with open_to_all() as base, ExitStack() as stack:
        release = copy_of(sample_site, base / "releases/20261122-1")
        site = base / "current"
        site.symlink_to(release)
        put(release, {f"chuyen-huong/{name}": text for name, text in MAPS.items()})
        put(release, {path: SECRET.decode() for path in LEAKS})
        put(release, {"tep/Số liệu – quý 1.txt": "số liệu\n", "anh/hop-20260512-1.jpg": "ảnh", "a.rss": "<a/>"})
        put(base, {"secret.txt": SECRET.decode(), "releases/secret.txt": SECRET.decode()})
        for name, target in {"ngoai.txt": "/etc/passwd", "tep/ngoai": "/etc", "hop-le.html": "index.html"}.items():
            (release / name).symlink_to(target)
            if os.geteuid() == 0 and target.startswith("/"):
                os.lchown(release / name, 65534, 65534)
        servers = {}
        for name in webservers.NAMES:
            if webservers.find(name) is None:
                pytest.fail(f"These tests need {name}. As root: sh tools/servers.sh")
            folder = own_folder(base, name)
            servers[name] = Server(name, stack.enter_context(webservers.running(name, site, folder)), folder, release)
        yield servers


@pytest.fixture(params=webservers.NAMES)
def server(request: pytest.FixtureRequest, running: dict[str, Server]) -> Server:
    return running[request.param]


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> Answer:
    """The answer to exactly these bytes; a library would mend the path first."""
    host, port = urlsplit(server.address).netloc.split(":")
    fields = {"host": f"{host}:{port}", "connection": "close"} | headers
    lines = [f"{method} {path} HTTP/1.1", *(f"{name.replace('_', '-')}: {value}" for name, value in fields.items())]
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        response = HTTPResponse(connection, method=method)
        response.begin()
        return Answer(response.status, response.headers, response.read())


# --- the table --------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLE)
def test_the_answer_is_that_of_the_table(name: str, server: Server) -> None:
    probe = TABLE[name]

    answer = ask(server, probe.path, probe.method, **probe.asked)

    assert answer.status in probe.status
    for header, wanted in probe.headers.items():
        given = answer[header]
        if wanted is None:
            assert given is None, header
        elif header == "Location":
            assert given in (wanted, server.address + wanted)
        else:
            assert given is not None, header
            assert given.startswith(wanted) if header == "Content-Range" else given == wanted, header
    if answer.status not in (400, 416) and probe.method != "TRACE":
        assert {header: answer[header] for header in EVERYWHERE} == EVERYWHERE
        assert len(answer.headers.get_all("Cache-Control", [])) == 1
    if answer.status == 404 and probe.method != "HEAD":
        assert "Không tìm thấy trang" in answer.body.decode()
    if probe.method == "HEAD":
        assert answer.body == b""
    assert not re.search(r"\d", answer["Server"] or ""), "the version of the server"


def test_only_the_search_page_may_run_webassembly(server: Server) -> None:
    wanted = POLICY.format(" 'wasm-unsafe-eval'")

    for path in ("/tim-kiem/", "/tim-kiem/index.html", "/tim-kiem/?q=de+ke"):
        assert ask(server, path)["Content-Security-Policy"] == wanted, path
    for path in ("/tim-kiem/toan-van/", "/tim-kiem/toan-van/pagefind.js", "/tim-kiem/khong-co"):
        assert ask(server, path)["Content-Security-Policy"] == POLICY.format(""), path


def test_every_published_file_arrives_byte_for_byte_as_what_it_is(server: Server, sample_site: Path) -> None:
    connection = HTTPConnection(urlsplit(server.address).netloc, timeout=10)
    wrong = {}
    files = [file for file in sorted(sample_site.rglob("*")) if file.is_file()]
    for file in files:
        path = f"/{file.relative_to(sample_site)}"
        # The maps here are those of this test; and Caddy hides what it reads itself.
        if path in MOVED or path == "/404.html" or path.startswith("/chuyen-huong/"):
            continue
        connection.request("GET", path.removesuffix("index.html"))
        response = connection.getresponse()
        body, kind, cache = response.read(), response.headers["Content-Type"], response.headers["Cache-Control"]
        lasting = re.search(r"^/(css|js)/\w+\.[0-9a-f]{12}\.\w+$|^/anh/.*-[0-9a-f]{8}-\d+\.\w+$", path)
        wanted = (200, TYPES.get(file.suffix, BYTES), FOR_EVER if lasting else FRESH)
        if (response.status, kind, cache) != wanted or body != file.read_bytes():
            wrong[path] = (response.status, kind, cache)
    connection.close()

    assert len(files) > 800
    assert wrong == {}


# --- asking again -----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", ARTICLE, "/rss.xml", PDF, "/tim-kiem/tra-cuu/trang.idx"])
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_what_has_not_changed_is_not_sent_again(path: str, encoding: str, server: Server) -> None:
    first = ask(server, path, accept_encoding=encoding)
    assert first["ETag"]
    assert first["Last-Modified"]

    again = ask(server, path, accept_encoding=encoding, if_none_match=first["ETag"])

    assert (again.status, again.body) == (304, b"")
    assert again["Cache-Control"] == FRESH
    assert {header: again[header] for header in EVERYWHERE} == EVERYWHERE


def test_a_correction_is_seen_at_once_even_when_it_is_older_or_of_the_same_size(server: Server) -> None:
    file = server.site / f"thu-{server.name}.html"
    file.write_text("cũ", encoding="utf-8")
    first = ask(server, f"/{file.name}")

    for text, moment in (("mới", 2_000_000_000), ("mói", 1_000_000_000)):
        file.write_text(text, encoding="utf-8")
        os.utime(file, (moment, moment))
        seen = ask(server, f"/{file.name}", if_none_match=first["ETag"] or "", if_modified_since="x")
        assert (seen.status, seen.body.decode()) == (200, text)
        first = seen


def test_gzip_changes_nothing(server: Server, sample_site: Path) -> None:
    for path in COMPRESSED:
        file = sample_site / ("index.html" if path == "/" else path[1:])
        assert gzip.decompress(ask(server, path, accept_encoding="gzip").body) == file.read_bytes(), path


# --- what must not be had ---------------------------------------------------------------

REFUSED = {400, 404}


@pytest.mark.parametrize("path", [*OUTSIDE, *HIDDEN], ids=ascii)
def test_nobody_leaves_the_folder_or_sees_what_is_hidden_in_it(path: str, server: Server) -> None:
    answer = ask(server, path.replace("ADDRESS", server.address))

    # A folder or file that is named with one slash too many or too few is redirected to its name.
    mended = answer.status in (301, 308) and (answer["Location"] or "").removeprefix(server.address)
    if mended:
        assert not re.match(r"[/\\]{2}|\w+:", mended), "it would lead to another site"
        answer = ask(server, mended if mended.startswith("/") else f"/{mended}")
    assert answer.status in REFUSED or (path in {"/index.html/", "*"} and answer.status == 200)
    assert SECRET not in answer.body
    assert b"root:" not in answer.body
    assert answer["Set-Cookie"] is None


@pytest.mark.parametrize(
    "path",
    ["//khac.example/..", "//khac.example/%2e%2e", "/\\khac.example/..", "//khac.example/chuyen-muc", "//chuyen-muc"],
)
def test_no_address_leads_to_another_site(path: str, server: Server) -> None:
    location = (ask(server, path)["Location"] or "/").removeprefix(server.address)

    assert re.match(r"/(?![/\\])", location)


def test_no_folder_is_listed(server: Server) -> None:
    for folder in sorted(path for path in server.site.rglob("*") if path.is_dir() and not path.is_symlink()):
        if not (folder / "index.html").exists():
            answer = ask(server, f"/{folder.relative_to(server.site)}/")
            assert answer.status == 404, folder
            assert b"Index of" not in answer.body


@pytest.mark.parametrize("path", ["/ngoai.txt", "/tep/ngoai/passwd", "/tep/ngoai/"])
# Caddy follows all links and cannot be told not to; deploy/README.md says so.
@pytest.mark.parametrize("name", ["nginx", "apache2"])
def test_a_link_that_leads_out_is_not_followed(name: str, path: str, running: dict[str, Server]) -> None:
    answer = ask(running[name], path)

    # Apache has no way to say "not found" of a file instead.
    assert answer.status in ((403, 404) if name == "apache2" else (404,))
    assert b"root:" not in answer.body
    assert {header: answer[header] for header in EVERYWHERE} == EVERYWHERE


# --- the configuration itself -----------------------------------------------------------


@pytest.mark.parametrize("name", webservers.NAMES)
def test_a_server_starts_without_the_maps_and_the_redirect_pages_do_their_work(name: str, sample_site: Path) -> None:
    with open_to_all() as base:
        site = copy_of(sample_site, base / "public")
        shutil.rmtree(site / "chuyen-huong", ignore_errors=True)
        folder = own_folder(base, name)
        with webservers.running(name, site, folder) as address:
            server = Server(name, address, folder, site)

            assert ask(server, "/tin-tuc/bai-cu.html").status == 404
            page = ask(server, "/mien-le-phi-truc-tuyen.html")
            assert page.status == 200
            assert b'http-equiv="refresh"' in page.body


def test_the_log_tells_visits_from_pages_loaded_in_advance(server: Server) -> None:
    log = server.folder / "access.log"
    ask(server, "/trang/lien-he.html?truoc", sec_purpose="prefetch;prerender")
    ask(server, "/trang/lien-he.html?sau")

    deadline = time.monotonic() + 10
    while "?sau" not in log.read_text("utf-8") and time.monotonic() < deadline:
        time.sleep(0.02)

    before, after = (line for line in log.read_text("utf-8").splitlines() if "lien-he.html?" in line)
    assert "prefetch;prerender" in before
    assert "prefetch" not in after
    if server.name != "caddy":
        # Each of the three names of this header leaves a dash where it is absent.
        assert before.endswith(' "prefetch;prerender--"')
        assert re.search(r' "GET /trang/lien-he\.html\?sau HTTP/1\.1" 200 \d+ "-" "-" "---"$', after)


def test_nginx_understands_what_is_switched_on_with_https(tmp_path: Path) -> None:
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    subject = ("-subj", "/CN=lamhai.example", "-days", "1", "-nodes", "-newkey", "rsa:2048")
    command = ["openssl", "req", "-x509", *subject, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, capture_output=True, check=True)
    listening = "    listen 80;\n    listen [::]:80;\n"
    text = webservers.adapted("nginx/loa.conf", {f"{listening}    #listen": "    #listen"})
    text += webservers.adapted("nginx/loa-headers.conf", {"#add_header": "add_header"})
    # What a comment says begins with a space, what it keeps back does not, or is indented.
    text = re.sub(r"^( *)#(?=[a-z}]|    \S)", r"\1", text, flags=re.MULTILINE)
    assert text.count("listen 443") == text.count("listen 80;") == 1
    for old, new in {
        "listen 443": "listen 127.0.0.1:4430",
        "listen 80;": "listen 127.0.0.1:8000;",
        "    listen [::]:443 ssl http2;\n": "",
        "    listen [::]:80;\n": "",
        "/etc/letsencrypt/live/lamhai.example": str(tmp_path),
        "/var/log/nginx": str(tmp_path),
        "snippets/": f"{webservers.DEPLOY}/nginx/",
    }.items():
        assert old in text
        text = text.replace(old, new)
    nginx, *arguments = webservers.nginx_with(text, tmp_path)

    done = subprocess.run(
        [webservers.find(nginx) or nginx, "-t", *arguments], capture_output=True, text=True, check=False
    )

    assert "test is successful" in done.stderr, done.stderr


def test_hsts_and_https_wait_for_somebody_who_is_sure() -> None:
    for file in ("nginx/loa-headers.conf", "apache/loa.conf", "caddy/Caddyfile"):
        lines = [line.strip() for line in (webservers.DEPLOY / file).read_text("utf-8").splitlines()]
        assert [line[0] for line in lines if "max-age=63072000" in line] == ["#"], file
