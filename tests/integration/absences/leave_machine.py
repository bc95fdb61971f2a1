"""People with several browsers and tabs: what a page holds, what is typed into it, and what no answer may ever do."""

from __future__ import annotations

import datetime as dt
import functools
import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.utils import translation
from hypothesis import strategies as st

from portal.lib.forms.dates import typed_form

MARK = "xqz"  # in every word that nobody but its author may see
STATUSES = {200, 302, 303, 404, 405, 409, 410, 422}
DRAFT = re.compile(r"/leave/([0-9a-f-]{36})/")
QUESTION = re.compile(
    r"/leave/(?P<draft>[0-9a-f-]{36})/(?:change/)?"
    r"(?P<step>(?!check|done|delete|start-over|call|your-agency|absence|change)[a-z-]+)"
    r"/(?:(?P<item>[0-9a-f]{8})/(?P<item_step>(?!remove)[a-z-]+)/)?$"
)
FORM = re.compile(r'<form id="page-form".*?</form>', re.DOTALL)
NEWS = re.compile(r'<div id="news".*?</div>\s*</div>\s*</div>', re.DOTALL)
ROW = re.compile(
    r'<dt class="portal-summary__question">(.*?)</dt>\s*<dd class="portal-summary__answer">(.*?)</dd>', re.S
)


