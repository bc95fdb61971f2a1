"""A page that is sent after its session has ended: what was typed waits for its author."""

import datetime as dt
import re
import time

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from absences import made
from absences.models import Draft
from cases.models.case import Case
from registration.models import Employee
from tests.factories.accounts import sign_in
from tests.factories.people import log_in, make_employee, make_user
from tests.integration.absences.reporting import words

pytestmark = pytest.mark.django_db
KEPT = "You were logged out. We kept what you typed. Check it and continue."


def token_of(page):
    return re.search(r'name="_made" value="([^"]+)"', page.content.decode())[1]


def sent(report, step, name="step", *, by=None, made_by=None, **typed):
    """The page's form as its tab sends it, token and all; `by`: the browser, `made_by`: another token."""
    token = made_by or token_of(report.get(step, name))
    fields = {"_version": report.draft.version, "_made": token, **typed}
    return (by or report.client).post(report.url(step, name), fields)


@pytest.fixture
def late(report):
    """Opens a page, ends the session, sends it."""

    def send(step, name="step", **typed):
        token = token_of(report.get(step, name))
        report.client.post(reverse("registration:logout"))
        return sent(report, step, name, made_by=token, **typed)

    return send


@pytest.fixture
def user(report):
    return report.employee.user


class TestKept:
    def test_it_leads_to_the_log_in_page_and_back_to_the_same_page(self, report, late):
        response = late("who", who="other", relationship="My aunt")
        assert response.status_code == 303
        assert response.url == f"{reverse('registration:login')}?next={report.url('who')}"
        assert report.draft.answers.keys() == {"type"}

    def test_its_author_finds_it_and_is_told_why(self, report, late, user):
        late("who", who="other", relationship="My aunt")
        page = sign_in(report.client, user).get(report.url("who"))
        assert KEPT in words(page)
        assert 'id="news" tabindex="-1" autofocus' in page.content.decode()
        assert 'value="My aunt"' in page.content.decode()
        assert "There is a problem" not in words(page)

    def test_it_is_said_until_the_page_is_answered(self, report, late, user):
        late("who", who="other", relationship="My aunt")
        sign_in(report.client, user)
        assert KEPT in words(report.get("who"))
        assert KEPT in words(report.get("who"))
        report.answer("who")
        assert KEPT not in words(report.get("who"))

    def test_after_half_an_hour_without_activity(self, report, user):
        sign_in(report.client, user)
        token = token_of(report.get("who"))
        session = report.client.session
        session["seen"] = int(time.time()) - 30 * 60
        session.save()
        sent(report, "who", made_by=token, who="other", relationship="My aunt")
        assert "We logged you out to keep your information safe" in words(report.client.get("/login/"))
        assert report.draft.unchecked["who"]["relationship"] == ["My aunt"]

    def test_words_that_would_not_pass(self, report, late, user):
        report.answer("who")
        late("date", day="other", date="4/31")
        page = sign_in(report.client, user).get(report.page("resume"), follow=True)
        assert 'value="4/31"' in page.content.decode()
        assert KEPT in words(page)

    def test_a_page_opened_to_change_an_answer(self, report, late, user):
        report.answer_all("2026-03-06")
        response = late("about", "change", reason="Flu")
        assert response.url.endswith(report.url("about", "change"))
        sign_in(report.client, user)
        assert report.submit().url == report.url("about")
        assert not Case.objects.exists()

    def test_save_and_finish_later_and_the_language_button_keep_it_too(self, report, late):
        late("who", who="other", relationship="My aunt", _save_later="1", _lang="es")
        assert report.draft.unchecked["who"]["relationship"] == ["My aunt"]

    def test_what_is_typed_does_not_enter_the_address_or_the_session(self, report, late):
        response = late("who", who="other", relationship="Xqzaunt")
        assert "Xqz" not in response.url
        assert "Xqz" not in str(dict(report.client.session))

    def test_an_answer_that_is_saved_already_is_no_news(self, report, late, user):
        report.answer("who")
        late("who", who="myself")
        assert report.draft.unchecked == {}

    def test_only_the_forms_own_fields_are_kept(self, report, late):
        late("who", who="child", date="1/1/2026", need="own_health", _why=["late"], csrfmiddlewaretoken="x")
        assert set(report.draft.unchecked["who"]) == {"who", "_why"}

    def test_sizes_are_bounded(self, report, late):
        late("who", who=["child"] * 500, relationship="x" * 100_000)
        kept = report.draft.unchecked["who"]
        assert len(kept["who"]) == 20
        assert len(kept["relationship"][0]) == 2000

    def test_a_huge_page_is_not_read(self, report, late):
        assert late("who", who="child", relationship="x" * 10_000_000).status_code == 400
        assert report.draft.unchecked == {}

    def test_the_summary_submits_nothing(self, report, user):
        report.answer_all("2026-03-06")
        report.client.post(reverse("registration:logout"))
        response = report.submit()
        assert response.url.endswith(f"?next={report.page('check')}")
        assert not Case.objects.exists()
        assert sign_in(report.client, user).get(report.page("check")).status_code == 200


