"""An employee registers, reports a sick day, and the supervisors are told: on the running portal, as a person would."""

from __future__ import annotations

import pytest

from tests.stack import walk
from tests.stack.drivers import Driver, Keyboard, WithoutJavaScript

pytestmark = [pytest.mark.stack, pytest.mark.browser, pytest.mark.xdist_group("stack"), pytest.mark.timeout(600)]


@pytest.mark.parametrize(
    ("number", "kind", "language", "probe"),
    [
        pytest.param(0, Keyboard, "en", True, id="by keyboard"),
        pytest.param(1, WithoutJavaScript, "en", False, id="without JavaScript"),
        pytest.param(2, Driver, "es", True, id="in Spanish"),
    ],
)
def test_register_to_pending(portal, browser, number, kind, language, probe):
    person = walk.newcomer(portal, number)
    driver = kind(browser, portal.url, language=language)
    if language == "es":
        driver.visit("/")
        driver.page.get_by_role("button", name="Español").click()
    walk.register(driver, portal, person, probe=probe)
    walk.log_in(driver, portal, person.username, walk.PASSWORD, person.phone, probe=probe)
    driver.reads("Welcome, %(first)s", first=person.facts["first_name"])
    driver.is_accessible()
    case = walk.report_sick_day(driver, "Stomach flu", probe=probe)
    told = walk.supervisors_were_told(portal, person.facts, case)
    assert not [m for m in told if "stomach" in (m["subject"] + m["body"]).lower()]
    walk.stands_as_pending(driver, case, "Stomach flu")
    driver.close()
