import pytest

from tests.factories.people import make_agency, make_secretariat


@pytest.fixture
def dph(db):
    return make_agency(code="DPH", secretariat=make_secretariat(code="EOHHS"))