def plain(markup: str) -> str:
    """The words of some HTML, one blank between them."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


class _Fields(HTMLParser):
    """What a browser would send of a form, and every name it could send."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.names: list[str] = []
        self._select = self._area = ""
        self.feed(form)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attributes}
        name = known.get("name", "")
        if tag in {"input", "select", "textarea"} and name not in self.names:
            self.names.append(name)
        if tag == "input" and (known.get("type") not in {"radio", "checkbox"} or "checked" in known):
            self._add(name, known.get("value", ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in known:
            self._add(self._select, known.get("value", ""))
        elif tag == "textarea":
            self._area = name
            self._add(name, "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.sent[self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self.sent[self._area][-1] = self.sent[self._area][-1].removeprefix("\n")
            self._area = ""

    def _add(self, name: str, value: str) -> None:
        self.sent.setdefault(name, []).append(value)


@dataclass
class Page:
    """A page as a tab holds it."""

    url: str
    status: int
    language: str
    body: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    listed: bool = False  # the day it asks about had been begun when it was shown

    @property
    def place(self) -> re.Match[str] | None:
        return QUESTION.fullmatch(urlsplit(self.url).path)

    @property
    def key(self) -> str:
        """Of the question it asks; "" where it asks none of a leave."""
        found = self.place
        if found is None:
            return ""
        return f"{found['step']}/{found['item']}/{found['item_step']}" if found["item"] else found["step"]

    @property
    def slug(self) -> str:
        return self.key.rpartition("/")[2]

    @property
    def draft(self) -> str:
        found = DRAFT.search(self.url)
        return found[1] if found else ""

    @property
    def asks(self) -> bool:
        """Whether it is a question’s page, with its form."""
        return bool(self.key) and "_made" in self.fields and self.status != 409

    @property
    def is_conflict(self) -> bool:
        return bool(self.key) and self.status == 409

    @property
    def is_check(self) -> bool:
        return self.url.endswith("/check/") and self.status in {200, 409, 422}

    @property
    def news(self) -> str:
        found = NEWS.search(self.body)
        return plain(found[0]) if found else ""

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Of a summary: names and answers."""
        return [(plain(name), plain(answer)) for name, answer in ROW.findall(self.body)]

    @property
    def typed(self) -> dict[str, list[str]]:
        """What stands in the question’s own fields."""
        return {name: values for name, values in self.fields.items() if not is_ours(name)}


RANDOM_COOKIES = ("csrftoken", "sessionid")  # letters by chance: some day they spell anything
CARRIED = frozenset({"asked_about", "questions_shown"})  # what a question's page knows of itself; nobody types it


def is_ours(name: str) -> bool:
    """Names that every page's form carries beside the question's own."""
    return name.startswith("_") or name == "csrfmiddlewaretoken"


class Browser:
    """One cookie jar. Nothing it is answered may be a failure, or give a confidential word away."""

    def __init__(self, begun: Callable[[Page], bool]) -> None:
        self.client, self._begun = Client(), begun

    def get(self, url: str) -> Page:
        return self.follow(self.client.get(url), url)

    def post(self, url: str, posted: dict[str, Any]) -> tuple[HttpResponse, Page]:
        """The answer itself, and the page at the end of its redirects."""
        response = self.client.post(url, posted)
        return response, self.follow(response, url)

    def follow(self, response: HttpResponse, url: str) -> Page:
        for _ in range(8):
            _keeps_quiet(response, url)
            if response.status_code not in {302, 303}:
                page = _read(response, url)
                page.listed = self._begun(page)
                return page
            url = urljoin(url, response["Location"])
            response = self.client.get(url)
        raise AssertionError(f"redirects without end, at {url}")


def _keeps_quiet(response: HttpResponse, url: str) -> None:
    assert response.status_code in STATUSES, (url, response.status_code)
    body = b"" if response.streaming else response.content
    title = re.search(rb"<title>.*?</title>", body, re.DOTALL)
    cookies = [cookie.value for name, cookie in response.cookies.items() if not name.endswith(RANDOM_COOKIES)]
    open_to_all = f"{url} {response.headers} {cookies} {title[0].decode() if title else ''}"
    assert MARK not in unquote(open_to_all).casefold(), open_to_all


def _read(response: HttpResponse, url: str) -> Page:
    html_page = response["Content-Type"].startswith("text/html")
    body = response.content.decode() if html_page else ""
    form = FORM.search(body)
    fields = _Fields(form[0] if form else "")
    language = re.search(r'<html lang="(..)"', body)
    spoken = language[1] if language else ""
    return Page(url.partition("#")[0], response.status_code, spoken, body, fields.sent, tuple(fields.names))


@functools.cache
def _pattern(sentence: str) -> re.Pattern[str]:
    """The sentence in either language, whatever it names."""
    spoken = []
    for language in ("en", "es"):
        with translation.override(language):
            spoken.append(re.sub(r"%\\\(\w+\\\)s", ".*?", re.escape(plain(translation.gettext(sentence)))))
    return re.compile("|".join(spoken))


def said(page: Page, *sentences: str) -> bool:
    return any(_pattern(sentence).search(page.news) for sentence in sentences)


class Tab:
    """The pages a tab has shown; Back shows an older one as it was."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.pages: list[Page] = []

    @property
    def page(self) -> Page:
        return self.pages[-1]

    def show(self, page: Page) -> Page:
        self.pages = [*self.pages[-7:], page]
        return page

    def open(self, url: str) -> Page:
        return self.show(self.browser.get(url))


NEEDS = ("own_health", "family_health", "pregnancy", "bonding")
YES_NO = st.sampled_from(["yes", "no"])
WORDS = st.sampled_from(
    ["Xqz back", "XQZ knee", "xqz migraine", "Xqz “flu”", "Xqz <b>", "xqz back", "Xqzñ", "Xqz & co"]
)
NASTY = (
    "",
    " ",
    "\x00",
    "xqz\x00\x1b[31m",
    "\u202exqz\u200b",
    "xqz" + "x" * 10_000,
    "9" * 400,
    "-1",
    "1e400",
    "NaN",
    "٣",
    "2/30/2026",
    "0/0/0000",
    "12:60 PM",
    "24:00",
    "xqz\r\nSet-Cookie: a=b",
    "<script>xqz</script>",
    "%(name)s {{ xqz }} {% xqz %}",
    "'; DROP TABLE xqz; --",
    "[]",
    "null",
    "😀" * 60,
    "other",
)


def days_around(today: dt.date, past: int, ahead: int) -> st.SearchStrategy[str]:
    return st.integers(-past, ahead).map(lambda n: typed_form(today + dt.timedelta(days=n)))


def right_answers(page: Page, today: dt.date) -> st.SearchStrategy[dict[str, str]]:
    """What somebody may well answer on this page; now and then it is refused, or leads elsewhere."""
    given = _given(page, today).get(page.slug)
    if given is None:
        given = {name: YES_NO for name in page.names if not is_ours(name)}  # the employer's own questions
    return st.fixed_dictionaries(given)


def _given(page: Page, today: dt.date) -> dict[str, dict[str, st.SearchStrategy[str]]]:
    some_days = days_around(today, 3, 12)
    full = len(page.fields.get("reasons", ())) >= 5
    return {
        "type": {"need": st.sampled_from(NEEDS)},
        "about": {"reason": st.just("") if full else WORDS},
        "person": {
            "first_name": st.just("Xqzfirst"),
            "last_name": WORDS.map(lambda word: "Xqz" + "".join(filter(str.isalpha, word))),
            "relationship": st.sampled_from(["child", "parent", "other"]),
            "adult_child": YES_NO,
            "relationship_words": st.just("xqz cousin"),
        },
        "arrival": {"born": YES_NO, "due_date": days_around(today, 20, 200), "birth_date": days_around(today, 200, 0)},
        "child": {"joining": st.sampled_from(["birth", "adoption"]), "child_date": days_around(today, 300, 300)},
        "schedule": {"continuous": YES_NO},
        "dates": {"first_day": days_around(today, 28, 20), "last_day": days_around(today, -20, 90)},
        "days-known": {"knows_days": YES_NO},
        "date": {"date": some_days},
        "full-day": {"full_day": YES_NO},
        "hours": {
            "length": st.sampled_from(["own_day", "other"]),
            "hours": st.sampled_from(["7.5", "4"]),
            "minutes": st.just(""),
        },
        "times": {
            "start": st.sampled_from(["8 AM", "10:00 AM", "10 PM"]),
            "end": st.sampled_from(["11 AM", "6:00 PM"]),
        },
        "visit": {"visit": YES_NO},
        "details": {"note": st.sampled_from(["", "Xqznote\r\nof two lines"])},
        "days": {"again": st.sampled_from(["no", "no", "yes"])},
        "pay": {"pay": st.sampled_from(["employer", "dfml", "unsure"])},
        "work-related": {"work_related": YES_NO},
        "contact-by": {
            "by_email": YES_NO,
            "email": st.sampled_from(["zoe@example.org", "me@example.com"]),
            "street": st.just("1 Example Street"),
            "street_2": st.just(""),
            "city": st.just("Boston"),
            "state": st.sampled_from(["MA", "NH"]),
            "zip": st.just("02108"),
        },
        "phone": {
            "phone": st.just("413-555-0123"),
            "voicemail": YES_NO,
            "best_time": st.sampled_from(["08", "any"]),
        },
    }


def filled_in(page: Page, typed: dict[str, Any]) -> dict[str, Any]:
    """All that a browser sends when `typed` stands in the form: what it carried otherwise stays."""
    names = {name: value for name, value in typed.items() if name in page.names}
    return {**page.fields, **names}


@st.composite
def spoilt(draw: st.DrawFn, posted: dict[str, Any]) -> dict[str, Any]:
    """The same form, with something in it that no browser would send, or nobody should."""
    spoilt = dict(posted)
    own = sorted(name for name in spoilt if not is_ours(name) and name not in CARRIED)
    for name in draw(st.lists(st.sampled_from(own), min_size=1, max_size=2)) if own else ():
        how = draw(st.sampled_from(["value", "twice", "missing"]))
        if how == "missing":
            spoilt.pop(name, None)
        else:
            value = draw(st.sampled_from(NASTY))
            spoilt[name] = value if how == "value" else [value, *_values(posted[name])]
    carried = draw(st.sampled_from(["", "", "_version", "_made"]))
    if carried:
        spoilt[carried] = draw(st.sampled_from(["", "0", "\x00", "xqz:y:z", "9" * 30]))
    if draw(st.booleans()):
        spoilt |= {"need": "bonding", "_why": "late", "id": "1", "again": "no", "xqz": ["a", "b"]}
    return spoilt


def _values(given: Any) -> list[str]:
    return list(given) if isinstance(given, list) else [given]
