"""Files as they are sent to the portal: fine ones, and those that were made to do harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

import pikepdf
import pillow_heif
from PIL import Image

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MEGABYTE = 1024 * 1024


def pdf(pages: int = 1, **saving: Any) -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(612, 792))
        document.save(made, **saving)
    return made.getvalue()


def changed_pdf(change: Any) -> bytes:
    """`change` is given the open one-page document."""
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(612, 792))
        change(document)
        document.save(made)
    return made.getvalue()


def locked_pdf() -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="owner", user="user"))


def print_only_pdf() -> bytes:
    """Opens without a password, and asks readers not to change it: what many providers send."""
    return pdf(encryption=pikepdf.Encryption(owner="owner", user=""))


def _action(kind: str, **more: Any) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(kind), **more)


def script_on_opening(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = _action("/JavaScript", JS=pikepdf.String("app.alert(1)"))


def script_of_a_page(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.AA = pikepdf.Dictionary(O=_action("/JavaScript", JS=pikepdf.String("app.alert(1)")))


def script_by_name(document: pikepdf.Pdf) -> None:
    script = document.make_indirect(_action("/JavaScript", JS=document.make_stream(b"app.alert(1)")))
    names = pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), script]))
    document.Root.Names = pikepdf.Dictionary(JavaScript=names)


def launches_a_program(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = _action("/Launch", F=pikepdf.String("calc.exe"))


def carries_a_file(document: pikepdf.Pdf) -> None:
    document.attachments["x.exe"] = b"MZ" + bytes(100)


def names_another_place(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = _action("/GoToR", F=pikepdf.String("\\\\there\\share\\a.pdf"))


def script_of_a_scene(document: pikepdf.Pdf) -> None:
    scene = document.make_stream(b"U3D")
    scene.OnInstantiate = document.make_stream(b"host.console.println(1)")
    document.pages[0].obj.Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name("/3D"), **{"/3DD": scene})])


def pdf_with(*, catalog: bytes = b"", filters: bytes = b"", data: bytes = b"") -> bytes:
    """A page, written by hand. `catalog`: what stands in it, when it stands in the trailer and is no object."""
    stream = b"<< /Length %d%s >>\nstream\n%s\nendstream" % (
        len(data),
        b" /Filter " + filters if filters else b"",
        data,
    )
    pages = b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"
    page = b"<< /Type /Page /Parent 1 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    root = b"<< /Type /Catalog /Pages 1 0 R %s >>" % catalog
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate((pages, page, b"<< >>" if catalog else root, stream), 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    end = b"trailer\n<< /Size 5 /Root %s >>\nstartxref\n%d\n%%%%EOF\n" % (root if catalog else b"3 0 R", len(made))
    return made + b"xref\n0 5\n0000000000 65535 f \n" + table + end


def deflated(megabytes: int) -> bytes:
    """Of zeros, in one piece."""
    squeeze = zlib.compressobj(9)
    return b"".join(squeeze.compress(bytes(MEGABYTE)) for _ in range(megabytes)) + squeeze.flush()


def deflated_bomb(document: pikepdf.Pdf) -> None:
    stream = document.make_stream(b"")
    stream.write(deflated(600), filter=pikepdf.Name.FlateDecode)
    document.pages[0].obj.Contents = stream


def picture(form: str = "JPEG", size: tuple[int, int] = (800, 600), **saving: Any) -> bytes:
    pillow_heif.register_heif_opener()
    made = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(made, form, **saving)
    return made.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A true PNG header over a tiny picture."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 64))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def zip_of(members: dict[str, int]) -> bytes:
    """Name -> megabytes of zeros."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, megabytes in members.items():
            with archive.open(name, "w") as member:
                for _ in range(megabytes):
                    member.write(bytes(MEGABYTE))
    return made.getvalue()


def sized_pdf(size: int) -> bytes:
    return b"%PDF-1.7\n" + bytes(size - 9)
