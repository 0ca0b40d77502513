"""The preview server is private (it serves drafts), and follows what is edited."""

from __future__ import annotations

import gc
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import REPOSITORY, SiteTest, template
from lxml import html
from previewing import Previewed, previewing

from loa.ahead import Ahead
from loa.cli import main
from loa.pipeline import Options
from loa.preview import Built, answer


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Previewed, Path]]:
    site = SiteTest(tmp_path_factory.mktemp("preview") / "site")
    site.article("a", "SECRET bản nháp.", draft="true").article("b").page("c")
    site.write(".env", "SECRET").write("ngoai.html", "SECRET")
    with previewing(site.root) as preview:
        folder = site.root / ".cache/xem-truoc"
        # What somebody has put there by hand.
        (folder / ".git").mkdir()
        (folder / ".git/config").write_text("SECRET")
        (folder / ".htpasswd").write_text("SECRET")
        (folder / "tin/.hidden.html").write_text("SECRET")
        (folder / "thu-muc").mkdir()
        (folder / "thu-muc/x.html").write_text("<p>x</p>")
        (folder / "ra-ngoai.html").symlink_to(site.root / "ngoai.html")
        (folder / "ra-ngoai").symlink_to(site.root)
        (folder / "het.html").symlink_to(folder / "khong-co.html")
        (folder / ".well-known").mkdir(exist_ok=True)
        (folder / ".well-known/security.txt").write_text("Contact: mailto:a@thu.example\n")
        yield preview, site.root


def ask(port: int, request: str, address: str = "127.0.0.1") -> tuple[int, str]:
    """The status and everything of the answer to the bytes of a request; 0 where the connection is closed."""
    with socket.create_connection((address, port), timeout=10) as connection:
        connection.sendall(request.encode("latin-1"))
        connection.settimeout(20)
        data = b""
        try:
            while block := connection.recv(65536):
                data += block
                head, _, body = data.partition(b"\r\n\r\n")
                length = [h for h in head.split(b"\r\n") if h.lower().startswith(b"content-length:")]
                if length and len(body) >= int(length[0].split(b":")[1]):
                    break
                if b" 101 " in head.split(b"\r\n")[0]:
                    break
        except TimeoutError:
            pass
    text = data.decode("utf-8", "replace")
    return (int(text.split(" ")[1]), text) if text.startswith("HTTP/") else (0, text)


def get(path: str, *headers: str, method: str = "GET", host: str = "127.0.0.1:{port}") -> str:
    return "\r\n".join([f"{method} {path} HTTP/1.1", f"Host: {host}", *headers, "Connection: close", "", ""])


