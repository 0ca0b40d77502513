"""Starts nginx, Caddy and Apache on the loopback with the configurations of deploy/, for the tests.

What is changed of these is what an administrator is told to change, and what a server that is no service lacks.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
PUBLIC = "/srv/loa/public"
_SYSTEM = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
# Debian's own; none of them is built in.
_APACHE_MODULES = (
    *("mpm_event", "authz_core", "mime", "dir", "filter", "setenvif"),
    *("allowmethods", "deflate", "headers", "rewrite"),
)


def find(program: str) -> str | None:
    """Where ``program`` is installed; servers lie where only administrators look."""
    return shutil.which(program, path=_SYSTEM)


def adapted(file: str, changes: dict[str, str]) -> str:
    """A file of deploy/ with ``changes`` made, each of which must find something to change."""
    text = (DEPLOY / file).read_text(encoding="utf-8")
    for old, new in changes.items():
        if old not in text:
            raise ValueError(f"{old!r} is not in deploy/{file}")
        text = text.replace(old, new)
    return text


def _nginx(site: Path, folder: Path, host: str, port: int) -> list[str]:
    snippets = DEPLOY / "nginx"
    changes = {
        PUBLIC: str(site),
        "listen 80;\n    listen [::]:80;\n    #listen 443": f"listen {host}:{port};\n    #listen 443",
        "include snippets/": f"include {snippets}/",
        "/var/log/nginx/loa.log": f"{folder}/access.log",
    }
    return nginx_with(adapted("nginx/loa.conf", changes), folder)


def nginx_with(sites: str, folder: Path) -> list[str]:
    """How nginx is started, as anybody, with the configuration ``sites`` and all its files in ``folder``."""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}daemon off;\nworker_processes 1;\npid {folder}/nginx.pid;\nevents {{}}\n"
        f"http {{\n{temporary}{sites}\n}}\n",
        encoding="utf-8",
    )
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]


def _caddy(site: Path, folder: Path, host: str, port: int) -> list[str]:
    changes = {
        PUBLIC: str(site),
        "\nlamhai.example {": f"\nhttp://{host}:{port} {{",
        "/var/log/caddy/loa.log": f"{folder}/access.log",
    }
    text = adapted("caddy/Caddyfile", changes)
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n}}\n{text}", encoding="utf-8")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


def _apache(site: Path, folder: Path, host: str, port: int) -> list[str]:
    changes = {
        PUBLIC: str(site),
        "<VirtualHost *:80>\n    ServerName lamhai.example\n    DocumentRoot": (
            f"<VirtualHost {host}:{port}>\n    ServerName lamhai.example\n    DocumentRoot"
        ),
        "/var/log/apache2/loa.log": f"{folder}/access.log",
    }
    modules = "".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in _APACHE_MODULES)
    user = "User nobody\nGroup nogroup\n" if os.geteuid() == 0 else ""
    (folder / "apache.conf").write_text(
        f"ServerRoot {folder}\nServerName lamhai.example\nListen {host}:{port}\nPidFile {folder}/apache.pid\n"
        f"DefaultRuntimeDir {folder}\nErrorLog {folder}/error.log\nMutex file:{folder}\n{modules}{user}"
        f"TypesConfig /dev/null\n{adapted('apache/loa.conf', changes)}",
        encoding="utf-8",
    )
    return ["apache2", "-f", str(folder / "apache.conf"), "-D", "FOREGROUND"]


_KINDS: dict[str, Callable[[Path, Path, str, int], list[str]]] = {
    "nginx": _nginx,
    "caddy": _caddy,
    "apache2": _apache,
}
NAMES = tuple(_KINDS)


def _own_address() -> tuple[str, int]:
    """An address of the loopback that is this process's alone, so that nobody takes the port that is free now."""
    number = os.getpid()
    host = f"127.{1 + number // 65536 % 250}.{number // 256 % 256}.{number % 256}"
    with socket.socket() as probe:
        probe.bind((host, 0))
        return host, probe.getsockname()[1]


@contextmanager
def running(name: str, site: Path, folder: Path) -> Iterator[str]:
    """The address (``http://127.…:PORT``) at which the server ``name`` serves ``site``; its files lie in ``folder``."""
    host, port = _own_address()
    program, *arguments = _KINDS[name](site, folder, host, port)
    # It ends with us, however we end.
    command = ["setpriv", "--pdeathsig", "TERM", find(program) or program, *arguments]
    environment = {"PATH": _SYSTEM, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "output.log").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
    try:
        deadline = time.monotonic() + 20
        while not _answers(host, port):
            if process.poll() is not None or time.monotonic() > deadline:
                said = "".join(file.read_text("utf-8", "replace") for file in sorted(folder.glob("*.log")))
                raise RuntimeError(f"{name} did not start:\n{said}")
            time.sleep(0.02)
        yield f"http://{host}:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _answers(host: str, port: int) -> bool:
    with closing(HTTPConnection(host, port, timeout=5)) as connection, suppress(OSError):
        connection.request("HEAD", "/")
        return connection.getresponse().status == 200
    return False
