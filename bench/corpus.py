"""Deterministic corpus of Vietnamese provincial news, in the form that Loa's editors write.

    python bench/corpus.py N OUT [--seed S]             N articles over twenty years
    python bench/corpus.py --publish K OUT [--seed S]   K more, newer than all others

An article is ``OUT/content/tin/YYYY/MM/slug.md``, of 3 to 7 KB.
``OUT/manifest.jsonl`` has a line for each, oldest first, so that a checker knows what there ought to be.

The same N and seed give the same bytes: ``random()`` is the only source, and the one method that Python promises
to keep. All times differ, and lie between 07:00 and 20:59 of +07:00, so that a generator that thinks in UTC
orders and dates the articles as one that does not.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
import tomllib
import unicodedata
from bisect import bisect
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, timezone
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple, TypedDict, TypeVar

T = TypeVar("T")

ZONE = timezone(timedelta(hours=7))
FIRST, LAST = date(2005, 1, 3), date(2025, 12, 30)
OPENS, CLOSES = 7 * 3600, 21 * 3600
# There have been no districts since this day.
TWO_TIERS = date(2025, 7, 1)
SMALLEST, LARGEST = 3_100, 7_000
UNIT = "Ban biên tập"


class Category(NamedTuple):
    """A category of the portal; ``weight`` is its share of the articles in percent."""

    slug: str
    name: str
    weight: int


CATEGORIES = (
    Category("tin-tuc-su-kien", "Tin tức – Sự kiện", 30),
    Category("thong-tin-chi-dao-dieu-hanh", "Thông tin chỉ đạo điều hành", 22),
    Category("kinh-te-xa-hoi", "Kinh tế – Xã hội", 14),
    Category("van-hoa-giao-duc-y-te", "Văn hóa – Giáo dục – Y tế", 10),
    Category("cai-cach-hanh-chinh", "Cải cách hành chính", 8),
    Category("quoc-phong-an-ninh", "Quốc phòng – An ninh", 6),
    Category("thong-bao-lich-cong-tac", "Thông báo – Lịch công tác", 6),
    Category("pho-bien-phap-luat", "Phổ biến pháp luật", 4),
)
# What a body is made of after its first paragraph, in percent.
BLOCKS = {"paragraph": 62, "numbers": 12, "bullets": 11, "section": 6, "quote": 5, "table": 4}


class Entry(TypedDict):
    """A line of the manifest; ``path`` is relative to ``OUT/content``."""

    slug: str
    path: str
    date: str
    category: str
    title: str
    author: str
    views: int


class Theme(NamedTuple):
    """What an article is about, who answers for it, and what is counted in it."""

    work: str
    agency: str
    counted: str
    tag: str


_TEXTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
THEMES = tuple(Theme(work, *rest) for work, rest in _TEXTS.pop("themes").items())
POOLS: dict[str, list[str]] = _TEXTS
TAGS = tuple(dict.fromkeys(theme.tag for theme in THEMES))

_BLOCK_NAMES, _BLOCK_SHARES = tuple(BLOCKS), tuple(accumulate(BLOCKS.values()))
_CATEGORY_SHARES = tuple(accumulate(category.weight for category in CATEGORIES))
# What a paragraph sets in bold, where it does: a date, a share or a sum.
_STRESSED = re.compile(r"\d+/\d+/\d{4}|\d+,\d%|\d+,\d tỷ đồng")


# --- text ----------------------------------------------------------------------------


class Writer:
    """Writes one article. As a mapping, it gives a fitting word for each name in the braces of a text."""

    def __init__(self, seed: str, when: datetime) -> None:
        self.random = random.Random(seed).random  # noqa: S311  # has to be foreseeable
        self.when = when
        self.theme = self.pick(THEMES)
        self.district = self.pick(POOLS["district" if when.date() < TWO_TIERS else "commune"])
        self.commune = self.pick(POOLS["commune"])
        self._unsaid: list[str] = []

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self.random() * (most - least + 1))

    def pick(self, choices: Sequence[T]) -> T:
        """One of ``choices``."""
        return choices[int(self.random() * len(choices))]

    def __getitem__(self, name: str) -> str:
        made: str | None = getattr(self, f"_{name}", lambda: None)()
        return self.text(name) if made is None else made

    def text(self, pool: str) -> str:
        """One of the texts of a pool, filled in."""
        return self.fill(self.pick(POOLS[pool]))

    def fill(self, text: str) -> str:
        """``text`` with its braces filled in."""
        return text.format_map(self) if "{" in text else text

    def _work(self) -> str:
        return self.theme.work

    def _agency(self) -> str:
        return self.theme.agency

    def _counted(self) -> str:
        return self.theme.counted

    def _other(self) -> str:
        return self.pick(THEMES).agency

    def _district(self) -> str:
        """Most often the place that the article is about."""
        if self.random() < 0.7 or self.when.date() >= TWO_TIERS:
            return self.district
        return self.pick(POOLS["district"])

    def _commune(self) -> str:
        return self.commune if self.random() < 0.5 else self.pick(POOLS["commune"])

    def _villager(self) -> str:
        name = self.pick(POOLS["name"])
        return f"{'bà' if ' Thị ' in name else 'ông'} {name}"

    def _leader(self) -> str:
        return f"{self._villager()}, {self.pick(POOLS['role'])}"

    def _document(self) -> str:
        return f"{self.text('symbol')} ngày {self._day()}"

    def _day(self) -> str:
        """A day of the last weeks, padded as official texts pad it: days below 10, of the months only 1 and 2."""
        day = self.when - timedelta(days=self.between(0, 45))
        return f"{day.day:02}/{day.month:0{2 if day.month < 3 else 1}}/{day.year}"

    def _year(self) -> str:
        return str(self.when.year)

    def _few(self) -> str:
        return str(self.between(3, 29))

    def _hundreds(self) -> str:
        return str(self.between(30, 980))

    def _thousands(self) -> str:
        return str(self.between(1000, 9800))

    def _number(self) -> str:
        return f"{self.between(120, 48_000):,}".replace(",", ".")

    def _percent(self) -> str:
        return f"{self.between(41, 99)},{self.between(1, 9)}%"

    def _money(self) -> str:
        return f"{self.between(2, 240)},{self.between(1, 9)} tỷ đồng"

    # --- blocks of a body ---

    def sentence(self) -> str:
        """One sentence, none twice before all have been said."""
        if not self._unsaid:
            # Sorted by chance: shuffle() may draw otherwise in another Python.
            self._unsaid = sorted(POOLS["sentence"], key=lambda _: self.random())
        said = capital(self.fill(self._unsaid.pop()))
        # Official sentences are long.
        return f"{said[:-1]}, {self.text('clause')}." if self.random() < 0.4 else said

    def paragraph(self, first: str = "") -> str:
        """Two to five sentences; now and then one holds something bold, an aside or a link."""
        sentences = [first] if first else []
        count = self.between(2, 5)
        sentences += [self.sentence() for _ in range(count - len(sentences))]
        chance = self.random()
        if chance < 0.07:
            sentences.append(self.text("link"))
        elif chance < 0.095:
            sentences.append(self.text("aside"))
        text = " ".join(sentences)
        return _STRESSED.sub(r"**\g<0>**", text, count=1) if 0.095 <= chance < 0.32 else text

    def list_of(self, marks: Iterable[str]) -> str:
        """A list after the line that introduces it."""
        items = [f"{mark} {capital(self.text('item'))}" for mark in marks]
        return self.text("lead_in") + "\n\n" + "\n".join(items)

    def table(self) -> str:
        """A small table of places after the line that introduces it."""
        rows = ["| STT | Địa bàn | Giao | Đạt | Tỷ lệ |", "|---:|---|---:|---:|---:|"]
        for number in range(1, self.between(3, 6) + 1):
            given = self.between(150, 950)
            reached = self.between(given // 2, given)
            place = capital(self.pick(POOLS["commune"]))
            rows.append(f"| {number} | {place} | {given} | {reached} | {100 * reached // given}% |")
        return self.text("table") + "\n\n" + "\n".join(rows)

    def block(self) -> str:
        """Any part of a body, as often as BLOCKS says."""
        match _BLOCK_NAMES[bisect(_BLOCK_SHARES, self.random() * _BLOCK_SHARES[-1])]:
            case "numbers":
                return self.list_of([f"{number}." for number in range(1, self.between(3, 6) + 1)])
            case "bullets":
                return self.list_of(["-"] * self.between(3, 6))
            case "section":
                return f"## {self.text('heading')}\n\n{self.paragraph()}"
            case "quote":
                return f"> “{self.text('quote')}”\n>\n> – {capital(self._leader())}"
            case "table":
                return self.table()
            case _:
                return self.paragraph()

    def body(self, room: int) -> str:
        """A body of at most ``room`` bytes."""
        target = self.between(SMALLEST, LARGEST - 350)
        last = f"*Nguồn: {self.pick(POOLS['source'])}*\n"
        blocks = [self.paragraph(capital(self.text("opening")))]
        size = LARGEST - room + len(blocks[0].encode()) + 2 + len(last.encode())
        while size < target:
            block = self.block()
            size += len(block.encode()) + 2
            if size > LARGEST:
                break
            blocks.append(block)
        return "\n\n".join([*blocks, last])


def capital(text: str) -> str:
    """``text`` with a capital first letter."""
    return text[:1].upper() + text[1:]


def slugify(text: str) -> str:
    """``text`` as part of an address: ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


