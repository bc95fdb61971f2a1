"""Where a rule stands that is the same in every policy that uses it. A row's own `authority` covers all others.

How time is measured and charged stands in one body of law for policies of that law; a contract that measures the same
way does so by its own text.
"""

TESTS = {
    "months_employed": "29 CFR 825.110(b)",
    "hours_12mo": "29 CFR 825.110(a)(2), (c)",
    "worksite": "29 CFR 825.108(d), 825.110(a)(3)",
    "eligibility_lock": "29 CFR 825.110(d), 825.300(b)(1)",
}

METHODS = {
    "rolling_backward": "29 CFR 825.200(b)(4), (c)",
    "calendar": "29 CFR 825.200(b)(1)",
    "fixed": "29 CFR 825.200(b)(2)",
    "anniversary": "29 CFR 825.200(b)(2)",
    "rolling_forward": "29 CFR 825.200(b)(3)",
    "benefit_year": "458 CMR 2.02",
    "single_12_month": "29 CFR 825.127(e)(1)",
    "single_12_month_combined": "29 CFR 825.127(e)(3)",
}

WINDOWS = {
    "exigency": "29 CFR 825.126(b)",
}

NOTES = {
    "HOLIDAY_CHARGED": "29 CFR 825.200(h)",
    "HOLIDAY_NOT_CHARGED": "29 CFR 825.200(h)",
    "CLOSURE_CHARGED": "29 CFR 825.200(h); WHD Opinion Letter FMLA2026-1",
    "CLOSURE_NOT_CHARGED": "29 CFR 825.200(h); WHD Opinion Letter FMLA2026-1",
    "CLOSURE_WEEK_NOT_COUNTED": "29 CFR 825.200(h)",
    "MANDATORY_OT_CHARGED": "29 CFR 825.205(c)",
    "VOLUNTARY_OT_NOT_CHARGED": "29 CFR 825.205(c)",
    "NOT_SCHEDULED": "29 CFR 825.205(b)",
    "ROUNDED_DOWN": "29 CFR 825.205(a)(1)",
    "SINGLE_PERIOD_ENDED": "29 CFR 825.127(e)(1)",
    "NEW_PERIOD_DURING_LEAVE": "458 CMR 2.02; 29 CFR 825.200(b)(3)",
}

BODIES = {  # how citations of a body of law begin, and what a policy's own authority says when it rests on it
    "29 CFR 825": ("29 CFR 825", "29 U.S.C. 26"),
    "WHD ": ("29 CFR 825", "29 U.S.C. 26"),
    "458 CMR": ("458 CMR 2", "c.175M"),
}

AGREEMENT = "29 CFR 825.120(b); 458 CMR 2.13(1)(a)"


def cited_by(authority: str, law: str) -> str:
    """Of `law` (citations parted by semicolons) what a policy with this authority rests on, else the authority."""
    return "; ".join(part for part in law.split("; ") if _rests_on(authority, part)) or authority


def _rests_on(authority: str, citation: str) -> bool:
    named = (names for start, names in BODIES.items() if citation.startswith(start))
    return any(name in authority for names in named for name in names)
