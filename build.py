"""Publishes the site: ``python build.py``. All the work is in ``loa``."""

import os
import sys

from loa.cli import main

if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # All is written and closed; taking a large site apart in memory would take longer than publishing an article.
    os._exit(code)
