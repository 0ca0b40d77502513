"""Picture files: what they are, and other sizes of them. The only module that knows Pillow.

Heavy to load; most builds meet no new picture.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from loa.errors import PictureDamagedError, PictureError, PictureTooLargeError
from loa.model import MAX_PIXELS, Size

_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = {"webp": 76, "jpeg": 80}

Image.MAX_IMAGE_PIXELS = None  # the limit is checked here, before anything is decoded, in our own words
ImageFile.LOAD_TRUNCATED_IMAGES = False


def measure(path: Path) -> Size:
    """The upright size of the picture at ``path``, decoded once at low resolution to be sure that it is whole.

    Raises ``PictureError``.
    """
    try:
        with Image.open(path, formats=_FORMATS) as image:
            # Before anything else is asked: Pillow decodes a whole PNG to look for its orientation.
            if image.width * image.height > MAX_PIXELS:
                raise PictureTooLargeError(image.width, image.height)
            size = _upright_size(image)
            image.draft("RGB", (max(1, size.width // 8), max(1, size.height // 8)))
            image.load()
            return size
    except PictureError:
        raise
    except UnidentifiedImageError:
        raise PictureError("không phải là JPEG, PNG hoặc WebP") from None
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        raise PictureDamagedError from None


def _upright_size(image: Image.Image) -> Size:
    orientation = image.getexif().get(0x0112, 1)
    width, height = image.size
    return Size(height, width) if orientation in (5, 6, 7, 8) else Size(width, height)


def encode(source: Path, size: Size, kind: str) -> bytes:
    """The picture at ``source`` in ``size``, as ``kind`` (webp, jpeg), without metadata."""
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
