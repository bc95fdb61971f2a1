"""Addresses of log-in help, for staff."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
