"""What the rules found, in whole sentences for the person whose leave it is, in the active language.

Every code that `cases.policy` can give has words here. Facts that administrators invent in a row of their own get a
sentence that says so much and no more.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.policy.determination import Finding
from portal.lib.wording import date_range, duration, long_date

NOT_APPLICABLE = {
    "NOT_EFFECTIVE": gettext_lazy("This policy is not in force on the first day of the leave."),
    "GROUP_NOT_COVERED": gettext_lazy("This policy is for other groups of employees."),
    "REASON_NOT_COVERED": gettext_lazy("This policy is for other reasons."),
    "RELATIONSHIP_NOT_COVERED": gettext_lazy("This policy is for other family members."),
    "EVENT_TYPE_NOT_COVERED": gettext_lazy("This policy is for children who join the family in another way."),
    "MODE_NOT_ALLOWED": gettext_lazy("This policy is for leave that is taken in another way."),
}

# By stem, with the number in it as #, and result. %(needed)s and %(known)s are lengths of time.
TESTS: dict[str, Any] = {
    "MONTHS_#_OK": gettext_lazy("You have worked here for %(n)s months or more."),
    "MONTHS_#_LATER": gettext_lazy("You will have worked here for %(n)s months on %(date)s."),
    "MONTHS_#_UNKNOWN": gettext_lazy("We do not know yet whether you have worked here for %(n)s months."),
    "MONTHS_#_FAIL": gettext_lazy("You will not have worked here for %(n)s months by the end of this leave."),
    "SERVICE_#M_OK": gettext_lazy("You have worked here for %(n)s months in a row."),
    "SERVICE_#M_LATER": gettext_lazy("You will have worked here for %(n)s months in a row on %(date)s."),
    "SERVICE_#M_UNKNOWN": gettext_lazy("We do not know yet whether you have worked here for %(n)s months in a row."),
    "SERVICE_#M_FAIL": gettext_lazy(
        "You will not have worked here for %(n)s months in a row by the end of this leave."
    ),
    "DAYS_#_OK": gettext_lazy("You have worked here for %(n)s days or more."),
    "DAYS_#_LATER": gettext_lazy("You will have worked here for %(n)s days on %(date)s."),
    "DAYS_#_UNKNOWN": gettext_lazy("We do not know yet whether you have worked here for %(n)s days."),
    "DAYS_#_FAIL": gettext_lazy("You will not have worked here for %(n)s days by the end of this leave."),
    "HOURS_#_OK": gettext_lazy(
        "You worked %(known)s in the 12 months before this leave. This policy asks for %(needed)s."
    ),
    "HOURS_#_FAIL": gettext_lazy(
        "You worked %(known)s in the 12 months before this leave. This policy asks for more: %(needed)s."
    ),
    "HOURS_#_UNKNOWN": gettext_lazy(
        "We do not know yet whether you worked %(needed)s in the 12 months before this leave, as this policy asks."
    ),
    "HOURS_#_PRESUMED": gettext_lazy(
        "No hours are recorded for your position, so we take it that you worked the %(needed)s this policy asks for."
    ),
    "WORKSITE_#_OK": gettext_lazy("Your employer has %(n)s or more employees within 75 miles of your workplace."),
    "WORKSITE_#_FAIL": gettext_lazy(
        "Your employer has fewer than %(n)s employees within 75 miles of your workplace, and this policy asks for more."
    ),
    "WORKSITE_#_UNKNOWN": gettext_lazy(
        "We do not know yet whether your employer has %(n)s employees within 75 miles of your workplace."
    ),
    "PROBATION_OK": gettext_lazy("Your probation is over."),
    "PROBATION_LATER": gettext_lazy("This policy covers you from %(date)s, once your probation is over."),
    "PROBATION_UNKNOWN": gettext_lazy("We do not know yet when your probation is over."),
    "PROBATION_FAIL": gettext_lazy("Your probation goes on until after this leave."),
    "FULL_TIME_FAIL": gettext_lazy("This policy is for people who work full time or have finished a probation."),
    "FACT_PFML_FINANCIALLY_ELIGIBLE_OK": gettext_lazy(
        "The state’s Department of Family and Medical Leave has found that your earnings qualify."
    ),
    "FACT_PFML_FINANCIALLY_ELIGIBLE_UNKNOWN": gettext_lazy(
        "The state’s Department of Family and Medical Leave decides whether your earnings qualify, and we do not have"
        " its decision yet."
    ),
    "FACT_PFML_FINANCIALLY_ELIGIBLE_FAIL": gettext_lazy(
        "The state’s Department of Family and Medical Leave has found that your earnings do not qualify."
    ),
    "FACT_STD_ENROLLED_OK": gettext_lazy("You are enrolled in this plan."),
    "FACT_STD_ENROLLED_UNKNOWN": gettext_lazy("We do not know yet whether you are enrolled in this plan."),
    "FACT_STD_ENROLLED_FAIL": gettext_lazy("You are not enrolled in this plan."),
    "FACT_CATASTROPHIC_APPROVED_OK": gettext_lazy("Your condition was approved as catastrophic."),
    "FACT_CATASTROPHIC_APPROVED_UNKNOWN": gettext_lazy(
        "This policy is for conditions that were approved as catastrophic, and we do not know yet whether yours was."
    ),
    "FACT_CATASTROPHIC_APPROVED_FAIL": gettext_lazy(
        "This policy is for conditions that were approved as catastrophic, and yours was not."
    ),
    "FACT_NAMED_IN_SICK_BANK_ACT_OK": gettext_lazy("A special act of the legislature names you."),
    "FACT_NAMED_IN_SICK_BANK_ACT_UNKNOWN": gettext_lazy(
        "This policy is for people whom a special act of the legislature names, and we do not know of one for you."
    ),
    "FACT_NAMED_IN_SICK_BANK_ACT_FAIL": gettext_lazy(
        "This policy is for people whom a special act of the legislature names, and none names you."
    ),
    "FACT_OTHER_PAID_LEAVE_EXHAUSTED_OK": gettext_lazy("Your other paid leave is used up."),
    "FACT_OTHER_PAID_LEAVE_EXHAUSTED_UNKNOWN": gettext_lazy(
        "We do not know yet whether your other paid leave is used up."
    ),
    "FACT_OTHER_PAID_LEAVE_EXHAUSTED_FAIL": gettext_lazy("Your other paid leave is not used up."),
    "FACT_OK": gettext_lazy("You meet a condition that somebody else decides on."),
    "FACT_UNKNOWN": gettext_lazy(
        "Somebody else decides on a condition of this policy, and we do not have the answer yet."
    ),
    "FACT_FAIL": gettext_lazy("You do not meet a condition that somebody else decides on."),
    "PFML_BENEFIT_YEAR_OPEN": gettext_lazy("You are in a benefit year already, so your earnings are not tested again."),
    "ELIGIBILITY_LOCKED": gettext_lazy(
        "You qualified for leave for the same condition in the last 12 months, so you are not tested again."
    ),
    "WINDOW_OK": gettext_lazy("This policy gives leave from %(dates)s, and all of yours is within that time."),
    "WINDOW_PARTIAL": gettext_lazy(
        "This policy gives leave from %(dates)s, and only part of yours is within that time."
    ),
    "WINDOW_FAIL": gettext_lazy("This policy gives leave from %(dates)s, and none of yours is within that time."),
    "WINDOW_UNKNOWN": gettext_lazy("We do not know yet from which date this policy gives leave."),
    "INTERMITTENT_AGREED": gettext_lazy("Your agency agrees that you take this leave now and then."),
    "INTERMITTENT_AGREEMENT_UNKNOWN": gettext_lazy(
        "Your agency has to agree that you take this leave now and then, and we do not have its answer yet."
    ),
    "INTERMITTENT_REFUSED": gettext_lazy("Your agency does not agree that you take this leave now and then."),
}
# Of what is not known yet, who is asked for it; the longest beginning of a code that stands here.
ASKED: dict[str, Any] = {
    "MONTHS_": gettext_lazy("Your specialist asks your agency."),
    "SERVICE_": gettext_lazy("Your specialist asks your agency."),
    "DAYS_": gettext_lazy("Your specialist asks your agency."),
    "HOURS_": gettext_lazy("Your specialist asks your agency how many hours you worked."),
    "WORKSITE_": gettext_lazy("Your specialist asks your agency."),
    "PROBATION_": gettext_lazy("Your specialist asks your agency."),
    "INTERMITTENT_": gettext_lazy("Your specialist asks your agency."),
    "WINDOW_": gettext_lazy("Your specialist asks you for the date."),
    "FACT_": gettext_lazy("Your specialist asks for it."),
    "FACT_PFML_FINANCIALLY_ELIGIBLE_": gettext_lazy(
        "If the department has written to you, tell your specialist what it decided."
    ),
    "FACT_STD_ENROLLED_": gettext_lazy("Your specialist asks the plan whether you are enrolled."),
    "FACT_CATASTROPHIC_APPROVED_": gettext_lazy("Your specialist asks your agency for its decision."),
    "FACT_NAMED_IN_SICK_BANK_ACT_": gettext_lazy("If an act names you, tell your specialist which one."),
    "FACT_OTHER_PAID_LEAVE_EXHAUSTED_": gettext_lazy(
        "Your specialist asks your agency how much paid leave you have left."
    ),
}
# Tests that say nothing of why somebody is away. Others, and tests yet to come, may tell a date or a condition.
OF_THE_JOB = ("MONTHS_", "SERVICE_", "DAYS_", "HOURS_", "WORKSITE_", "PROBATION_", "FULL_TIME_")
NOTE_TO_ADMINISTRATORS = re.compile(r"\s*\(configure[^)]*\)")  # “plan document (configure)” in a policy's row
NUMBER = re.compile(r"(?<=_)\d+")


def words_key(code: str) -> str:
    """Under which key of TESTS the words of a test’s code stand. Raises KeyError for a code without words."""
    key = NUMBER.sub("#", code, count=1) if not code.startswith("FACT_") else code
    if key not in TESTS and code.startswith("FACT_"):
        key = f"FACT_{code.rpartition('_')[2]}"
    TESTS[key]
    return key


def explained(finding: Finding) -> str:
    """One test of a policy and how it came out. Raises KeyError for a code without words."""
    number = NUMBER.search(finding.code)
    values = {
        "n": number.group() if number else "",
        "date": long_date(finding.holds_from) if finding.holds_from else "",
        "known": _length(finding.observed),
        "needed": _length(finding.required),
        "dates": _dates(finding.observed, finding.required),
    }
    return str(TESTS[words_key(finding.code)]) % values


def asked(finding: Finding) -> str:
    """Who is asked for what is not known."""
    known = [start for start in ASKED if finding.code.startswith(start)]
    return str(ASKED[max(known, key=len)])


def tells_why(finding: Finding) -> bool:
    """Whether its words may say something of the child, the relative, or the condition."""
    return not finding.code.startswith(OF_THE_JOB)


def cited(sentence: str, law: str) -> str:
    """With where the rule stands, where that is known; without the row's notes to those who set it up."""
    law = NOTE_TO_ADMINISTRATORS.sub("", law)
    return _("%(sentence)s Source: %(law)s.") % {"sentence": sentence, "law": law} if law else sentence


def _length(value: Any) -> str:
    return duration(value) if type(value) is int else ""


def _dates(first: Any, last: Any) -> str:
    """Of a window; no other test has dates for both what is known and what is needed."""
    try:
        return date_range(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    except (TypeError, ValueError):
        return ""