# --- articles --------------------------------------------------------------------------


def moments(count: int, seed: int) -> list[datetime]:
    """``count`` different moments in order: more in later years, few at weekends and around Tết."""
    draw = random.Random(f"moments {seed}").random  # noqa: S311  # has to be foreseeable
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    shares = list(
        accumulate(
            (4 + day.year - FIRST.year) * (0.3 if day.weekday() > 4 else 1) * (0.5 if day.month == 2 else 1)
            for day in days
        )
    )
    drawn: set[tuple[int, int]] = set()
    while len(drawn) < count:
        drawn.add((bisect(shares, draw() * shares[-1]), OPENS + int(draw() * (CLOSES - OPENS))))
    return [_moment(days[day], second) for day, second in sorted(drawn)]


def _moment(day: date, second: int) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZONE) + timedelta(seconds=second)


def article(seed: str, when: datetime, taken: set[str], category: Category | None = None) -> tuple[Entry, str]:
    """An article and its line of the manifest; ``taken`` are the slugs in use, and gets one more."""
    writer = Writer(seed, when)
    title = capital(writer.text("title"))
    stem = slug = slugify(title)[:100].strip("-")
    number = 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    taken.add(slug)
    category = category or CATEGORIES[bisect(_CATEGORY_SHARES, writer.random() * _CATEGORY_SHARES[-1])]
    author = UNIT if writer.random() < 0.25 else writer.pick(POOLS["name"])
    tags = dict.fromkeys([writer.theme.tag, *(writer.pick(TAGS) for _ in range(2))])
    entry = Entry(
        slug=slug,
        path=f"tin/{when:%Y/%m}/{slug}.md",
        date=when.isoformat(),
        category=category.name,
        title=title,
        author=author,
        # Few are read much, and old ones have had the time.
        views=int((LAST.year + 2 - when.year) * 20 / (1.001 - writer.random())),
    )
    head = (
        "---\n"
        f'title: "{title}"\n'
        f"date: {entry['date']}\n"
        f"views: {entry['views']}\n"
        f'author: "{author}"\n'
        f'category: "{category.name}"\n'
        f"tags: [{', '.join(list(tags)[: writer.between(0, 3)])}]\n"
        f'summary: "{capital(writer.text("summary"))}"\n'
        "---\n\n"
    )
    return entry, head + writer.body(LARGEST - len(head.encode()))


