from django.urls import include, path, re_path

from cases.models.case import Case
from documents.views import adding, listing, opening, removing

app_name = "documents"
UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
OF_CASE = rf"^cases/(?P<number>{Case.NUMBER})/documents/"
OF_PAPER = rf"{OF_CASE}(?P<document>{UUID})/"
urlpatterns = [
    path("documents/", listing.papers, name="all"),
    path("staff/documents/", include("documents.staff.urls")),
    re_path(rf"{OF_CASE}add/$", adding.kind, name="add"),
    re_path(rf"{OF_CASE}add/(?P<type_id>[0-9]{{1,9}})/$", adding.first_file, name="file"),
    re_path(rf"{OF_PAPER}$", listing.paper, name="paper"),
    re_path(rf"{OF_PAPER}add/$", adding.another_file, name="another"),
    re_path(rf"{OF_PAPER}remove/$", removing.remove, name="remove"),
    re_path(rf"{OF_PAPER}(?P<file>{UUID})/$", opening.download, name="download"),
]
