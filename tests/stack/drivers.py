"""Three ways to use the same page: with a pointer, by keyboard alone, and without JavaScript.

A driver is told labels as the guide words them, in English; it looks for them in the page's own language.
"""

from __future__ import annotations

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Browser, Page, expect

from tests.stack.effort import Effort

PHONE = {"width": 390, "height": 844}
TABS_AT_MOST = 80
PASTED = 500  # characters that nobody types one by one
axe = Axe()

FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return {name: "", type: ""};
  const labels = e.labels && e.labels.length ? [...e.labels].map(l => l.innerText).join(" ") : "";
  const name = e.getAttribute("aria-label") || labels || e.innerText || e.value || "";
  return {name: name.trim().replace(/\\s+/g, " "), type: e.type || e.tagName.toLowerCase()};
}"""
POINTED_AT = """() => {
  const id = document.activeElement.getAttribute("aria-activedescendant") || document.activeElement.id;
  return document.getElementById(id)?.innerText ?? "";
}"""


class Driver:
    """The pointer. Watches every page for broken promises: CSP reports, script errors, accessibility, titles.

    `state`: a browser's cookies, to begin signed in.
    """

    javascript = True

    def __init__(self, browser: Browser, base: str, *, language: str = "en", state: Any = None) -> None:
        self.language, self.base = language, base
        self.context = browser.new_context(
            viewport=PHONE, java_script_enabled=self.javascript, base_url=base, storage_state=state
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.effort = Effort()
        self.broken: list[str] = []
        self.urls: list[str] = []
        self.titles: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.broken.append(str(error)))
        self.page.on("request", lambda request: self.urls.append(request.url))
        self.page.on("response", self._answered)

    def _heard(self, message: Any) -> None:
        if "Content Security Policy" in message.text:
            self.broken.append(message.text)

    def _answered(self, response: Any) -> None:
        if response.status >= 500:
            self.broken.append(f"{response.status} {response.url}")

    def say(self, words: str, **values: Any) -> str:
        """The words in this driver's language."""
        with translation.override(self.language):
            text = gettext(words)
        return text % values if values else text

    def visit(self, path: str) -> None:
        self.page.goto(path)

    def fill(self, label: str, text: str) -> None:
        self.effort.typed(text)
        self._fill(self.say(label), text)

    def select(self, label: str, value: str) -> None:
        self.effort.choices += 1
        self._select(self.say(label), value)

    def choose(self, label: str, **values: Any) -> None:
        self.effort.choices += 1
        self._choose(self.say(label, **values))

    def pick(self, label: str, typed: str, option: str) -> None:
        """Type a few letters and take the option that is offered for them."""
        self.effort.typed(typed)
        self.effort.choices += 1
        self._pick(self.say(label), typed, option)

    def press(self, label: str, about: str = "") -> None:
        """`about`: what the button's name says in addition for those who hear it."""
        self.effort.buttons += 1
        self._press(f"{self.say(label)} {about}".strip())

    def follow(self, label: str, about: str = "") -> None:
        self.effort.buttons += 1
        self._follow(f"{self.say(label)} {about}".strip())

    def unfold(self, label: str, **values: Any) -> None:
        """Open, in place, what is folded behind these words."""
        self.effort.buttons += 1
        self._unfold(self.say(label, **values))

    def _fill(self, name: str, text: str) -> None:
        optional = re.escape(self.say("(optional)"))
        self.page.get_by_label(re.compile(rf"^\s*{re.escape(name)}(\s*{optional})?\s*$")).fill(text)

    def _select(self, name: str, value: str) -> None:
        self.page.get_by_label(name, exact=True).select_option(value)

    def _choose(self, name: str) -> None:
        begins = re.compile(rf"^\s*{re.escape(name)}")
        self.page.locator(".usa-radio__label").filter(has_text=begins).first.click()  # as a finger does

    def _pick(self, name: str, typed: str, option: str) -> None:
        box = self.page.get_by_role("combobox", name=name)
        box.fill(typed)
        self.page.get_by_role("option", name=option, exact=True).click()
        expect(box).to_have_value(option)

    def _press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def _follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()

    def _unfold(self, name: str) -> None:
        self.page.locator("summary").filter(has_text=name).first.click()

    def reads(self, words: str, **values: Any) -> None:
        """The page's heading."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(self.say(words, **values))
        self.effort.pages += 1
        self.titles.append(self.page.title())

    def shows(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    def is_accessible(self) -> None:
        """No WCAG 2 A or AA violation; nothing wider than the phone."""
        found = axe.run(self.page).response["violations"]
        serious = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]
        assert not serious, f"{self.page.url}: {serious}"
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} scrolls sideways by {wide} px"

    def is_refused(self, button: str) -> None:
        """Send the page as it is: it comes back with a summary of what to do, focused and accessible."""
        self.press(button)
        summary = self.page.locator("#error-summary")
        expect(summary).to_be_visible()
        expect(summary).to_be_focused()
        assert self.page.title().startswith(self.say("Error:"))
        self.is_accessible()

    def close(self) -> None:
        self.context.close()
        assert not self.broken, self.broken


class WithoutJavaScript(Driver):
    javascript = False

    def is_accessible(self) -> None:
        """axe needs a script; the other walks run it on the same HTML."""

    def _pick(self, name: str, typed: str, option: str) -> None:
        """Nothing is offered: the words are typed to their end."""
        self.effort.keys += len(option) - len(typed)
        self._fill(name, option)


class Keyboard(Driver):
    """Tab, Space, Enter, arrows and letters; never the pointer."""

    def _tab_to(self, name: str, kinds: set[str]) -> None:
        seen = []
        for _ in range(TABS_AT_MOST):
            self.page.keyboard.press("Tab")
            at = self.page.evaluate(FOCUSED)
            seen.append(at)
            if at["type"] in kinds and name in at["name"]:
                return
        raise AssertionError(f"Tab never reached {name!r} on {self.page.url}: {seen}")

    def _fill(self, name: str, text: str) -> None:
        self._tab_to(name, {"text", "tel", "email", "password", "search", "textarea", "number"})
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        if len(text) > PASTED:
            self.page.keyboard.insert_text(text)
        else:
            self.page.keyboard.type(text)

    def _select(self, name: str, value: str) -> None:
        self._tab_to(name, {"select-one"})
        self.page.keyboard.type(self.page.locator(f"option[value='{value}']").first.inner_text())

    def _choose(self, name: str) -> None:
        """Tab into the group, then arrows to the choice."""
        for _ in range(TABS_AT_MOST):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(FOCUSED)["type"] == "radio":
                break
        self.page.keyboard.press("Space")
        for _ in range(20):
            if self.page.evaluate(FOCUSED)["name"].startswith(name):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow reached {name!r} on {self.page.url}")

    def _pick(self, name: str, typed: str, option: str) -> None:
        box = self.page.get_by_role("combobox", name=name)
        expect(box).to_be_visible()  # the script has replaced the plain box
        self._fill(name, typed)
        expect(self.page.get_by_role("option", name=option, exact=True)).to_be_visible()
        for _ in range(20):
            self.page.keyboard.press("ArrowDown")
            if self.page.evaluate(POINTED_AT).strip() == option:
                break
        self.page.keyboard.press("Enter")
        expect(box).to_have_value(option)

    def _press(self, name: str) -> None:
        self._tab_to(name, {"submit", "button"})
        self.page.keyboard.press("Enter")

    def _follow(self, name: str) -> None:
        self._tab_to(name, {"a"})
        self.page.keyboard.press("Enter")

    def _unfold(self, name: str) -> None:
        self._tab_to(name, {"summary"})
        self.page.keyboard.press("Enter")