SOCKET = (
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: YWJjZGVmZ2hpamtsbW5vcA==",
)
GOOD = {
    "home": get("/"),
    "a page": get("/tin/b.html"),
    "a draft": get("/tin/a.html"),
    "by name": get("/tin/b.html", host="localhost:{port}"),
    "own origin": get("/", "Origin: http://127.0.0.1:{port}"),
    "own script": get("/livereload.js", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: no-cors"),
    "own style": get("/livereload.css", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: no-cors"),
    "a link from elsewhere": get("/tin/b.html", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"),
    "well-known": get("/.well-known/security.txt"),
    "with a question": get("/tin/b.html?a=1"),
    "head": get("/tin/b.html", method="HEAD"),
    "folder with an index": get("/chuyen-muc/tin/"),
}
EVIL = (
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1",
    "127.0.0.1:1",
    "127.0.0.1.evil.example:{port}",
    "0.0.0.0:{port}",
    "[::1]:{port}",
    "",
    "localhost",
    "localhost.:{port}",
    "127.0.0.1:{port}@evil.example",
    "LOCALHOST.evil:{port}",
)
FORBIDDEN = {
    **{f"host {host!r}": get("/tin/a.html", host=host) for host in EVIL},
    **{
        f"origin {origin!r}": get("/tin/a.html", f"Origin: {origin}")
        for origin in (
            "http://evil.example", "null", "https://127.0.0.1:{port}", "http://127.0.0.1", "http://127.0.0.1:1",
            "http://localhost.evil.example:{port}", "file://",
        )
    },
    "a picture elsewhere": get("/tin/a.html", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"),
    "a script elsewhere": get("/livereload.js", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"),
    "a request elsewhere": get("/tin/a.html", "Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors"),
    "socket without origin": get("/livereload", *SOCKET),
    "socket of another origin": get("/livereload", *SOCKET, "Origin: http://evil.example"),
    "socket of a null origin": get("/livereload", *SOCKET, "Origin: null"),
    "socket of another port": get("/livereload", *SOCKET, "Origin: http://127.0.0.1:1"),
    "socket of another host": get(
        "/livereload", *SOCKET, "Origin: http://127.0.0.1:{port}", host="evil.example:{port}"
    ),
    "no host at all": "GET /tin/a.html HTTP/1.0\r\n\r\n",
}  # fmt: skip
MISSING = {
    path: get(path)
    for path in (
        "/.env", "/.git/config", "/.htpasswd", "/tin/.hidden.html", "/%2e%67it/config", "/.%67it/config", "/.loa/x",
        "/../site.toml", "/%2e%2e/site.toml", "/..%2fsite.toml", "/%2e%2e%2fsite.toml",
        "/%252e%252e/site.toml", "/tin/../../../site.toml", "/tin/..%2f..%2f..%2fsite.toml", "/..\\site.toml",
        "/..%5csite.toml", "/....//site.toml", "//etc/passwd", "/%2fetc/passwd", "/etc/passwd",
        "/ra-ngoai.html", "/ra-ngoai/ngoai.html", "/ra-ngoai/site.toml", "/het.html", "/tin/", "/thu-muc/",
        "/thu-muc", "/tin/b.html/", "/tin/b.html%00.png", "/%00", "/tin/b.html%2f..%2fa",
        "/content/tin/a.md", "/.cache/entries", "/tin/c.html", "/forcereload", "/" + "a" * 3000,
    )
}  # fmt: skip
METHODS = ("POST", "PUT", "DELETE", "PATCH", "OPTIONS")


def test_the_probes_are_as_many_as_promised() -> None:
    assert len({*GOOD, *FORBIDDEN, *MISSING, *METHODS}) >= 60


@pytest.mark.proves("R14 probes")
@pytest.mark.parametrize("request_", GOOD.values(), ids=GOOD)
def test_its_own_user_is_answered(served: tuple[Previewed, Path], request_: str) -> None:
    status, text = ask(served[0].port, request_.replace("{port}", str(served[0].port)))

    assert status == 200
    for line in ("Cache-Control: no-store", "X-Content-Type-Options: nosniff", "X-Frame-Options: DENY"):
        assert line in text
    assert "Server:" not in text


@pytest.mark.proves("R14 probes")
@pytest.mark.parametrize("request_", FORBIDDEN.values(), ids=FORBIDDEN)
def test_whoever_was_sent_by_another_site_learns_nothing(served: tuple[Previewed, Path], request_: str) -> None:
    status, text = ask(served[0].port, request_.replace("{port}", str(served[0].port)))

    assert status in (0, 400, 403)
    assert "SECRET" not in text
    assert "Access-Control" not in text


@pytest.mark.proves("R14 probes")
@pytest.mark.parametrize("request_", MISSING.values(), ids=[path[:40] for path in MISSING])
def test_what_is_not_published_is_not_there(served: tuple[Previewed, Path], request_: str) -> None:
    status, text = ask(served[0].port, request_.replace("{port}", str(served[0].port)))

    assert status in (400, 403, 404), text[:300]
    assert "SECRET" not in text
    assert "base_url" not in text
    assert "root:" not in text


@pytest.mark.proves("R14 probes")
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", ["/", "/tin/b.html", "/livereload.js", "/livereload.css"])
def test_nothing_can_be_written(served: tuple[Previewed, Path], method: str, path: str) -> None:
    status, text = ask(served[0].port, get(path, method=method, host=f"127.0.0.1:{served[0].port}"))

    assert status == 405
    assert "Allow: GET, HEAD" in text


def test_pages_of_its_own_are_told_to_reload(served: tuple[Previewed, Path]) -> None:
    port = served[0].port
    status, _ = ask(port, get("/livereload", *SOCKET, f"Origin: http://127.0.0.1:{port}", host=f"127.0.0.1:{port}"))

    assert status == 101


def test_no_other_machine_reaches_it(served: tuple[Previewed, Path]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("this machine has no other address than the loopback")
        other = probe.getsockname()[0]
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((other, served[0].port), timeout=2)


def test_a_port_that_is_taken_is_named(site: SiteTest, capfd: pytest.CaptureFixture[str]) -> None:
    site.article("a")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--root", str(site.root), "--port", str(port)]) == 2

    assert f"Cổng {port} đang được chương trình khác dùng" in capfd.readouterr().err


# --- what it shows -----------------------------------------------------------------------


def fetch(preview: Previewed, path: str) -> str:
    with urllib.request.urlopen(preview.address + path, timeout=10) as answer:  # the loopback
        return str(answer.read(), "utf-8")


def test_a_preview_that_goes_on_all_day_keeps_nothing_of_its_builds(site: SiteTest) -> None:
    alive: list[int] = []

    class Editor:
        """Asks for a build after each of thirty edits, and looks at what is in memory then."""

        def recv(self) -> frozenset[Path]:
            alive.append(len(gc.get_objects()))
            if len(alive) > 30:
                raise EOFError
            site.article("a", f"Nội dung {len(alive)}.", tags="[đê kè]").page("gioi-thieu")
            return frozenset({site.root / "content/tin/a.md"})

        def send(self, said: Built | Ahead | tuple[str, int, int]) -> None:
            assert not isinstance(said, Built) or said.done

    options = Options(root=site.root, output=site.root / "xem", preview=True, workers=1)
    answer(Editor(), options)  # type: ignore[arg-type]  # receives and sends as a connection does

    # What a build makes is thousands of objects. The first ones fill caches.
    assert max(alive[10:]) - min(alive[5:10]) < 200


def test_the_page_of_an_edited_text_comes_before_the_build_unless_the_last_one_failed(site: SiteTest) -> None:
    edits = iter(("đầu", "thứ hai", "thứ ba, [hỏng](khong-co.md)", "thứ tư", "thứ năm"))
    said: list[object] = []

    class Editor:
        """Asks for a build after each edit."""

        def recv(self) -> frozenset[Path]:
            try:
                site.article("a", f"Câu {next(edits)}.")
            except StopIteration:
                raise EOFError from None
            return frozenset({site.root / "content/tin/a.md"})

        def send(self, now: Built | Ahead | tuple[str, int, int]) -> None:
            if isinstance(now, Ahead):
                said.append(re.search(r"Câu [^.<]*", now.page.decode())[0])  # type: ignore[index]  # it is there
            elif isinstance(now, Built):
                said.append(now.done)

    answer(Editor(), Options(root=site.root, output=site.root / "xem", preview=True, workers=1))  # type: ignore[arg-type]  # receives and sends as a connection does

    assert said == [True, "Câu thứ hai", True, "Câu thứ ba, hỏng", False, True, "Câu thứ năm", True]


def test_a_fault_met_ahead_of_a_build_is_left_to_the_build(site: SiteTest) -> None:
    site.article("a").write("templates/pages/article.html", template("<p>{{ article.title }}</p>"))
    with previewing(site.root) as preview:
        site.replace("content/tin/a.md", "Bài a", "Bài khác").write(
            "templates/pages/article.html", "{{ nam.y }}</body>"
        )
        preview.wait_for("templates/pages/article.html")

        assert "Bài a" in fetch(preview, "/tin/a.html")


@pytest.mark.parametrize("folder", ["tin", "anh"])
def test_a_file_whose_name_is_no_text_is_told_above_the_pages(site: SiteTest, folder: str) -> None:
    site.article("a").write("content/anh/x.txt", "")
    Path(os.fsdecode(os.fsencode(site.root / "content" / folder) + b"/b\xff.jpg")).write_bytes(b"")
    with previewing(site.root) as preview:
        status, text = ask(preview.port, get("/", host=f"127.0.0.1:{preview.port}"))

    assert status in (200, 404)
    assert f"content/{folder}/b\\udcff.jpg" in text


def test_a_preview_that_nobody_listens_to_any_more_ends(site: SiteTest) -> None:
    command = [sys.executable, str(REPOSITORY / "build.py"), "serve", "--root", str(site.article("a").root)]
    with subprocess.Popen(  # our own command
        [*command, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout
        assert process.stderr
        while "http" not in process.stdout.readline():
            pass
        process.stdout.close()
        site.article("a", "Lời khác.")

        assert process.wait(20) == 2
        assert "Traceback" not in process.stderr.read()


def test_many_changed_files_are_one_build(site: SiteTest) -> None:
    with previewing(site.article("a").root) as preview:
        for number in range(20):
            site.article(f"bai-{number}", title=f"Bài thứ {number}")
        _until(lambda: "Bài thứ 19" in fetch(preview, "/tin/bai-19.html"))

        assert "".join(preview.said).count("Đã dựng lại") <= 4


def test_the_published_site_is_left_alone_and_so_is_the_preview_by_a_build(site: SiteTest) -> None:
    site.article("a").article("nhap", draft="true").build()
    before = site.public
    with previewing(site.root) as preview:
        assert "Bản nháp: chưa được đăng" in fetch(preview, "/tin/nhap.html")
        site.build()
        assert "Bản nháp: chưa được đăng" in fetch(preview, "/tin/nhap.html")

    assert site.public == before


def test_a_site_in_a_folder_is_previewed_there(site: SiteTest) -> None:
    site.replace("site.toml", "https://thu.example", "https://thu.example/cong").article("a")
    with previewing(site.root) as preview:
        assert preview.address.endswith("/cong")
        assert '"/cong/tin/a.html"' in fetch(preview, "/")


def test_faults_at_the_start_are_shown_until_they_are_mended(site: SiteTest) -> None:
    site.article("a", views="nhiều")
    with previewing(site.root) as preview:
        page = _fetch_missing(preview, "/")
        assert "content/tin/a.md:5" in page
        assert "1 lỗi – trang chưa được cập nhật (chưa có bản nào để xem)" in page
        site.article("a", views="7")
        preview.wait_for("Đã dựng lại")
        assert "7 lượt xem" in fetch(preview, "/tin/a.html")


def test_warnings_are_told_from_faults_in_words(site: SiteTest) -> None:
    with previewing(site.article("a", views="nhiều").document("b", number="/UBND-TH").root) as preview:
        page = html.fromstring(_fetch_missing(preview, "/"))
        word = page.xpath("string(//summary)")
        assert word == "1 lỗi, 1 cảnh báo – trang chưa được cập nhật (chưa có bản nào để xem)"
        places = [place.text_content() for place in page.find_class("loa-preview__place")]
        assert places == ["content/tin/a.md:5 views", "content/van-ban/b.md:3 number (cảnh báo)"]


def _fetch_missing(preview: Previewed, path: str) -> str:
    status, text = ask(preview.port, get(path, host=f"127.0.0.1:{preview.port}"))
    assert status == 404
    return text


def test_a_template_that_is_wrong_is_named_above_the_last_good_page_until_it_is_mended(site: SiteTest) -> None:
    site.article("a")
    template = (REPOSITORY / "templates/pages/article.html").read_text(encoding="utf-8")
    with previewing(site.root) as preview:
        said = len(preview.said)
        site.write("templates/pages/article.html", f"{{% if %}}{template}")
        preview.wait_for(r"templates/pages/article\.html:1\n", said)
        page = fetch(preview, "/tin/a.html")
        assert "templates/pages/article.html:1" in page
        assert "1 lỗi – trang chưa được cập nhật (bấm để xem bản tốt gần nhất)" in page

        said = len(preview.said)
        site.write("templates/pages/article.html", template)
        preview.wait_for("Đã dựng lại", said)
        assert "chưa được cập nhật" not in fetch(preview, "/tin/a.html")


def test_a_draft_with_faults_says_at_its_address_why_it_is_not_shown_until_they_are_mended(site: SiteTest) -> None:
    site.article("a").article("nhap", "Câu một.\n\n![Thuyền](/anh/khong-co.jpg)\n", draft="true")
    site.article("nhap-khac", "[Bài](/tin/khong.html)", draft="true")
    with previewing(site.root) as preview:
        page = fetch(preview, "/tin/nhap.html")
        assert "Bản nháp này chưa hiện vì có 1 lỗi sau đây." in page
        assert re.search(r'<details class="loa-preview[^>]* open>', page)
        assert page.index("content/tin/nhap.md:10") < page.index("content/tin/nhap-khac.md:8")
        for other in ("/", "/tin/a.html"):
            page = fetch(preview, other)
            assert "2 bản nháp chưa hiện vì có lỗi · 2 cảnh báo" in page
            assert not re.search(r'<details class="loa-preview[^>]* open>', page)

        site.article("nhap", "Câu hai.", draft="true")
        # What is said of a build comes a moment after its pages.
        _until(lambda: "này chưa hiện" not in (page := fetch(preview, "/tin/nhap.html")) and "Câu hai." in page)

        site.article("nhap", "[Bài](/tin/khong.html)", draft="true")
        _until(lambda: "này chưa hiện" in fetch(preview, "/tin/nhap.html"))


def test_what_an_editor_types_into_a_fault_cannot_run(site: SiteTest) -> None:
    site.article("a").article("b", category="<script>alert(1)</script>")
    with previewing(site.root) as preview:
        page = _fetch_missing(preview, "/")
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_ctrl_c_ends_it_quietly(site: SiteTest) -> None:
    with previewing(site.article("a").root) as preview:
        assert preview.interrupt() == 0
        assert "Traceback" not in "".join(preview.said)


def test_a_second_start_finds_what_the_first_has_made(site: SiteTest) -> None:
    site.article("a").article("b")
    with previewing(site.root):
        pass
    (site.root / ".cache/xem-truoc/tin/a.html").write_text("hỏng")
    with previewing(site.root) as preview:
        assert "Nội dung bài viết" in fetch(preview, "/tin/a.html")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGKILL"])
def test_the_builder_ends_with_the_server_however_that_ends(site: SiteTest, name: str) -> None:
    with previewing(site.article("a").root) as preview:
        builder = preview.children()
        assert builder
        preview.signal(name)
        _until(lambda: not any(Path(f"/proc/{pid}/stat").exists() for pid in builder))


def test_content_that_another_folder_takes_the_place_of_is_followed(site: SiteTest) -> None:
    with previewing(site.article("a", "Bản một.").root) as preview:
        shutil.copytree(site.root / "content", site.root / "khac")
        shutil.move(site.root / "content", site.root / "cu")
        shutil.move(site.root / "khac", site.root / "content")
        site.article("a", "Bản hai.")
        _until(lambda: "Bản hai." in fetch(preview, "/tin/a.html"))


def _until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    """Return once it is so, which may need builds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(urllib.error.HTTPError):
            if is_so():
                return
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s")
