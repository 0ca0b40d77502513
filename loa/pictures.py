"""Pictures: what a file is, and the sizes made of it. The only module that knows Pillow."""

from __future__ import annotations

import io
import os
from hashlib import blake2b
from pathlib import Path
from typing import Literal, NamedTuple

import PIL
from PIL import Image, ImageFile, ImageOps

WIDTHS = (480, 800, 1200)  # pixels
MAX_PIXELS = 50_000_000
_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = {"webp": 76, "jpeg": 80}
# Whatever could change the bytes made of the same picture.
_VERSION = f"{blake2b(Path(__file__).read_bytes()).hexdigest()} {PIL.__version__}"

Image.MAX_IMAGE_PIXELS = None  # the limit is checked here, before anything is decoded, in our own words
ImageFile.LOAD_TRUNCATED_IMAGES = False


class Size(NamedTuple):
    """Width and height in pixels, upright."""

    width: int
    height: int


class PictureError(Exception):
    """A file is no picture we can use; the message is for the editor."""


class PictureTooLargeError(PictureError):
    """A picture has more than ``MAX_PIXELS`` pixels."""

    def __init__(self, size: Size) -> None:
        super().__init__("quá lớn")
        self.size = size


def measure(path: Path) -> Size:
    """The upright size of the picture at ``path``, decoded once at low resolution to be sure that it is whole."""
    try:
        with Image.open(path, formats=_FORMATS) as image:
            # Before anything else is asked: Pillow decodes a whole PNG to look for its orientation.
            if image.width * image.height > MAX_PIXELS:
                raise PictureTooLargeError(Size(*image.size))
            size = _upright_size(image)
            image.draft("RGB", (max(1, size.width // 8), max(1, size.height // 8)))
            image.load()
            return size
    except PictureError:
        raise
    except PIL.UnidentifiedImageError:
        raise PictureError("không phải là JPEG, PNG hoặc WebP") from None
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        raise PictureError("tệp hỏng hoặc chưa chép đủ") from None


def _upright_size(image: Image.Image) -> Size:
    orientation = image.getexif().get(0x0112, 1)
    width, height = image.size
    return Size(height, width) if orientation in (5, 6, 7, 8) else Size(width, height)


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
        key = blake2b(f"{_VERSION} {digest} {size} {kind}".encode(), digest_size=16).hexdigest()
        remembered = self.folder / key[:2] / f"{key}.{kind}"
        try:
            return remembered.read_bytes()
        except OSError:
            pass
        data = _encode(source, size, kind)
        remembered.parent.mkdir(parents=True, exist_ok=True)
        temporary = remembered.with_suffix(f".{os.getpid()}.tmp")
        temporary.write_bytes(data)
        temporary.replace(remembered)
        return data


def _encode(source: Path, size: Size, kind: str) -> bytes:
    with Image.open(source, formats=_FORMATS) as opened:
        longest = max(size)
        opened.draft("RGB", (2 * longest, 2 * longest))
        upright = ImageOps.exif_transpose(opened)
        has_alpha = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
        image = upright.convert("RGBA" if has_alpha else "RGB")
    image = image.resize(size, Image.Resampling.LANCZOS)
    if has_alpha and kind == "jpeg":
        white = Image.new("RGB", size, "white")
        white.paste(image, mask=image.getchannel("A"))
        image = white
    buffer = io.BytesIO()
    if kind == "webp":
        image.save(buffer, "WEBP", quality=_QUALITY[kind], method=4)
    else:
        image.save(buffer, "JPEG", quality=_QUALITY[kind], optimize=True, progressive=True)
    return buffer.getvalue()
