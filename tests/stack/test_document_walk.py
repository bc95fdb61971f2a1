"""A telephone 320 pixels wide: a paper photographed, uploaded, checked, read, added to, refused, removed."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.factories import hostile_files as files
from tests.stack.drivers import Driver, WithoutJavaScript
from tests.stack.leave_walk import LeaveWalk
from tests.stack.test_time_walk import open_without_days

pytestmark = [pytest.mark.stack, pytest.mark.browser, pytest.mark.xdist_group("stack"), pytest.mark.timeout(600)]
SMALLEST = {"width": 320, "height": 640}
CHECK, SENDING = 30_000, 40_000  # milliseconds
LIMIT = 20 * files.MEGABYTE


def photo(folder: Path) -> Path:
    """As a telephone's best camera takes it: a little under 20 MB."""
    noise = Image.frombytes("L", (5600, 4200), os.urandom(5600 * 4200)).convert("RGB")
    made = io.BytesIO()
    noise.save(made, "JPEG", quality=91, subsampling=0)
    data = made.getvalue()
    assert LIMIT * 0.9 < len(data) < LIMIT, len(data)
    path = folder / "IMG_2041.JPG"
    path.write_bytes(data)
    return path


def kept(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def chooser(driver: Driver) -> Locator:
    return driver.page.locator("input[type=file]")


def to_the_file(driver: Driver, number: str, kind: str = "Medical Certification") -> None:
    """From the case, in the guide's steps."""
    driver.visit(f"/cases/{number}/")
    driver.follow("Add Document")
    driver.reads("Choose document type")
    driver.is_accessible()
    driver.choose(kind)
    driver.press("Continue")
    driver.reads("Upload Document")
    driver.is_accessible()


def sends(driver: Driver, path: Path, *, then: str) -> None:
    """Choose, and read that it is not sent yet; send, and arrive at the paper."""
    chooser(driver).set_input_files(path)
    state = driver.page.get_by_role("status").filter(has_text=path.name)
    expect(state).to_contain_text("Not sent yet")
    driver.page.set_default_timeout(SENDING)
    driver.press("Upload Document")
    expect(driver.page.locator("#news")).to_contain_text(then, timeout=SENDING)
    expect(driver.page.locator("#news")).to_be_focused()
    driver.page.set_default_timeout(10_000)


def status(driver: Driver) -> Locator:
    return driver.page.locator("#paper .portal-status")


def downloaded(driver: Driver, name: str) -> tuple[str, bytes]:
    with driver.page.expect_download() as given:
        driver.page.get_by_role("link", name=name).click()
    return given.value.suggested_filename, Path(given.value.path()).read_bytes()


def test_on_a_telephone(signed_in: Any, tmp_path: Path) -> None:
    driver, _person = signed_in("ada.demo")
    driver.page.set_viewport_size(SMALLEST)
    number = open_without_days(LeaveWalk(driver, probes=False))
    to_the_file(driver, number)
    is_told_before_sending(driver, tmp_path)
    sends(driver, photo(tmp_path), then="We received your Medical Certification.")
    driver.is_accessible()
    expect(status(driver)).to_have_text("Received", timeout=CHECK)  # without a reload
    driver.is_accessible()
    name, data = downloaded(driver, "IMG_2041.JPG")
    assert name == "IMG_2041.pdf"
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1

    driver.follow("Add another page to this document")
    driver.is_accessible()
    sends(driver, kept(tmp_path, "IMG_2042.HEIC", files.picture("HEIF")), then="We received your")
    expect(status(driver)).to_have_text("Received", timeout=CHECK)
    assert downloaded(driver, "IMG_2042.HEIC")[0] == "IMG_2042.pdf"

    driver.follow("Upload another")
    driver.choose("RTW Note")
    driver.press("Continue")
    sends(driver, kept(tmp_path, "note.pdf", b"%PDF-1.7\n" + files.EICAR), then="We received your RTW Note.")
    expect(status(driver)).to_have_text("Not accepted", timeout=CHECK)
    driver.shows("The file may have a virus, so we did not keep it")
    driver.is_accessible()

    driver.follow("Remove this document")
    driver.reads("Remove this document?")
    driver.is_accessible()
    driver.press("Yes, remove it")
    driver.reads("Case %(n)s", n=number)
    expect(driver.page.locator("#news")).to_contain_text("We removed your document.")
    papers = driver.page.locator("section[aria-labelledby=papers]")
    expect(papers).to_contain_text("IMG_2042.heic")
    expect(papers).not_to_contain_text("note.pdf")
    driver.is_accessible()
    driver.visit("/documents/")
    driver.shows("Medical Certification")
    driver.is_accessible()
    driver.close()


def is_told_before_sending(driver: Driver, folder: Path) -> None:
    posts = len([url for url in driver.urls if url.endswith(driver.page.url.rsplit("/", 2)[1])])
    chooser(driver).set_input_files(kept(folder, "long.pdf", bytes(LIMIT + 1)))
    expect(driver.page.locator("#upload-state")).to_contain_text("The file must be smaller than 20 MB")
    driver.press("Upload Document")
    expect(chooser(driver)).to_be_focused()
    assert len([url for url in driver.urls if url.endswith(driver.page.url.rsplit("/", 2)[1])]) == posts


def test_without_javascript_in_spanish(signed_in: Any, tmp_path: Path) -> None:
    """Structure only: one form, one button; the server says what the script would have said."""
    english, _person = signed_in("ada.demo")
    number = open_without_days(LeaveWalk(english, probes=False))
    english.close()
    driver, _person = signed_in("ada.demo", WithoutJavaScript, language="es")
    driver.page.set_viewport_size(SMALLEST)
    driver.visit(f"/cases/{number}/documents/add/")
    driver.page.get_by_role("button", name="Español").click()
    expect(driver.page.locator("html")).to_have_attribute("lang", "es")
    driver.page.locator(".usa-radio__label").first.click()
    form = driver.page.locator("#page-form")
    form.locator("button").last.click()
    page = driver.page.url
    chooser(driver).set_input_files(kept(tmp_path, "largo.pdf", bytes(LIMIT + 2 * files.MEGABYTE)))
    form.locator("button").click()
    expect(driver.page.locator("#error-summary")).to_be_visible(timeout=SENDING)
    assert driver.page.url == page
    chooser(driver).set_input_files(kept(tmp_path, "nota.png", files.picture("PNG")))
    form.locator("button").click()
    expect(driver.page.locator("#news")).to_be_visible()
    expect(driver.page.locator("#paper")).to_contain_text("nota.png")
    driver.page.reload()
    expect(driver.page.locator("html")).to_have_attribute("lang", "es")
    driver.close()
