"""Writes ``docs/tra-cuu.md``: every command, field, setting and rule as the program itself knows them.

Run by ``make reference``; a test holds the file against what this makes, so that it cannot drift.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from loa import new_messages, site_toml
from loa.cli import COMMANDS, parser_of
from loa.content import SCHEMAS
from loa.fields import Field
from loa.proof_rules import RULES

FILE = Path(__file__).resolve().parent.parent / "docs/tra-cuu.md"
_KINDS = {"tin": "bài viết", "trang": "trang cố định", "van-ban": "văn bản"}
_HEAD = """\
# Tra cứu

Mọi lệnh, trường, mục cấu hình và quy tắc soát, đúng như phần mềm đang chạy. Tệp này do `make reference` viết ra
từ chính phần mềm, đừng sửa tay. Giải thích từng việc: [Hướng dẫn biên tập](huong-dan-bien-tap.md) và
[Hướng dẫn quản trị cổng](huong-dan-quan-tri.md).
"""


def reference() -> str:
    """The whole text."""
    parts = [_HEAD]
    for name, meant in COMMANDS.items():
        title = "python build.py" if name == "build" else f"python build.py {name}"
        parts.append(f"## Lệnh `{title}`\n\n{meant[0].upper()}{meant[1:]}.\n\n{_command(name)}")
    parts += (
        f"## Trường của {_KINDS[folder]}\n\n{_fields(schema, new_messages.about(folder))}"
        for folder, schema in SCHEMAS.items()
    )
    parts.append("## Mục của `site.toml`\n\n" + _settings())
    rows = (
        f"| `{name}` | {_cell(rule.about)} | {'có' if rule.is_mechanical else ''} |" for name, rule in RULES.items()
    )
    parts.append("## Quy tắc soát\n\n| Quy tắc | Tìm gì | `--fix` sửa được |\n|---|---|---|\n" + "\n".join(rows))
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _command(name: str) -> str:
    parser = parser_of(name)
    rows = [
        f"| {' hoặc '.join(f'`{word}`' for word in _words(action))} | {_cell((action.help or '').replace('%%', '%'))} |"
        for action in parser._actions  # noqa: SLF001  # argparse has no other way to list them
    ]
    table = "\n".join(["| Tùy chọn | Tác dụng |", "|---|---|", *rows])
    return f"{parser.description}\n\n{table}\n\n{(parser.epilog or '').strip()}"


def _words(action: argparse.Action) -> list[str]:
    shown = action.metavar if isinstance(action.metavar, str) else ""
    if action.choices and not shown:
        shown = "|".join(map(str, action.choices))
    return [f"{word} {shown}".strip() for word in action.option_strings] or [shown or action.dest]


def _fields(schema: dict[str, Field], about: dict[str, str]) -> str:
    rows = [
        f"| `{name}` | {_cell(about[name])} | `{name}: {_cell(field.example)}` | {'có' if field.required else ''} |"
        for name, field in schema.items()
    ]
    return "\n".join(["| Trường | Để làm gì | Ví dụ | Bắt buộc |", "|---|---|---|---|", *rows])


def _settings() -> str:
    tables = {"": site_toml._TEXTS, **site_toml._TABLES, **site_toml._ARRAYS}  # noqa: SLF001  # the reader's own list
    rows = [
        f"| {f'`[[{table}]]`' if table in site_toml._ARRAYS else f'`[{table}]`' if table else 'đầu tệp'} "  # noqa: SLF001  # as above
        f"| {', '.join(f'`{name}`' for name in names)} |"
        for table, names in tables.items()
    ]
    return "\n".join(["| Bảng | Các mục |", "|---|---|", *rows])


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    FILE.write_text(reference(), encoding="utf-8")
