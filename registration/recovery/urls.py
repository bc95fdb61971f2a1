"""Addresses of what somebody opens who cannot log in."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
