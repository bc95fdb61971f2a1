"""Addresses of the second step: asking for it, and proving it once more before a change."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
