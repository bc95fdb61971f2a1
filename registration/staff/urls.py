"""Addresses of log-in help, for staff."""

from __future__ import annotations

from django.urls import URLPattern, path

from registration.staff.views import help, limits, people

urlpatterns: list[URLPattern] = [
    path("", people.find, name="staff_find"),
    path("limits/", limits.limits, name="staff_limits"),
    path("<uuid:employee>/check/", people.check, name="staff_check"),
    path("<uuid:employee>/", help.person, name="staff_person"),
    path("<uuid:employee>/clear/", help.clear, name="staff_clear"),
    path("<uuid:employee>/<str:action>/", help.act, name="staff_act"),
]
