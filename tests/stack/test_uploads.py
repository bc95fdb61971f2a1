"""Uploads through gunicorn, as `make demo` runs it: what a browser shows, and what is left behind."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.factories import hostile_files as files
from tests.fakes.standins import wait_until
from tests.stack.drivers import Driver, WithoutJavaScript
from tests.stack.leave_walk import LeaveWalk
from tests.stack.portal_stack import Portal
from tests.stack.test_time_walk import open_without_days

pytestmark = [pytest.mark.stack, pytest.mark.browser, pytest.mark.xdist_group("stack"), pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def file_page(signed_in: Any) -> str:
    """The path of the page that takes a file for a leave of ada.demo."""
    driver, _person = signed_in("ada.demo")
    number = open_without_days(LeaveWalk(driver, probes=False))
    driver.visit(f"/cases/{number}/documents/add/")
    kind = driver.page.get_by_label("Medical Certification").get_attribute("value")
    driver.close()
    return f"/cases/{number}/documents/add/{kind}/"


def sized(folder: Path, megabytes: int) -> Path:
    path = folder / f"{megabytes}.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(megabytes * files.MEGABYTE)
    return path


def upload(driver: Driver, page: str, path: Path) -> int:
    """Without any script's help; the status of the page that answers."""
    driver.visit(page)
    driver.page.locator("input[type=file]").set_input_files(path)
    with driver.page.expect_response(lambda answer: answer.request.method == "POST", timeout=60_000) as answered:
        driver.page.get_by_role("button", name="Upload Document").click()
    return answered.value.status


def stored(portal: Portal) -> set[str]:
    folder = portal.data / "documents" / "doc"
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


@pytest.mark.parametrize("megabytes", [21, 60])
def test_too_large_is_a_page_with_a_way_forward(portal, signed_in, file_page, tmp_path, megabytes):
    driver, _person = signed_in("ada.demo", WithoutJavaScript)
    before = stored(portal)
    assert upload(driver, file_page, sized(tmp_path, megabytes)) == 413
    expect(driver.page.locator("main")).to_contain_text("The file must be smaller than 20 MB")
    expect(driver.page.locator("input[type=file]")).to_be_visible()
    assert stored(portal) == before
    driver.visit("/home/")  # the connection and the session live on
    driver.close()


def test_a_photo_is_checked_within_seconds(signed_in, file_page, tmp_path):
    driver, _person = signed_in("ada.demo", WithoutJavaScript)
    photo = tmp_path / "IMG_0001.HEIC"
    photo.write_bytes(files.picture("HEIF"))
    assert upload(driver, file_page, photo) in (302, 303)

    def received() -> bool:
        driver.page.reload()
        return "Received" in driver.page.locator("main").inner_text()

    wait_until(received, seconds=20, what="the check")
    driver.close()


def spoken(portal: Portal, driver: Driver, page: str, *head: str) -> socket.socket:
    """A connection on which the headers of a POST by this driver were sent."""
    address = urlsplit(portal.url)
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in driver.context.cookies())
    line = socket.create_connection((address.hostname or "", address.port or 80), timeout=20)
    lines = [f"POST {page} HTTP/1.1", f"Host: {address.netloc}", f"Origin: {portal.url}", f"Cookie: {cookies}"]
    line.sendall("\r\n".join([*lines, "Content-Type: multipart/form-data; boundary=B", *head, "", ""]).encode())
    return line


PART = b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7\n'


def test_a_browser_that_goes_away_leaves_nothing(portal, signed_in, file_page):
    driver, _person = signed_in("ada.demo")
    before = stored(portal)
    with spoken(portal, driver, file_page, f"Content-Length: {15 * files.MEGABYTE}") as line:
        line.sendall(PART + bytes(5 * files.MEGABYTE))
        wait_until(lambda: stored(portal) - before, what="the upload")
    wait_until(lambda: stored(portal) == before, what="the clearing")
    driver.close()


def test_a_body_without_a_length_is_not_taken(portal, signed_in, file_page):
    driver, _person = signed_in("ada.demo")
    before = stored(portal)
    with spoken(portal, driver, file_page, "Transfer-Encoding: chunked") as line:
        piece = PART + bytes(1000)
        line.sendall(b"%x\r\n%s\r\n0\r\n\r\n" % (len(piece), piece))
        assert line.recv(20).split()[1] in (b"403", b"422")
    assert stored(portal) == before
    driver.close()


def test_another_site_is_turned_away_before_its_file_is_read(portal, signed_in, file_page):
    driver, _person = signed_in("ada.demo")
    address = urlsplit(portal.url)
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in driver.context.cookies())
    with socket.create_connection((address.hostname, address.port), timeout=20) as line:
        lines = [f"POST {file_page} HTTP/1.1", f"Host: {address.netloc}", "Origin: https://evil.example"]
        more = [f"Cookie: {cookies}", "Content-Type: multipart/form-data; boundary=B", "Content-Length: 9000000"]
        line.sendall("\r\n".join([*lines, *more, "", ""]).encode())  # and not a byte of the body
        assert line.recv(20).split()[1] == b"403"
    driver.close()
