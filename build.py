"""Publishes the site: ``python build.py``. All the work is in ``loa``.

What stands here is what must be said where ``loa`` cannot be loaded, in words that an old Python knows, too.
"""

import os
import shlex
import sys
from importlib.util import find_spec
from pathlib import Path

OLDEST = (3, 11)
# The packages that ``loa`` imports.
NEEDED = (
    "PIL",
    "crawleruseragents",
    "feedgen",
    "filelock",
    "frontmatter",
    "jinja2",
    "livereload",
    "markdown",
    "markupsafe",
    "msgspec",
    "nh3",
    "tornado",
    "watchfiles",
    "yaml",
)
HERE = Path(__file__).resolve().parent
WRONG = 2


def obstacle() -> str:
    """Why this Python cannot run Loa and what to do about it, in a line for editors; empty where it can."""
    if sys.version_info[:2] < OLDEST:
        oldest, running = ("{}.{}".format(*version) for version in (OLDEST, sys.version_info))
        return f"Loa cần Python {oldest} trở lên; lệnh này đang chạy bằng Python {running}. {_advice()}"
    # Looked for before any is loaded: what goes wrong while ours are loaded is no fault of the machine.
    missing = [name for name in NEEDED if find_spec(name) is None]
    if not missing:
        return ""
    few = ", ".join([*missing[:2], "…"] if len(missing) > 2 else missing)
    return f"Python này thiếu gói mà Loa cần ({few}). {_advice()}"


def _advice() -> str:
    """What to type to have a Python that can run Loa."""
    folder = Path() if Path.cwd() == HERE else HERE  # as it is typed from here
    is_windows = os.name == "nt"
    programs = "Scripts" if is_windows else "bin"
    is_made = (HERE / ".venv" / programs).is_dir()
    activate = folder / ".venv" / programs / "activate"
    enter = str(activate) if is_windows else f". {shlex.quote(str(activate))}"
    if is_made and Path(sys.prefix).resolve() != (HERE / ".venv").resolve():
        return f"Gõ: {enter}, rồi chạy lại lệnh."
    if is_windows:
        make = "py -m venv .venv && .venv\\Scripts\\pip install -r requirements.txt"
    elif is_made:
        # ``make`` sees that it is there, not that it is not whole.
        make = "sh tools/venv.sh .venv requirements.txt"
    else:
        make = "make site"
    there = "" if folder == Path() else f"cd {shlex.quote(str(folder))} && "
    return f"Gõ: {there}{make}, rồi gõ: {enter}, rồi chạy lại lệnh."


def main() -> int:
    """Run the command line; the exit code."""
    found = obstacle()
    if found:
        sys.stderr.write(found + "\n")
        return WRONG
    from loa.cli import main as run  # noqa: PLC0415  # only now is it known that it can be loaded

    return run()


if __name__ == "__main__":
    try:
        code = main()
    except KeyboardInterrupt:
        # While ``loa`` was loaded; later it says more about it.
        sys.stderr.write("\nĐã dừng.\n")
        code = WRONG
    sys.stdout.flush()
    sys.stderr.flush()
    # All is written and closed; taking a large site apart in memory would take longer than publishing an article.
    os._exit(code)
