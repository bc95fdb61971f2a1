"""What an upload of 1 and of 20 MiB costs a web process in memory: `python -m benchmarks.uploads`.

The form is read by Django's own parser through `documents.intake`, each in a fresh process that resets its peak
(Linux: /proc). Exits with 1 when memory follows the size of the upload.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SIZES = (1, 20)  # MiB
ALLOWED_MB = 12  # of growth between the smallest and the largest: one frame, its copy sealed, and what malloc keeps
MEASURED = """
import io, sys, time
import django
django.setup()
from django.test import RequestFactory
from documents import intake
size = int(sys.argv[1]) * 1024 * 1024

class Body(io.RawIOBase):
    '''A form with a PDF of the size, made as it is read.'''
    head = b'--B\\r\\nContent-Disposition: form-data; name="file"; filename="a.pdf"\\r\\n\\r\\n%PDF-1.7\\n'
    tail = b'\\r\\n--B--\\r\\n'
    def __init__(self):
        self.left, self.at = len(self.head) + size - 9 + len(self.tail), 0
        self.length = self.left
    def read(self, amount=-1):
        amount = min(65536 if amount < 0 else amount, self.left)
        piece = bytearray(amount)
        for start, part in ((0, self.head), (self.length - len(self.tail), self.tail)):
            for place in range(max(self.at, start), min(self.at + amount, start + len(part))):
                piece[place - self.at] = part[place - start]
        self.at += amount
        self.left -= amount
        return bytes(piece)

def upload():
    body = Body()
    request = RequestFactory().request(**{
        "REQUEST_METHOD": "POST", "CONTENT_TYPE": "multipart/form-data; boundary=B",
        "CONTENT_LENGTH": str(body.length), "wsgi.input": body})
    with intake.taking(request):
        taken = request.FILES["file"]
        assert (taken.why, taken.size) == (None, size), (taken.why, taken.size)

def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024

with open("/proc/self/clear_refs", "w") as peaks:
    peaks.write("5")
before = peak()
began = time.perf_counter()
upload()
print(peak() - before, time.perf_counter() - began)
"""


def measured(megabytes: int, folder: str) -> tuple[float, float]:
    """MB of growth, and seconds, of one upload in a fresh process."""
    build = dict(line.split("=", 1) for line in (ROOT / "portal/devservices/build.env").read_text().splitlines())
    told = {**build, "DJANGO_SETTINGS_MODULE": "portal.settings", "DOCUMENTS_FOLDER": folder}
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(megabytes)],
        env={**os.environ, **told},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    growth, seconds = done.stdout.split()
    return float(growth), float(seconds)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        rows = {size: measured(size, folder) for size in SIZES}
    for size, (growth, seconds) in rows.items():
        print(f"{size:3} MiB: {growth:5.1f} MB more at the peak, {seconds * 1000:5.0f} ms")
    return int(rows[SIZES[-1]][0] - rows[SIZES[0]][0] >= ALLOWED_MB)


if __name__ == "__main__":
    sys.exit(main())
