"""Where a rule stands that is the same in every policy that uses it. A row's own `authority` covers all others."""

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

AGREEMENT = "29 CFR 825.120(b); 458 CMR 2.13(1)(a)"
WEEK_FRACTION = "29 CFR 825.205(b)"
