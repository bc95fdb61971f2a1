"""Kinds of papers, kept by administrators."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from documents.models import Document, DocumentRequest, DocumentType


@admin.register(DocumentType)
class DocumentTypeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """One that papers have is switched off rather than removed. The code stays: pages and rules know a type by it."""

    list_display = ("name_en", "name_es", "position", "operators_own", "active")
    list_filter = ("active",)
    search_fields = ("name_en", "name_es")

    def get_readonly_fields(self, request: HttpRequest, obj: DocumentType | None = None) -> tuple[str, ...]:
        return ("code",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: DocumentType | None = None) -> bool:
        """Only of a type that nothing has, and never several at once."""
        return obj is not None and not _is_used(obj) and super().has_delete_permission(request, obj)


def _is_used(kind: DocumentType) -> bool:
    return Document.objects.filter(type=kind).exists() or DocumentRequest.objects.filter(type=kind).exists()
