"""The data from which sentences are made: why a limit leaves what it leaves, and where each rule used stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cases.policy import authorities
from cases.policy.determination import Citation, Finding, LimitFinding
from cases.policy.limits import Account
from cases.policy.policies import Policy


def limit_finding(account: Account, day: dt.date, policy: Policy, *, until: dt.date) -> LimitFinding:
    """One limit on a day, before that day is charged. `until`: the last day charged."""
    terms = account.terms
    left, used = account.left(day), account.used(day)
    return LimitFinding(
        id=terms.limit.id,
        on=day,
        amount=terms.scale.exact(terms.amount),
        used=terms.scale.exact(used),
        left=terms.scale.exact(max(0, left)),
        later=looks_ahead(account, day),
        period=account.period(day),
        rows=account.counted(day, until),
        authority=_authority_of(account, policy),
        during=terms.scale.exact(account.joining(day, until)),
        method=terms.limit.period.method,
        months=terms.months,
    )


def looks_ahead(account: Account, day: dt.date) -> bool:
    """Whether leave approved for later, not what is used by now, bounds what is left."""
    later = account.later_left(day)
    return later is not None and later < account.terms.amount - account.used(day)


def _authority_of(account: Account, policy: Policy) -> str:
    limit = account.terms.limit
    return limit.authority or authorities.cited_by(policy.authority, authorities.METHODS.get(limit.period.method, ""))


def citations(
    policy: Policy, findings: Iterable[Finding], limits: Iterable[LimitFinding], notes: Iterable[str]
) -> tuple[Citation, ...]:
    """Every rule that was used, once, in the order of use, with where it stands."""
    used = [Citation(policy.code, policy.authority)]
    used += [Citation(finding.code, finding.authority) for finding in findings]
    used += [Citation(limit.id, limit.authority) for limit in limits]
    laws = ((note, authorities.NOTES.get(note, "")) for note in notes if ":" not in note)
    used += [Citation(note, authorities.cited_by(policy.authority, law)) for note, law in laws]
    return tuple(dict.fromkeys(used))
