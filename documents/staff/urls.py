"""Addresses of the documents desk, for staff."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from cases.models.case import Case
from documents.staff.views import asking, attaching, clearance, opening, papers, queue, reviewing

UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
OF_CASE = rf"^cases/(?P<number>{Case.NUMBER})/"
OF_PAPER = rf"{OF_CASE}(?P<document>{UUID})/"
urlpatterns: list[URLPattern] = [
    path("", queue.queue, name="staff_queue"),
    path("clearance/", clearance.find, name="staff_clearance_find"),
    re_path(rf"{OF_CASE}clearance/$", clearance.clearance, name="staff_clearance"),
    re_path(rf"{OF_CASE}$", papers.papers, name="staff_papers"),
    re_path(rf"{OF_CASE}ask/$", asking.ask, name="staff_ask"),
    re_path(rf"{OF_CASE}asked/(?P<asked>{UUID})/withdraw/$", asking.withdraw, name="staff_withdraw"),
    re_path(rf"{OF_CASE}attach/$", attaching.attach, name="staff_attach"),
    re_path(rf"{OF_PAPER}accept/$", reviewing.accept, name="staff_accept"),
    re_path(rf"{OF_PAPER}again/$", reviewing.again, name="staff_again"),
    re_path(rf"{OF_PAPER}(?P<file>{UUID})/$", opening.open_paper, name="staff_open"),
]
