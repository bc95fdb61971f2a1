"""Which days a policy reaches: windows, and the agency's agreement."""

import pytest

from tests.unit.policy.making import absences, ask, request, row, statuses


def event_window(**changes):
    return {"windows": [{"type": "event_months", "months": 12, "reasons": ["tide"], **changes}]}


def windowed(row_changes, asked):
    found = ask(asked, row(**row_changes))
    return found.eligibility, found.reasons, [s[:3] for s in statuses(found)]


@pytest.mark.parametrize(
    ("born", "reasons", "segments"),
    [
        ("2025-03-03", ("WINDOW_OK",), [("2025-03-03", "2025-03-07", "APPROVABLE")]),
        (
            "2025-03-04",
            ("WINDOW_PARTIAL",),
            [("2025-03-03", "2025-03-03", "OUT_OF_WINDOW"), ("2025-03-04", "2025-03-07", "APPROVABLE")],
        ),
        (
            "2025-03-07",
            ("WINDOW_PARTIAL",),
            [("2025-03-03", "2025-03-06", "OUT_OF_WINDOW"), ("2025-03-07", "2025-03-07", "APPROVABLE")],
        ),
        ("2025-03-08", ("WINDOW_FAIL",), [("2025-03-03", "2025-03-07", "INELIGIBLE")]),
        ("2024-03-08", ("WINDOW_OK",), [("2025-03-03", "2025-03-07", "APPROVABLE")]),
        (
            "2024-03-04",
            ("WINDOW_PARTIAL",),
            [("2025-03-03", "2025-03-03", "APPROVABLE"), ("2025-03-04", "2025-03-07", "OUT_OF_WINDOW")],
        ),
        ("2024-03-03", ("WINDOW_FAIL",), [("2025-03-03", "2025-03-07", "INELIGIBLE")]),
    ],
)
def test_the_year_after_a_birth(born, reasons, segments):
    asked = request(event={"id": "E", "type": "birth", "date": born})
    assert windowed(event_window(), asked)[1:] == (reasons, segments)


def test_a_window_says_from_when_to_when():
    asked = request(event={"id": "E", "type": "birth", "date": "2025-03-03"})
    (finding,) = ask(asked, row(**event_window())).findings
    assert (finding.observed, finding.required, finding.authority) == ("2025-03-03", "2026-03-02", "Tidewatch Act s.4")


def test_placements_may_be_prepared_where_the_row_says_so():
    asked = request(event={"id": "E", "type": "adoption", "date": "2025-06-01"})
    assert windowed(event_window(pre_event_ok=["adoption"]), asked)[1] == ("WINDOW_OK",)
    assert windowed(event_window(pre_event_ok=["foster"]), asked)[1] == ("WINDOW_FAIL",)


@pytest.mark.parametrize("event", [None, {"id": "E", "type": "birth"}])
def test_an_event_without_a_date_is_unknown(event):
    answer, reasons, segments = windowed(event_window(), request(event=event))
    (finding,) = ask(request(event=event), row(**event_window())).findings
    assert finding.observed is None is finding.required
    assert (answer, reasons) == ("PENDING_INFO", ("WINDOW_UNKNOWN",))
    assert segments == [("2025-03-03", "2025-03-07", "APPROVABLE")]


def test_a_window_for_another_reason_says_nothing():
    reasons = {"reasons": {"tide": ["self"], "ebb": ["self"]}}
    assert windowed({**event_window(reasons=["ebb"]), **reasons}, request())[1] == ()


SPANS = {"windows": [{"type": "exigency", "reasons": ["tide"], "spans": {"short": [0, 2], "after": [1, 3]}}]}


@pytest.mark.parametrize(
    ("exigency", "reasons", "last"),
    [
        ({"type": "short", "anchor": "2025-03-03"}, ("WINDOW_PARTIAL",), "2025-03-04"),
        ({"type": "after", "anchor": "2025-03-02"}, ("WINDOW_PARTIAL",), "2025-03-05"),
        ({"type": "else", "anchor": "2025-03-03"}, (), "2025-03-07"),
        ({"type": "short"}, ("WINDOW_UNKNOWN",), "2025-03-07"),
        (None, ("WINDOW_UNKNOWN",), "2025-03-07"),
        ({}, ("WINDOW_UNKNOWN",), "2025-03-07"),
    ],
)
def test_exigencies_last_so_many_days(exigency, reasons, last):
    _, found, segments = windowed(SPANS, request(exigency=exigency))
    assert found == reasons
    assert segments[0][1:] == (last, "APPROVABLE")


@pytest.mark.parametrize(
    ("agreed", "code", "answer"),
    [
        (True, "INTERMITTENT_AGREED", "ELIGIBLE"),
        (None, "INTERMITTENT_AGREEMENT_UNKNOWN", "PENDING_INFO"),
        (False, "INTERMITTENT_REFUSED", "NOT_ELIGIBLE"),
    ],
)
def test_some_leave_in_parts_needs_the_agencys_agreement(agreed, code, answer):
    needs = {"agreement_required_for": ["tide"]}
    asked = absences("2025-03-04", employer_agrees_intermittent=agreed)
    found = ask(asked, row(**needs))
    assert (found.eligibility, found.reasons) == (answer, (code,))
    assert [(f.observed, f.required) for f in found.findings] == [(agreed, True)]
    assert ask(asked).reasons == ()
    assert ask(request(employer_agrees_intermittent=agreed), row(**needs)).reasons == ()
