"""The Nu HTML checker over every page of a folder, as a server sends it: ``nu.py VNU_JAR FOLDER``.

Over HTTP, because in a file the ``'self'`` of a page's Content-Security-Policy means nothing.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools.serve import serving


def main(jar: str, folder: Path) -> int:
    """Print what the checker says; 0 when that is nothing."""
    pages = sorted(str(page.relative_to(folder)) for page in folder.rglob("*.html"))
    checker = ["java", "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", jar, "--Werror"]
    with serving(folder) as address:
        code = subprocess.run([*checker, *(f"{address}/{page}" for page in pages)], check=False).returncode
    code = code or subprocess.run([*checker, "--css", *map(str, folder.glob("css/*.css"))], check=False).returncode
    if code == 0:
        print(f"Nu HTML checker: {len(pages)} pages and the stylesheet, 0 errors, 0 warnings")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
