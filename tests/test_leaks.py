"""Nothing of what is held back is anywhere before its second, and all of it is there from that second on.

Every held entry of a site has a word of its own in everything that an entry can say; all published bytes are searched
for all of these words at once, so that each build tells of each entry.
"""

from __future__ import annotations

import gzip
import os
import random
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from conftest import LONG, REPOSITORY, SITE_TOML, SiteTest, files_of
from PIL import Image

SECOND = timedelta(seconds=1)
EDGE = datetime(2026, 5, 20, 1, 30, tzinfo=UTC)
_WORD = re.compile(rb"zq\d+qz", re.IGNORECASE)
ENTRIES = 125 if LONG else 40
# Of sites: all offsets that there are, and zones that change theirs.
SITE_ZONES = ["Asia/Ho_Chi_Minh", "Pacific/Kiritimati", "Etc/GMT+12", "America/St_Johns", "Asia/Kathmandu", "UTC"]
SITE_ZONES += ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Chatham", "Africa/Casablanca"]
SITE_ZONES += ["Asia/Tehran"]


def words_in(files: dict[str, bytes]) -> set[str]:
    """Every word of a held entry that is in ``files`` or their names, compressed or not."""
    found: set[str] = set()
    for path, data in files.items():
        plain = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        found |= {word.decode().lower() for word in _WORD.findall(path.encode() + b"\n" + plain)}
    return found


def picture(number: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), (number % 256, 80, 80)).save(out, "JPEG")
    return out.getvalue()


def written(moment: datetime, zone: ZoneInfo, chance: random.Random) -> str:
    """``moment`` as front matter may have it: as clocks of the site show it, or of anywhere on the Earth."""
    if chance.random() < 0.3:
        local = moment.astimezone(zone)
        # Where clocks show a time twice, the site's own means the first.
        if local.fold == 0:
            return local.strftime("%Y-%m-%d %H:%M:%S")
    offset = timezone(timedelta(minutes=15 * chance.randint(-12 * 4, 14 * 4)))
    return moment.astimezone(offset).isoformat(sep=" ")


def held_entries(site: SiteTest, zone: str, count: int) -> dict[str, datetime | None]:
    """Write entries of every kind whose moments are two seconds around the edge, and drafts: word → moment."""
    chance = random.Random(zone)
    moments: dict[str, datetime | None] = {}
    for number in range(count):
        word = f"zq{number}qz"
        moment = EDGE + timedelta(seconds=chance.randint(-2, 2))
        at = written(moment, ZoneInfo(zone), chance)
        has_files = number % 4 == 0
        if has_files:
            site.write(f"content/anh/{word}.jpg", picture(number))
            site.write(f"content/tep/{word}.pdf", f"%PDF-1.4 {word}\n".encode())
        said = {"title": f"Tin {word}", "summary": f"Tóm tắt {word}", "aliases": f"[/cu/{word}.html]"}
        if has_files:
            said["image"] = f"{{file: /anh/{word}.jpg, alt: hình {word}, caption: chú {word}, credit: ảnh {word}}}"
            said["attachments"] = f"[{{file: /tep/{word}.pdf, label: tệp {word}}}]"
        body = f"Nội dung {word}, theo 25/KH-UBND.\n\n[liên kết](/tin/cu.html)\n\n## Mục {word}"
        named = {"author": f"Ông {word}", "tags": f"[thẻ {word}]", "source": f"Nguồn {word}"}
        kind = number % 6
        moments[word] = moment
        if kind == 0:
            site.article(f"2026/05/{word}", body, publish_at=f'"{at}"', **said, **named)
        elif kind == 1:
            # Held by its own day.
            site.article(f"2026/05/{word}", body, date=f'"{at}"', **said, **named)
        elif kind == 2:
            site.page(word, body, publish_at=f'"{at}"', **said)
        elif kind == 3:
            signed = {"issuer": f"Sở {word}", "field": f"Lĩnh vực {word}", "to": f"[nơi {word}]"}
            signed |= {"aliases": said["aliases"], "subject": f"về {word}", "number": f"{number}/UBND-TH"}
            site.document(f"2026/{word}", body, publish_at=f'"{at}"', **signed)
        elif kind == 4:
            # Of both, the later holds.
            soon = written(moment - timedelta(hours=1), ZoneInfo(zone), chance)
            fields = {"date": f'"{at}"', "publish_at": f'"{soon}"'}
            site.article(f"2026/05/{word}", body, **fields, **said, **named)
        else:
            moments[word] = None
            site.article(f"2026/05/{word}", body, draft="true", publish_at=f'"{at}"', **said, **named)
    return moments


