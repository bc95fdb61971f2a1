"""What the child does with a file: looks for what must not be in it, and makes pages of a photo. No Django in here."""

from __future__ import annotations

import io
import struct
from typing import Any

import pikepdf
import pillow_heif
from PIL import Image, UnidentifiedImageError

from documents.pdf_contents import Bomb, is_active, is_cut_off
from documents.polyglots import is_two_things

PIXELS = 50_000_000
LONGEST_SIDE = 3508  # pixels: A4 at 300 dots an inch
DOTS_PER_INCH = 300
QUALITY = 85
PAGES = 500
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
FORMATS = {"jpeg": ("JPEG", "MPO"), "png": ("PNG",), "heic": ("HEIF",)}

Image.MAX_IMAGE_PIXELS = PIXELS  # Pillow warns above it; `_pages_of` refuses
Answer = tuple[dict[str, Any], bytes]


def examined(kind: str, data: bytes) -> Answer:
    """{"refused": a DocumentFile.Refusal} or {"pages": count}, and the PDF made of a photo."""
    try:
        return _pdf(data) if kind == "pdf" else _photo(kind, data)
    except (MemoryError, Bomb):
        return _refused("long")


def _refused(why: str) -> Answer:
    return {"refused": why}, b""


def _pdf(data: bytes) -> Answer:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pages = len(pdf.pages)
            if not pages or is_cut_off(data):
                return _refused("damaged")
            if pages > PAGES:
                return _refused("long")
            if is_active(pdf) or is_two_things("pdf", data):
                return _refused("active")
    except pikepdf.PasswordError:
        return _refused("password")
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError):
        return _refused("damaged")
    return {"pages": pages}, b""


def _photo(kind: str, data: bytes) -> Answer:
    if is_two_things(kind, data):
        return _refused("active")
    if kind == "heic":
        pillow_heif.options.DECODE_THREADS = 1
        pillow_heif.options.THUMBNAILS = False
        pillow_heif.register_heif_opener()
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS[kind]) as photo:
            if photo.width * photo.height > PIXELS:
                return _refused("long")
            return {"pages": 1}, _page(photo)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return _refused("long")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError):
        return _refused("damaged")


def _page(photo: Image.Image) -> bytes:
    """Upright, no larger than print needs, and nothing of the file but its picture: no place, no camera, no time."""
    if photo.format in FORMATS["jpeg"]:
        photo.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # decodes at a fraction of the size where that is enough
    turn = _turn(photo)
    photo.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    picture = _on_white(photo)
    upright = picture if turn is None else picture.transpose(turn)
    plain = Image.frombytes("RGB", upright.size, upright.tobytes())
    made = io.BytesIO()
    plain.save(made, "PDF", resolution=DOTS_PER_INCH, quality=QUALITY)
    return made.getvalue()


def _turn(photo: Image.Image) -> Image.Transpose | None:
    """By the one number that says so. What else a camera wrote may be as odd as it likes; the picture counts."""
    try:
        number = photo.getexif().get(ORIENTATION)
    except (ValueError, TypeError, KeyError, IndexError, OSError, SyntaxError, OverflowError, struct.error):
        return None
    return TURNS.get(number) if isinstance(number, int) else None


def _on_white(photo: Image.Image) -> Image.Image:
    if photo.mode in ("RGBA", "LA", "PA") or "transparency" in photo.info:
        clear = photo.convert("RGBA")
        paper = Image.new("RGB", clear.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    if photo.mode.startswith("I;16") or photo.mode == "I":
        return photo.point(lambda value: value / 256).convert("RGB")
    return photo.convert("RGB")
