import pytest
from django.utils import translation

from documents.models import DocumentType

pytestmark = pytest.mark.django_db


def test_the_nine_of_the_guide_in_its_order():
    assert [kind.name for kind in DocumentType.objects.filter(active=True)] == [
        "Accommodation Request Form",
        "Authorization Form",
        "Medical Authorization Packet ADA",
        "Medical Certification",
        "Medical Record",
        "Miscellaneous Court Paper",
        "RTW Note",
        "Miscellaneous Document",
        "Proof of Birth",
    ]


def test_only_the_accommodation_form_is_the_administrators_own():
    assert [kind.code for kind in DocumentType.objects.filter(operators_own=True)] == ["accommodation"]


def test_in_the_readers_language():
    certification = DocumentType.objects.get(code="certification")
    with translation.override("es"):
        assert (certification.name, certification.hint) == (
            "Certificación médica",
            "El formulario que llena su proveedor",
        )
