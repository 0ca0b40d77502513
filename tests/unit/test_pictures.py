"""What a picture file is, and the sizes made of it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from golden.mistakes import bomb, picture
from PIL import Image

from loa.errors import PictureError, PictureTooLargeError
from loa.model import MAX_PIXELS, Size
from loa.pictures import WIDTHS, Encoder, widths_for
from loa.raster import measure


def put(folder: Path, data: bytes, name: str = "x.jpg") -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def turned(orientation: int, size: tuple[int, int] = (60, 40)) -> bytes:
    """A picture that a camera has marked as turned, with a place in its metadata."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera of a citizen"
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, "JPEG", exif=exif)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_three_formats_are_measured_whatever_the_name_says(kind: str, tmp_path: Path) -> None:
    assert measure(put(tmp_path, picture(kind, (60, 40)), "x.png")) == Size(60, 40)


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (60, 40)), (3, (60, 40)), (5, (40, 60)), (6, (40, 60)), (8, (40, 60))]
)
def test_a_turned_picture_is_measured_upright(orientation: int, size: tuple[int, int], tmp_path: Path) -> None:
    assert measure(put(tmp_path, turned(orientation))) == size


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html><script>x</script></html>",
        b"%PDF-1.4",
        picture("GIF"),
        picture("BMP"),
        picture("TIFF"),
        picture("JPEG", (400, 300))[:900],
        picture("PNG", (400, 300))[:-60],
        picture("WEBP", (400, 300))[:-20],
    ],
)
def test_what_is_no_whole_picture_of_the_three_formats_is_refused(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(PictureError) as caught:
        measure(put(tmp_path, data))
    assert not isinstance(caught.value, PictureTooLargeError)


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (MAX_PIXELS + 1, 1), (10_000, 5_001)])
def test_a_bomb_is_refused_by_its_size_before_it_is_decoded(width: int, height: int, tmp_path: Path) -> None:
    with pytest.raises(PictureTooLargeError) as caught:
        measure(put(tmp_path, bomb(width, height)))
    assert (caught.value.width, caught.value.height) == (width, height)


@pytest.mark.parametrize(
    ("width", "widths"),
    [(1, (1,)), (480, (480,)), (481, (480, 481)), (800, (480, 800)), (1000, (480, 800, 1000)), (4000, WIDTHS)],
)
def test_a_picture_is_offered_in_up_to_three_widths_and_never_enlarged(width: int, widths: tuple[int, ...]) -> None:
    assert widths_for(width) == widths


@pytest.mark.parametrize("kind", ["webp", "jpeg"])
def test_a_size_has_the_asked_format_and_pixels_and_no_metadata(kind: str, tmp_path: Path) -> None:
    data = Encoder(tmp_path / "cache").encode(put(tmp_path, turned(6, (600, 400))), "d", Size(200, 300), kind)

    made = opened(data)
    assert (made.format, made.size) == (kind.upper(), (200, 300))
    assert not made.getexif()
    assert b"citizen" not in data


def test_transparency_becomes_white_where_the_format_has_none(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    source = put(tmp_path, out.getvalue())
    encoder = Encoder(tmp_path / "cache")

    assert opened(encoder.encode(source, "d", Size(10, 10), "jpeg")).getpixel((5, 5)) == (255, 255, 255)
    assert opened(encoder.encode(source, "d", Size(10, 10), "webp")).mode == "RGBA"


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "CMYK", "I;16"])
def test_pictures_of_any_colours_can_be_encoded(mode: str, tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new(mode, (20, 20)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    source = put(tmp_path, out.getvalue())

    assert measure(source) == (20, 20)
    for kind in ("webp", "jpeg"):
        assert opened(Encoder(tmp_path / "cache").encode(source, mode, Size(10, 10), kind)).size == (10, 10)


def test_a_size_is_remembered_by_the_bytes_of_its_source(tmp_path: Path) -> None:
    source = put(tmp_path, picture("JPEG", (60, 40)))
    encoder = Encoder(tmp_path / "cache")
    first = encoder.encode(source, "one", Size(30, 20), "webp")

    put(tmp_path, picture("PNG", (60, 40)))
    source.write_bytes(b"no picture any more")

    assert encoder.encode(source, "one", Size(30, 20), "webp") == first
    with pytest.raises(OSError, match="cannot identify"):
        encoder.encode(source, "two", Size(30, 20), "webp")
    assert not list((tmp_path / "cache").rglob("*.tmp"))


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    source = put(tmp_path, picture("JPEG", (600, 400)))
    made = [Encoder(tmp_path / name).encode(source, "d", Size(300, 200), "webp") for name in ("a", "b")]
    assert made[0] == made[1]