class TestNobodyElse:
    def test_another_person_in_this_browser_sees_nothing(self, report, late):
        late("who", who="other", relationship="My aunt")
        stranger = sign_in(report.client, make_user(make_employee()))
        assert stranger.get(report.url("who")).status_code == 404
        assert "My aunt" not in stranger.get("/home/").content.decode()

    def test_another_person_signed_in_here_writes_nothing(self, report):
        token = token_of(report.get("who"))
        stranger = log_in(Client(), make_user(make_employee()))
        assert sent(report, "who", by=stranger, made_by=token, who="child").status_code == 404
        assert report.draft.unchecked == {}

    @pytest.mark.parametrize("token", ["", "x", "WyJ4Il0:1abcde:forged", "\x00", "é" * 50, "9" * 5000])
    def test_a_forged_token_leaves_nothing(self, report, token):
        response = sent(report, "who", by=Client(), made_by=token or "x", who="child")
        assert (response.status_code, report.draft.unchecked) == (303, {})

    def test_no_token_leaves_nothing(self, report):
        Client().post(report.url("who"), {"who": "child"})
        assert report.draft.unchecked == {}

    def test_a_token_signed_for_something_else_leaves_nothing(self, report, user):
        parts = [user.pk, str(report.id), "who", "", False]
        sent(report, "who", by=Client(), made_by=signing.dumps(parts, salt="another"), who="child")
        assert report.draft.unchecked == {}
        sent(report, "who", by=Client(), made_by=signing.dumps(parts, salt=made.SALT), who="child")
        assert report.draft.unchecked["who"]["who"] == ["child"]

    def test_a_token_of_another_question_or_draft_leaves_nothing(self, report, late):
        report.answer("who")
        token = token_of(report.get("date"))
        sent(report, "who", by=Client(), made_by=token, who="child")
        other = make_employee()
        theirs = Draft.objects.create(
            employee=other,
            journey="day_to_day",
            opened_by=make_user(other),
            answers=report.draft.answers,
            created_at=report.draft.created_at,
            updated_at=report.draft.updated_at,
            expires_at=report.draft.expires_at,
        )
        mine = token_of(report.get("who"))
        Client().post(report.url("who").replace(str(report.id), str(theirs.pk)), {"_made": mine, "who": "child"})
        theirs.refresh_from_db()
        assert (report.draft.unchecked, theirs.unchecked) == ({}, {})

    def test_a_token_older_than_a_draft_lives_leaves_nothing(self, report, late, monkeypatch):
        token = token_of(report.get("who"))
        later = time.time() + dt.timedelta(days=30, seconds=5).total_seconds()
        monkeypatch.setattr("django.core.signing.time.time", lambda: later)
        sent(report, "who", by=Client(), made_by=token, who="child")
        assert report.draft.unchecked == {}

    def test_opening_a_page_writes_nothing(self, report):
        token = token_of(report.get("who"))
        Client().get(report.url("who"), {"_made": token, "who": "child"})
        assert report.draft.unchecked == {}

    @pytest.mark.parametrize("without", ["submitted", "over", "left", "closed", "staff's"])
    def test_a_draft_that_cannot_be_answered_is_left_alone(self, report, civil, user, without):
        report.answer_all("2026-03-06")
        token = token_of(report.get("who"))
        if without == "submitted":
            report.submit()
        elif without == "over":
            civil(2026, 4, 6)
        elif without == "left":
            Employee.objects.filter(pk=report.employee.pk).update(status=Employee.Status.LEFT)
        elif without == "closed":
            user.is_active = False
            user.save()
        else:
            Draft.objects.update(channel=Case.Channel.PHONE)
        response = sent(report, "who", by=Client(), made_by=token, who="child")
        assert (response.status_code, report.draft.unchecked) == (303, {})


class TestLoggedInAgain:
    """Django renews the form tokens at every log-in: what another tab still shows no longer fits."""

    @pytest.fixture
    def strict(self, report, user):
        client = Client(enforce_csrf_checks=True)
        return sign_in(client, user)

    def test_the_same_person_is_back_on_the_page(self, report, strict):
        response = sent(report, "who", by=strict, made_by=token_of(report.get("who")), who="other", relationship="Aunt")
        assert (response.status_code, response.url) == (303, report.url("who"))
        page = strict.get(response.url)
        assert KEPT in words(page)
        assert 'value="Aunt"' in page.content.decode()

    def test_nobody_signed_in_goes_to_the_log_in_page(self, report):
        nobody = Client(enforce_csrf_checks=True)
        response = sent(report, "who", by=nobody, made_by=token_of(report.get("who")), who="child")
        assert response.url == f"/login/?next={report.url('who')}"
        assert report.draft.unchecked["who"]["who"] == ["child"]

    def test_another_person_sees_the_plain_page(self, report):
        stranger = sign_in(Client(enforce_csrf_checks=True), make_user(make_employee()))
        response = sent(report, "who", by=stranger, made_by=token_of(report.get("who")), who="child")
        assert response.status_code == 403
        assert "This page was open too long" in words(response)
        assert report.draft.unchecked == {}

    def test_without_a_token_nothing_is_kept(self, report, strict):
        response = strict.post(report.url("who"), {"who": "child"})
        assert (response.status_code, report.draft.unchecked) == (403, {})

    def test_other_forms_of_the_portal(self, report, strict):
        assert strict.post(report.page("check")).status_code == 403
        assert strict.post("/language/").status_code == 403
        assert strict.post("/nowhere/").status_code == 404
