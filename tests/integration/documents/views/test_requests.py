"""Requests and the papers sent for them: which of them counts, and when it is asked for again."""

import pytest

from cases.models.case import Case, CaseEvent, Task
from documents import asking, reviewing
from documents.models import DocumentRequest
from documents.pipeline import check
from portal.lib import clock
from tests.factories import hostile_files as files
from tests.integration.documents.staff.desk import at_desk, in_days, kind, staff, url
from tests.integration.documents.views.desk import desk, nothing_kept, words

__all__ = ["desk"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scanner")]


def ask(case, days=7):
    return asking.ask(case=case, kind=kind(), due_on=in_days(days), by=staff(), now=clock.now())


def ask_again(file, days=5):
    reviewing.ask_again(document=file.document, why="blurry", due_on=in_days(days), by=staff(), now=clock.now())


def awaited():
    return list(DocumentRequest.objects.awaited().values_list("due_on", flat=True))


def turns():
    """Of the employee."""
    return Task.objects.filter(kind=Task.Kind.SEND_DOCUMENT, closed_at=None).count()


def ended(case, status):
    Case.objects.filter(pk=case.pk).update(status=status)


def remove(desk, file):
    return desk.client.post(desk.paper_page(file, "remove"))


class TestWithdrawn:
    def test_what_comes_after_does_not_revive_it(self, desk):
        asked = ask(desk.case)
        file = desk.sent()
        assert asking.withdraw(request=asked, now=clock.now())
        check(file.pk)
        remove(desk, file)
        asked.refresh_from_db()
        assert asked.withdrawn_at
        assert (asked.met_by, awaited(), turns()) == (None, [], 0)

    def test_a_new_copy_is_a_request_of_its_own(self, desk):
        asked = ask(desk.case)
        file = desk.sent()
        asking.withdraw(request=asked, now=clock.now())
        check(file.pk)
        ask_again(file)
        asked.refresh_from_db()
        assert asked.withdrawn_at
        assert (awaited(), turns()) == ([in_days(5)], 1)


class TestTwoPapersForOneRequest:
    @pytest.fixture
    def asked(self, desk):
        return ask(desk.case)

    @pytest.fixture
    def sent(self, desk, asked):
        both = [desk.sent(files.pdf(pages)) for pages in (1, 2)]
        for file in both:
            check(file.pk)
        return both

    def test_the_other_counts_when_one_is_removed(self, desk, asked, sent):
        remove(desk, sent[0])
        asked.refresh_from_db()
        assert (asked.met_by_id, awaited(), turns()) == (sent[1].document_id, [], 0)

    def test_without_both_it_is_wanted_again(self, desk, asked, sent):
        for file in sent:
            remove(desk, file)
        assert (awaited(), turns()) == ([in_days(7)], 1)


def test_a_new_copy_is_asked_for_once_where_it_was_asked_for_meanwhile(desk):
    ask(desk.case)
    file = desk.checked()
    ask(desk.case, 9)
    ask_again(file)
    assert (awaited(), turns()) == ([in_days(5)], 1)


@pytest.mark.parametrize("status", ["denied", "closed", "cancelled"])
class TestEnded:
    def test_no_new_copy_is_asked_for(self, desk, status):
        file = desk.checked()
        ended(desk.case, status)
        with pytest.raises(asking.Ended):
            ask_again(file)
        given = {"why": "blurry", "due_on": in_days(7).strftime("%m/%d/%Y")}
        answer = at_desk().post(url("again", desk.case, document=str(file.document_id)), given, follow=True)
        assert "This case has ended. Nothing was asked for." in words(answer)
        assert (DocumentRequest.objects.count(), turns()) == (0, 0)
        assert not CaseEvent.objects.filter(kind="document_again").exists()

    def test_what_is_removed_is_nobodys_turn(self, desk, status):
        ask(desk.case)
        file = desk.checked()
        ended(desk.case, status)
        remove(desk, file)
        assert (awaited(), turns()) == ([], 0)


def test_a_cancelled_case_takes_no_papers_and_says_so(desk):
    ended(desk.case, "cancelled")
    answer = desk.upload(files.pdf())
    assert answer.status_code == 422
    assert "This case was cancelled, so you cannot add documents to it" in words(answer)
    assert nothing_kept(desk)


@pytest.mark.parametrize("status", ["denied", "closed"])
def test_papers_for_an_appeal_are_taken(desk, status):
    ended(desk.case, status)
    assert desk.upload(files.pdf()).status_code == 302
