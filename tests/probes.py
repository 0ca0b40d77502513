"""What every web server of deploy/ is asked, and what must be in its answer. The tests are in test_deploy.py."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

ARTICLE = "/tin/2025/07/van-hanh-chinh-quyen-dia-phuong-hai-cap.html"
PDF = "/tep/lich-tiep-cong-dan.pdf"
SECRET = b"so-bi-mat-0200"
LONG = f"/tin-cu/{'cong-bo-quyet-dinh-ve-viec-' * 12}ban-hanh.html"
# What Loa publishes for servers, by hand: old addresses and where they lead.
MOVED = {
    "/tin-tuc/bai-cu.html": ARTICLE,
    LONG: ARTICLE,
    # There is a redirect page of this name, too.
    "/mien-le-phi-truc-tuyen.html": "/tin/2024/01/38-thu-tuc-truc-tuyen-mien-le-phi.html",
    "/bo-phan-cu/": "https://khac.example/bo-phan/",
}
MAPS = {
    "nginx.txt": "".join(f"{old} {new};\n" for old, new in MOVED.items()),
    "apache.txt": "".join(f"{old} {new}\n" for old, new in MOVED.items()),
    "caddy.txt": "".join(f"redir {old} {new} permanent\n" for old, new in MOVED.items()),
}
# Files that nobody meant to publish.
LEAKS = (
    ".env", ".git/config", ".git/HEAD", ".htpasswd", ".public.loa/manifest", "tin/.an.html", "tin/.thu/trang.html",
    "build.py", "site.toml", "ci.yml", "ci.yaml", "content/bai.md", "BAI.MD", "kho.git/config", ".well-known/.an",
)  # fmt: skip

POLICY = (
    "default-src 'none'; script-src 'self'{}; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EVERYWHERE = {
    "Content-Security-Policy": POLICY.format(""),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FRESH, SHORT, FOR_EVER = "no-cache", "public, max-age=300", "public, max-age=31536000, immutable"
HTML = "text/html; charset=utf-8"
TYPES = {
    ".html": HTML,
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml; charset=utf-8",
    ".ico": "image/x-icon",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
BYTES = "application/octet-stream"


class Probe(NamedTuple):
    """A question and what must be in the answer; None: no such header."""

    path: str
    status: tuple[int, ...]
    headers: Mapping[str, str | None] = MappingProxyType({})
    method: str = "GET"
    asked: Mapping[str, str] = MappingProxyType({})


GZIP = {"accept_encoding": "gzip"}
PAGES = {
    "home": Probe("/", (200,), {"Content-Type": HTML, "Cache-Control": FRESH}),
    "home by its file": Probe("/index.html", (200,), {"Content-Type": HTML, "Cache-Control": FRESH}),
    "article": Probe(ARTICLE, (200,), {"Content-Type": HTML, "Cache-Control": FRESH}),
    "article with a question": Probe(f"{ARTICLE}?utm_source=x", (200,), {"Cache-Control": FRESH}),
    "category": Probe("/chuyen-muc/thong-bao/", (200,), {"Content-Type": HTML}),
    "security.txt": Probe("/.well-known/security.txt", (200,), {"Content-Type": TYPES[".txt"]}),
    "robots.txt": Probe("/robots.txt", (200,), {"Content-Type": TYPES[".txt"], "Cache-Control": FRESH}),
    "feed": Probe("/rss.xml", (200,), {"Content-Type": TYPES[".xml"], "Cache-Control": FRESH}),
    "feed of a category": Probe("/chuyen-muc/thong-bao/atom.xml", (200,), {"Content-Type": TYPES[".xml"]}),
    "feed by its suffix": Probe("/a.rss", (200,), {"Content-Type": "application/rss+xml; charset=utf-8"}),
    "web manifest": Probe("/site.webmanifest", (200,), {"Content-Type": TYPES[".webmanifest"]}),
    "PDF": Probe(PDF, (200,), {"Content-Type": "application/pdf", "Cache-Control": FRESH, "Accept-Ranges": "bytes"}),
    "a day in a name is no digest": Probe("/anh/hop-20260512-1.jpg", (200,), {"Cache-Control": FRESH}),
    "Vietnamese name": Probe(
        "/tep/S%E1%BB%91%20li%E1%BB%87u%20%E2%80%93%20qu%C3%BD%201.txt", (200,), {"Content-Type": TYPES[".txt"]}
    ),
    "Vietnamese name as bytes": Probe("/tep/Số%20liệu%20–%20quý%201.txt", (200, 400)),
    "two slashes": Probe("//rss.xml", (200, 301, 308)),
    "HEAD": Probe(ARTICLE, (200,), {"Content-Type": HTML, "Cache-Control": FRESH}, "HEAD"),
    "HEAD of what is not there": Probe("/khong-co.html", (404,), {"Content-Type": HTML}, "HEAD"),
}
MISSING = {
    name: Probe(path, (404,), {"Content-Type": HTML, "Cache-Control": SHORT})
    for name, path in {
        "page": "/khong/co/trang-nay.html",
        "page with a question": "/khong-co.html?a=/../b",
        "Vietnamese": "/tin/l%E1%BB%85-h%E1%BB%99i.html",
        "no UTF-8": "/tin/%ff%fe.html",
        "style sheet with a digest": "/css/loa.000000000000.css",
        "picture with a digest": "/anh/khong-co-01234567-800.webp",
        "look-up": "/tim-kiem/tra-cuu/1900-1.idx",
        "feed": "/khong-co/rss.xml",
        "folder without a page": "/tin/",
        "folder of pictures": "/anh/",
        "folder of styles": "/css/",
        "folder of the maps": "/chuyen-huong/",
        "the page that says so": "/404.html",
        "very long": f"/{'a' * 200}.html",
    }.items()
}
REDIRECTS = {
    **{old[:30]: Probe(old, (301,), {"Location": new, "Cache-Control": SHORT}) for old, new in MOVED.items()},
    "with a question": Probe("/tin-tuc/bai-cu.html?page=2", (301,), {"Location": ARTICLE}),
    "written with codes": Probe("/tin-tuc/b%61i-cu.html", (301,), {"Location": ARTICLE}),
    "HEAD": Probe("/tin-tuc/bai-cu.html", (301,), {"Location": ARTICLE}, "HEAD"),
    "POST": Probe("/tin-tuc/bai-cu.html", (405,), {"Location": None}, "POST", {"content_length": "0"}),
    "folder without its slash": Probe("/chuyen-muc", (301, 308), {"Location": "/chuyen-muc/"}),
}
METHODS = {
    method: Probe(path, (405,), {"Allow": "GET, HEAD", "Cache-Control": FRESH}, method, {"content_length": "0"})
    for method, path in {
        "POST": "/",
        "PUT": "/moi.html",
        "DELETE": ARTICLE,
        "PATCH": ARTICLE,
        "OPTIONS": "/",
        "PROPFIND": "/",
        "MKCOL": "/moi/",
        "BREW": "/",
    }.items()
} | {"TRACE": Probe("/", (405,), {}, "TRACE")}
COMPRESSED = {
    path: Probe(path, (200,), {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}, "GET", GZIP)
    for path in ("/", ARTICLE, "/rss.xml", "/sitemap.xml", "/mark.svg", "/van-ban/nam/2023/van-ban.csv")
}
AS_THEY_ARE = {
    path: Probe(path, (200,), {"Content-Encoding": None}, "GET", GZIP)
    for path in ("/icon-192.png", PDF, "/fonts/tinos-latin-400.woff2", "/tim-kiem/tra-cuu/trang.idx", "/share.jpg")
} | {"/rss.xml": Probe("/rss.xml", (200,), {"Content-Encoding": None})}
RANGES = {
    "first bytes": Probe(PDF, (206,), {"Content-Range": "bytes 0-99/"}, "GET", {"range": "bytes=0-99"}),
    "last bytes": Probe(PDF, (206,), {"Content-Length": "10"}, "GET", {"range": "bytes=-10"}),
    "beyond the end": Probe(PDF, (416,), {}, "GET", {"range": "bytes=99999999-"}),
}  # fmt: skip
TABLE = {
    f"{part}: {name}": probe
    for part, probes in {
        "page": PAGES,
        "missing": MISSING,
        "redirect": REDIRECTS,
        "method": METHODS,
        "gzip": COMPRESSED,
        "as it is": AS_THEY_ARE,
        "range": RANGES,
    }.items()
    for name, probe in probes.items()
}


OUTSIDE = (
    "/../secret.txt", "/../../secret.txt", "/../../../../../../etc/passwd", "/tin/../../secret.txt",
    "/%2e%2e/secret.txt", "/%2e%2e/%2e%2e/secret.txt", "/.%2e/secret.txt", "/%2e./secret.txt", "/%2E%2E/secret.txt",
    "/..%2fsecret.txt", "/..%2f..%2fsecret.txt", "/%2e%2e%2fsecret.txt", "/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/tin%2f..%2f..%2fsecret.txt", "/tin/..%2f..%2fsecret.txt", "/..%5csecret.txt", "/..\\secret.txt",
    "/..%5c..%5csecret.txt", "/tin\\..\\..\\secret.txt", "/%5c..%5csecret.txt", "/..%c0%afsecret.txt",
    "/..%e0%80%afsecret.txt", "/%c0%ae%c0%ae/secret.txt", "/%252e%252e/secret.txt", "/%252e%252e%252fsecret.txt",
    "/..%252fsecret.txt", "/%25252e%25252e/secret.txt", "/..;/secret.txt", "/tin;/../../secret.txt",
    "//../secret.txt", "/./../secret.txt", "/.../secret.txt", "/....//secret.txt", "/..%00/secret.txt",
    "/%00", "/index.html%00.txt", "/..%00.html", "/secret.txt%00.html", "/%2e%2e%00/secret.txt",
    "/etc/passwd", "//etc/passwd", "/file:///etc/passwd", "/~root/", "/cgi-bin/", "/server-status", "/server-info",
    "/%uff0e%uff0e/secret.txt", "/%", "/%2", "/%zz", "/tin/%0d%0aSet-Cookie:%20a=b", "/%0a", "/%7f",
    "/index.html/", "/index.html/../../secret.txt", "/index.html/x.php", "/tep/..%2f..%2f..%2fsecret.txt",
    "ADDRESS/../secret.txt", "ADDRESS/..%2fsecret.txt", "*", "/config", "/load", "/metrics", "/debug/pprof/",
)  # fmt: skip
HIDDEN = (
    *(f"/{path}" for path in LEAKS),
    "/.git", "/.git/", "/%2egit/config", "/.%67it/config", "/%2Eenv", "/.ENV", "/./.env", "//.env", "/tin/../.env",
    "/.git%2fconfig", "/build.p%79", "/build.PY", "/site.toml/", "/site.toml%00", "/site.tom%6c",
    "/content/bai.md?x=.html", "/content%2fbai.md", "/.well-known/../.env", "/.well-known/%2e%2e/.env",
    "/.well-known%2f..%2f.env", "/.well-known", "/.well-known-x/a", "/.htaccess", "/.cache/", "/.public.loa/",
    "/tin/.thu/", "/.%2fenv", "/.;/.env",
)  # fmt: skip
