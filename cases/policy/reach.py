"""Which days of a request a policy reaches: windows, the agency's agreement, what other policies cover, waiting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cases.policy.authorities import AGREEMENT, WINDOWS, cited_by
from cases.policy.determination import Finding, Result, Span, Status
from cases.policy.ledger import Ledger, days_used
from cases.policy.periods import ONE_DAY, anniv
from cases.policy.policies import EventMonths, ExigencyDays, Policy, Waiting, Window
from cases.policy.schedules import Roster
from cases.policy.types import Request

AGREEMENTS: dict[bool | None, tuple[str, Result]] = {
    True: ("INTERMITTENT_AGREED", "OK"),
    None: ("INTERMITTENT_AGREEMENT_UNKNOWN", "UNKNOWN"),
    False: ("INTERMITTENT_REFUSED", "FAIL"),
}


def days(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every date, both ends included."""
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


@dataclass(frozen=True)
class Opening:
    """What the windows and the agreement say: findings, and the dates between which days count (None: open)."""

    findings: tuple[Finding, ...]
    spans: tuple[Span, ...]

    def holds(self, day: dt.date) -> bool:
        return all(span.from_ <= day <= span.to for span in self.spans)


def opening(policy: Policy, request: Request) -> Opening:
    findings: list[Finding] = []
    spans: list[Span] = []
    for window in policy.windows:
        if request.reason in window.reasons and speaks(window, request):
            span = span_of(window, request)
            findings.append(_window_finding(window, span, policy, request))
            spans += [span] if span else []
    if request.reason in policy.agreement_required_for and request.mode != "continuous":
        agreed = request.employer_agrees_intermittent
        code, result = AGREEMENTS[agreed]
        findings.append(Finding(code, result, agreed, True, cited_by(policy.authority, AGREEMENT)))
    return Opening(tuple(findings), tuple(spans))


def speaks(window: Window, request: Request) -> bool:
    """A window for some types of exigency says nothing about the others."""
    if isinstance(window, EventMonths) or request.exigency is None or request.exigency.type is None:
        return True
    return request.exigency.type in window.spans


def span_of(window: Window, request: Request) -> Span | None:
    """The days inside the window; None while its date is not known."""
    if isinstance(window, ExigencyDays):
        return _exigency_span(window, request)
    event = request.event
    if event is None or event.date is None:
        return None
    first = min(event.date, request.start) if event.type in window.pre_event_ok else event.date
    return Span(first, anniv(event.date, window.months) - ONE_DAY)


def _exigency_span(window: ExigencyDays, request: Request) -> Span | None:
    exigency = request.exigency
    if exigency is None or exigency.type is None or exigency.anchor is None:
        return None
    after, length = window.spans[exigency.type]
    first = exigency.anchor + dt.timedelta(days=after)
    return Span(first, first + dt.timedelta(days=length - 1))


def _window_finding(window: Window, span: Span | None, policy: Policy, request: Request) -> Finding:
    code, result = _window_result(span, request)
    observed = span.from_.isoformat() if span else None
    required = span.to.isoformat() if span else None
    return Finding(code, result, observed, required, cited_by(policy.authority, WINDOWS.get(window.type, "")))


def _window_result(span: Span | None, request: Request) -> tuple[str, Result]:
    if span is None:
        return "WINDOW_UNKNOWN", "UNKNOWN"
    if span.to < request.start or request.end < span.from_:
        return "WINDOW_FAIL", "FAIL"
    whole = span.from_ <= request.start and request.end <= span.to
    return ("WINDOW_OK" if whole else "WINDOW_PARTIAL"), "OK"


Reach = dict[dt.date, Status]


def reach(request: Request, eligible_from: dt.date, window: Opening, others: list[Mapping[dt.date, Status]]) -> Reach:
    """The days that are not reached, with why. `others`: what the policies that come first say of each day."""
    reached: Reach = {}
    for day in days(request.start, request.end):
        if day < eligible_from:
            reached[day] = "INELIGIBLE"
        elif not window.holds(day):
            reached[day] = "OUT_OF_WINDOW"
        elif any(statuses.get(day) == "APPROVABLE" for statuses in others):
            reached[day] = "DEFERRED"
    return reached


@dataclass(frozen=True)
class Wait:
    """The waiting period, if any, and the note that says what it means."""

    span: Span | None = None
    note: str | None = None

    def denies(self, day: dt.date) -> bool:
        span = self.span
        return self.note == "WAITING_PERIOD_DENIED" and span is not None and span.from_ <= day <= span.to


def wait(waiting: Waiting | None, first: dt.date | None, waived: Callable[[dt.date], bool]) -> Wait:
    """Calendar days from `first`: of a continuous leave the first day reached, of others the first one charged."""
    if waiting is None or first is None:
        return Wait()
    if waived(first):
        return Wait(note="WAITING_PERIOD_WAIVED")
    note = "WAITING_PERIOD_UNPAID" if waiting.effect == "unpaid" else "WAITING_PERIOD_DENIED"
    return Wait(Span(first, first + dt.timedelta(days=waiting.days - 1)), note)


def waived(waiting: Waiting | None, request: Request, ledger: Ledger, roster: Roster, first: dt.date) -> bool:
    """An extension does not wait again; nor does what follows the named leave without scheduled time between."""
    if request.is_extension:
        return True
    after = waiting.waived_after if waiting else None
    if after is None or request.reason != after.reason:
        return False
    prior = [row for row in ledger.own(after.policies) if row[1].reason == after.prior_reason]
    uses = [day for day in days_used(prior) if day < first]
    return bool(uses) and not any(roster.minutes(day) for day in days(uses[-1] + ONE_DAY, first - ONE_DAY))
