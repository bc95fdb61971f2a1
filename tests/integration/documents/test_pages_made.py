"""What is made of photos: upright pages that know nothing of where and when."""

import base64
import io

import pikepdf
import pytest
from PIL import Image

from documents import storage
from documents.models import DocumentFile
from tests.factories import hostile_files as files
from tests.integration.documents.sending import checked, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scanner")]


def plain(file, name):
    return b"".join(storage.read(name, base64.b64decode(file.key)))


def page_of(file):
    """The one picture on the one page."""
    with pikepdf.open(io.BytesIO(plain(file, file.pdf))) as pdf:
        (page,) = pdf.pages
        (image,) = page.get_images().values()
        return pikepdf.PdfImage(image).as_pil_image().convert("RGB")


def photo_with_secrets():
    exif = Image.Exif()
    exif[0x010F] = "SECRET-CAMERA"
    exif.get_ifd(0x8825)[1] = "SECRET-PLACE"
    return files.picture(exif=exif, comment=b"SECRET-COMMENT")


def test_nothing_of_a_photo_but_its_picture():
    data = photo_with_secrets()
    assert data.count(b"SECRET") == 3
    file = checked(send(data, "a.jpg"))
    assert b"SECRET" not in plain(file, file.pdf)
    assert file.pages == 1


def test_the_original_is_kept_as_it_came():
    data = photo_with_secrets()
    file = checked(send(data, "a.jpg"))
    assert plain(file, file.original) == data


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_upright_as_the_phone_was_held(form):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    lying = Image.new("RGB", (400, 200), "white")
    lying.paste("black", (0, 0, 40, 200))  # its left edge, which is up
    made = io.BytesIO()
    lying.save(made, form, exif=exif)
    page = page_of(checked(send(made.getvalue(), f"a.{form.lower()[:4]}")))
    assert page.size == (200, 400)
    assert page.getpixel((100, 10)) < (60, 60, 60)
    assert page.getpixel((100, 390)) > (200, 200, 200)


def test_what_is_clear_in_a_screenshot_is_white_on_paper():
    made = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(made, "PNG")
    assert page_of(checked(send(made.getvalue(), "a.png"))).getpixel((50, 50)) > (250, 250, 250)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "I;16"])
def test_pictures_of_every_depth(mode):
    made = io.BytesIO()
    if mode == "I;16":
        Image.new("I;16", (100, 100), 65535).save(made, "PNG")
    else:
        Image.new("L", (100, 100), 255).convert(mode).save(made, "PNG")
    assert page_of(checked(send(made.getvalue(), "a.png"))).getpixel((50, 50)) > (250, 250, 250)


def test_a_large_photo_becomes_no_larger_than_print_needs():
    file = checked(send(files.picture(size=(7000, 5000)), "a.jpg"))
    assert max(page_of(file).size) <= 3508
    assert file.kind == DocumentFile.Kind.JPEG