def generate(n: int, out: Path | str, seed: int = 1) -> None:
    """Write ``n`` articles and their manifest into the folder ``out``."""
    taken: set[str] = set()
    _write(
        Path(out),
        (article(f"{seed} {number}", when, taken) for number, when in enumerate(moments(n, seed))),
        mode="w",
    )


def publish(k: int, out: Path | str, seed: int = 1) -> None:
    """Add ``k`` articles newer than all others, in the largest category, where the lists are longest."""
    manifest = (Path(out) / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    taken = {json.loads(line)["slug"] for line in manifest}
    newest = datetime.fromisoformat(json.loads(manifest[-1])["date"])
    start = _moment(newest.date() + timedelta(days=1), OPENS)
    whens = [start + timedelta(days=number // 840, minutes=number % 840) for number in range(k)]
    _write(
        Path(out),
        (article(f"{seed} new {when.isoformat()}", when, taken, CATEGORIES[0]) for when in whens),
        mode="a",
    )


def _write(out: Path, articles: Iterable[tuple[Entry, str]], mode: str) -> None:
    made: set[Path] = set()
    out.mkdir(parents=True, exist_ok=True)
    with (out / "manifest.jsonl").open(mode, encoding="utf-8", newline="\n") as manifest:
        for entry, text in articles:
            path = out / "content" / entry["path"]
            if path.parent not in made:
                path.parent.mkdir(parents=True, exist_ok=True)
                made.add(path.parent)
            path.write_bytes(text.encode())
            manifest.write(json.dumps(entry, ensure_ascii=False) + "\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="A deterministic corpus of news articles.")
    parser.add_argument("n", type=int, nargs="?", metavar="N", help="how many articles to write")
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder to write into")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--publish", type=int, metavar="K", help="add K articles newer than all others instead")
    options = parser.parse_args()
    if (options.n is None) == (options.publish is None):
        parser.error("give either N or --publish K")
    started = time.perf_counter()
    if options.publish is None:
        generate(options.n, options.out, options.seed)
    else:
        publish(options.publish, options.out, options.seed)
    print(f"{options.n or options.publish} articles in {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
