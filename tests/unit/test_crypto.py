"""Sealed columns: they open only in their own row, and never leave it in the clear."""

import uuid

import pytest
from django.db import connection

from portal.lib import crypto
from registration.models import AccountEvent

pytestmark = pytest.mark.django_db


def make(**fields):
    return AccountEvent.objects.create(kind="code", channel="sms", recipient="+16175550132", **fields)


def stored(row):
    with connection.cursor() as cursor:
        cursor.execute("SELECT recipient FROM registration_accountevent WHERE id = %s", [row.pk])
        return bytes(cursor.fetchone()[0])


def test_round_trip_keeps_any_json_value():
    row = make(payload={"code": "459139", "names": ["Núñez"]})
    again = AccountEvent.objects.get(pk=row.pk)
    assert (again.recipient, again.payload) == ("+16175550132", {"code": "459139", "names": ["Núñez"]})


def test_the_table_holds_no_plain_text():
    assert b"6175550132" not in stored(make())


def test_a_blob_moved_to_another_row_does_not_open():
    blob = stored(make())
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(blob, bound_to=f"registration_accountevent.recipient|{uuid.uuid4()}")


def test_a_new_first_key_still_opens_what_the_old_one_sealed(settings):
    row = make()
    settings.PORTAL_DATA_KEYS = ["bmV3IGtleSBuZXcga2V5IG5ldyBrZXkgbmV3IGtleSE=", *settings.PORTAL_DATA_KEYS]
    assert AccountEvent.objects.get(pk=row.pk).recipient == "+16175550132"


def test_saving_again_without_reading_keeps_the_blob():
    row = make()
    before = stored(row)
    again = AccountEvent.objects.get(pk=row.pk)
    again.kind = "account_created"
    again.save()
    assert stored(row) == before
    assert AccountEvent.objects.get(pk=row.pk).recipient == "+16175550132"


def test_update_and_filter_are_refused():
    make()
    with pytest.raises(TypeError, match="encrypted"):
        AccountEvent.objects.update(recipient="+16175550133")
    with pytest.raises(TypeError, match="encrypted"):
        AccountEvent.objects.get(recipient="+16175550132")


@pytest.mark.parametrize("count", [1, 10, 100, 1000])
def test_what_is_long_is_kept_short_and_comes_back_equal(count):
    payload = {"days": [{"date": "2023-01-12", "minutes": "480", "note": "Núñez x"}] * count}
    row = make(payload=payload)
    assert AccountEvent.objects.get(pk=row.pk).payload == payload
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload FROM registration_accountevent WHERE id = %s", [row.pk])
        assert len(bytes(cursor.fetchone()[0])) < 1100


def test_what_was_long_before_it_was_compressed_still_opens():
    row = make()
    plain = ('["' + "x" * 5000 + '"]').encode()
    sealed = crypto.seal(plain, bound_to=f"registration_accountevent.payload|{row.pk}")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registration_accountevent SET payload = %s WHERE id = %s", [sealed, row.pk])
    assert AccountEvent.objects.get(pk=row.pk).payload == ["x" * 5000]
