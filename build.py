"""Publishes the site: ``python build.py``. All the work is in ``loa``."""

import sys

from loa.cli import main

if __name__ == "__main__":
    sys.exit(main())
