"""What cannot be worked out: it stops nothing else, staff hear of it, and the person whose leave it is."""

import datetime as dt

import pytest
from django.urls import reverse

from cases.models.case import Case, Task
from cases.models.determination import Determination
from cases.models.policy import Policy
from cases.policy import engine
from cases.services.determine import determine_case
from registration.models import WorkSchedule
from tests.factories.people import log_in
from tests.factories.records import NOW, account_of, approve, make_eligible, open_leave_case

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(days=1)
BEHIND = "We have not worked this out yet for your newest time."


def spoil(code, **changes):
    """A row that no administrator could save."""
    policy = Policy.objects.get(code=code)
    policy.row = {**policy.row, **changes}
    policy.save()


def unreadable(code):
    spoil(code, unit="fortnights")


@pytest.fixture
def breaks(monkeypatch):
    """Rules that break on a policy although it can be read."""
    broken = set()
    proposal = engine._proposal

    def breaking(policy, *rest):
        if policy.code in broken:
            raise OverflowError
        return proposal(policy, *rest)

    monkeypatch.setattr(engine, "_proposal", breaking)
    return broken


def found(case):
    return set(Determination.objects.current().filter(case=case).values_list("policy__code", flat=True))


def failed(case):
    return Task.objects.filter(case=case, kind="determination_failed", closed_at=None)


@pytest.fixture(params=["unreadable", "breaks"])
def spoiled(request, breaks):
    """Called, it mends the policy."""
    if request.param == "unreadable":
        unreadable("CBA_FML")
        return lambda: spoil("CBA_FML", unit="weeks")
    breaks.add("CBA_FML")
    return breaks.clear


class TestOneBadPolicy:
    def test_does_not_stop_the_others(self, spoiled):
        assert found(open_leave_case(make_eligible())) == {"FMLA", "PFML_MED", "EST", "SLB", "STD1"}

    def test_stops_those_that_cover_only_what_it_leaves(self, spoiled):
        case = open_leave_case(make_eligible())
        assert "CAT" not in found(case)
        assert any(" CAT " in task.key for task in failed(case))

    def test_is_one_task_however_often_it_is_met(self, spoiled):
        case = open_leave_case(make_eligible())
        determine_case(case, now=LATER)
        assert sorted(task.key.split()[2] for task in failed(case)) == ["CAT", "CBA_FML"]

    def test_says_so_in_the_log(self, spoiled, caplog):
        open_leave_case(make_eligible())
        told = [record.msg for record in caplog.records if record.name == "portal.determine"]
        assert [entry["code"] for entry in told] == ["CBA_FML"]

    def test_that_does_not_speak_to_the_leave_is_no_work(self, breaks):
        breaks.add("RED_FML")
        case = open_leave_case(make_eligible())
        assert not failed(case).exists()

    def test_keeps_what_was_decided(self):
        case = open_leave_case(make_eligible())
        approve(case, "CBA_FML")
        unreadable("CBA_FML")
        determine_case(case, now=LATER)
        assert Determination.objects.current().get(case=case, policy__code="CBA_FML").status == "approved"

    def test_is_closed_when_it_is_mended(self, spoiled):
        case = open_leave_case(make_eligible())
        spoiled()
        determine_case(case, now=LATER)
        assert not failed(case).exists()
        assert "CBA_FML" in found(case)

    def test_is_opened_again_when_it_breaks_again(self, spoiled):
        case = open_leave_case(make_eligible())
        spoiled()
        determine_case(case, now=NOW + dt.timedelta(minutes=1))
        unreadable("CBA_FML")
        determine_case(case, now=NOW + dt.timedelta(minutes=2))
        assert failed(case).filter(key__contains=" CBA_FML ").count() == 1


class TestNothingCanBeWorkedOut:
    @pytest.fixture
    def case(self):
        """Whose schedule the rules can no longer read."""
        case = open_leave_case(make_eligible())
        WorkSchedule.objects.create(employee=case.employee, starts_on=dt.date(2020, 1, 5), pattern={"minutes": []})
        determine_case(Case.objects.get(pk=case.pk), now=LATER)
        return case

    def test_the_person_is_told_while_it_is_so(self, client, case):
        log_in(client, account_of(case.employee))
        page = reverse("cases:case", args=[case.number])
        assert BEHIND in client.get(page).content.decode()
        WorkSchedule.objects.all().delete()
        determine_case(Case.objects.get(pk=case.pk), now=LATER)
        assert BEHIND not in client.get(page).content.decode()

    def test_it_is_one_task(self, case):
        assert failed(case).get().key.startswith(f"determination {case.pk} all ")
