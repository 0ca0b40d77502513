"""Compiled templates, remembered between builds: compiling takes as long as publishing an article."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import blake2b
from io import BytesIO
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from loa.fingerprint import BrokenSealError, sealed, unsealed


class CompiledTemplates(BytecodeCache):
    """Compiled templates in ``folder``, which may be deleted at any time.

    ``key`` changes with all but its source that decides what a template compiles to: Jinja, and our filters with
    what they know, since Jinja calls those while it compiles where all they are given is constant.
    """

    def __init__(self, folder: Path, key: str) -> None:
        self._folder = folder
        self._key = key

    def get_source_checksum(self, source: str) -> str:
        """The digest by which Jinja tells whether what is remembered is still true."""
        return blake2b(f"{self._key}\0{source}".encode(), digest_size=16).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill ``bucket`` with what is remembered, if it is whole: damaged code could end the process."""
        with suppress(OSError, BrokenSealError):
            bucket.load_bytecode(BytesIO(unsealed((self._folder / bucket.key).read_bytes())))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember what is in ``bucket``; that it cannot be is no reason to fail."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            temporary = self._folder / f"{bucket.key}.{os.getpid()}.tmp"
            temporary.write_bytes(sealed(bucket.bytecode_to_string()))
            temporary.replace(self._folder / bucket.key)
