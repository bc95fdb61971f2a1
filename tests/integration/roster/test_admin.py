"""The roster in the administration: found and read, not edited; lists cost the same for one row and for many."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registration.models import AgencyService
from tests.factories.accounts import sign_in
from tests.factories.people import make_agency, make_employee


@pytest.fixture
def admin(client, db):
    return sign_in(client, get_user_model().objects.create_superuser("root"))


def queries(client, path):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("model", ["employee", "agency", "secretariat", "liaison"])
def test_lists_cost_the_same_for_one_row_and_for_thirty(admin, model):
    make_employee(supervisor=make_employee())
    path = f"/admin/registration/{model}/"
    queries(admin, path)
    one = queries(admin, path)
    for _ in range(30):
        make_employee(supervisor=make_employee())
    assert queries(admin, path) <= one
    assert one <= 20


@pytest.mark.parametrize("words", ["{number}", "Okaf"])
def test_people_are_found_by_number_and_name(admin, words):
    wanted = make_employee(first_name="Ada", last_name="Okafor")
    make_employee(first_name="Björn", last_name="Núñez")
    page = admin.get("/admin/registration/employee/", {"q": words.format(number=wanted.employee_number)})
    assert list(page.context["cl"].queryset) == [wanted]


def test_people_are_read_only(admin):
    employee = make_employee()
    path = f"/admin/registration/employee/{employee.pk}/change/"
    page = admin.get(path)
    assert page.status_code == 200
    assert employee.last_name in page.content.decode()
    assert admin.post(path, {"last_name": "Changed"}).status_code == 403
    assert admin.get("/admin/registration/employee/add/").status_code == 403
    assert admin.post(f"/admin/registration/employee/{employee.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_service_s_dates_are_kept_with_the_agency(admin):
    agency = make_agency(services=("leave",))
    service = agency.services.get()
    form = {
        "secretariat": agency.secretariat_id,
        "code": agency.code,
        "name": agency.name,
        "call_out_en": "Call",
        "call_out_es": "Llame",
        "tells_next_level": "on",
        "services-TOTAL_FORMS": 1,
        "services-INITIAL_FORMS": 1,
        "services-0-id": service.pk,
        "services-0-agency": agency.pk,
        "services-0-service": "leave",
        "services-0-starts_on": "2026-01-04",
        "services-0-ends_on": "",
    }
    answer = admin.post(f"/admin/registration/agency/{agency.pk}/change/", form)
    assert answer.status_code == 302, answer.context["errors"]
    assert AgencyService.objects.get().starts_on.isoformat() == "2026-01-04"