def begun(root: Path, zone: str) -> SiteTest:
    """A site in ``zone`` with one article that is there already."""
    toml = f'timezone = "{zone}"\n{SITE_TOML.replace("page_size = 3", "page_size = 20")}'
    return SiteTest(root).write("site.toml", toml).article("cu", "Theo 25/KH-UBND ngày 14/01/2026.", date="2026-01-01")


@pytest.mark.slow
@pytest.mark.proves("R3 moments")
@pytest.mark.parametrize("zone", SITE_ZONES if LONG else SITE_ZONES[:2])
def test_what_is_held_is_nowhere_until_its_second_and_there_from_then_on(
    zone: str, tmp_path: Path, record_property: pytest.RecordProperty
) -> None:
    site = begun(tmp_path / "site", zone)
    moments = held_entries(site, zone, ENTRIES)
    shown = 0

    def due(now: datetime) -> set[str]:
        nonlocal shown
        shown += len(moments)
        return {word for word, moment in moments.items() if moment and moment <= now}

    # Forwards, a second at a time, each build upon the one before.
    for seconds in range(-3, 4):
        now = EDGE + seconds * SECOND
        site.build(now=now.astimezone(timezone(timedelta(hours=seconds))))
        assert site.report.done, site.problems
        assert words_in(site.public) == due(now), now
    # A clock that was put back takes nothing from readers; and gives nothing to those of another folder, whatever is
    # remembered by now.
    before = site.public
    for seconds in (1, -1, -3):
        now = EDGE + seconds * SECOND
        site.build(now=now)
        assert not site.report.done
        assert site.public == before
        output = tmp_path / f"other{seconds}"
        site.build(now=now, output=output)
        assert words_in(files_of(output)) == due(now), now
    # The release with all that belongs to it, what is hidden too.
    for seconds in (-1, 0):
        now = EDGE + seconds * SECOND
        site.build(now=now, release=tmp_path / "www")
        assert site.report.done, site.problems
        released = files_of((tmp_path / "www" / "current").resolve())
        assert words_in(released) == due(now), now

    record_property("times", shown)


@pytest.mark.proves("R3 moments")
@pytest.mark.parametrize(
    ("zone", "locale"),
    [
        ("America/New_York", "C"),
        ("Pacific/Kiritimati", "C.UTF-8"),
        ("UTC", "C"),
        ("Asia/Ho_Chi_Minh", "C.UTF-8"),
        ("XXX-7:59:59", "POSIX"),
        ("", ""),
    ][: None if LONG else 1],
)
def test_the_zone_and_the_locale_of_the_machine_hold_nothing_back_and_let_nothing_out(
    zone: str, locale: str, tmp_path: Path, record_property: pytest.RecordProperty
) -> None:
    site = begun(tmp_path / "site", "Asia/Ho_Chi_Minh")
    moments = held_entries(site, "Asia/Ho_Chi_Minh", 24)
    environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "LANG": locale}
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(site.root), "--now"]

    for seconds in (-1, 0, 1) if LONG else (-1, 0):
        now = EDGE + seconds * SECOND
        # As the site's clocks show it, which is what a moment without a zone means.
        told = now.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).strftime("%Y-%m-%dT%H:%M:%S")
        done = subprocess.run([*command, told], env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        due = {word for word, moment in moments.items() if moment and moment <= now}
        assert words_in(site.public) == due, now

    record_property("times", (3 if LONG else 2) * len(moments))


@pytest.mark.proves("R3 drafts")
@pytest.mark.parametrize(
    "value",
    [
        *("yes", "no", "Yes", "có", "không", "đúng", "nháp", "True", "TRUE", "False", "1", "0", "on", "off", "y", "n"),
        *("t", "tru", "true.", "true false", "[true]", "{a: true}", '"true "', "xong", "2026-05-20"),
        '"\\u0074rue\\u200b"',
    ],
)
def test_what_is_not_clearly_a_draft_or_none_is_refused(value: str, site: SiteTest) -> None:
    site.article("a").build()
    before = site.public

    site.article("b", "Chữ zq1qz.", draft=value).build()

    assert not site.report.done
    assert [problem.field for problem in site.report.problems] == ["draft"]
    assert site.report.problems[0].line == 5
    assert site.public == before
