"""Pictures: the sizes they are offered in, and the memory of those that were made."""

from __future__ import annotations

import os
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from loa.model import Size

WIDTHS = (480, 800, 1200)  # pixels


@cache
def _version() -> str:
    """Whatever could change the bytes made of the same picture."""
    import PIL  # noqa: PLC0415  # only sites with pictures need it

    code = b"".join(Path(__file__).with_name(name).read_bytes() for name in ("pictures.py", "raster.py"))
    return f"{blake2b(code).hexdigest()} {PIL.__version__}"


def widths_for(width: int) -> tuple[int, ...]:
    """The widths that a picture ``width`` pixels wide is offered in, narrow to wide; never enlarged."""
    widest = min(width, WIDTHS[-1])
    return (*(known for known in WIDTHS if known < widest), widest)


class Encoder:
    """Makes the sizes of pictures and remembers them in a folder, by the bytes of the source and the settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def encode(self, source: Path, digest: str, size: Size, kind: Literal["webp", "jpeg"]) -> bytes:
        """The picture at ``source`` (whose bytes have ``digest``), in ``size``, without metadata."""
        key = blake2b(f"{_version()} {digest} {size} {kind}".encode(), digest_size=16).hexdigest()
        remembered = self.folder / key[:2] / f"{key}.{kind}"
        try:
            return remembered.read_bytes()
        except OSError:
            pass
        from loa import raster  # noqa: PLC0415  # heavy, and most builds meet no new picture

        data = raster.encode(source, size, kind)
        remembered.parent.mkdir(parents=True, exist_ok=True)
        temporary = remembered.with_suffix(f".{os.getpid()}.tmp")
        temporary.write_bytes(data)
        temporary.replace(remembered)
        return data
