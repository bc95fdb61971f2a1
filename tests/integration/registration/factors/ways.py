"""Passing the second step, as a browser does."""

from __future__ import annotations

from django.urls import reverse

from registration.models import AccountEvent
from tests.factories.accounts import PASSWORD


def url(name, **arguments):
    return reverse(f"registration:{name}", kwargs=arguments)


def give_password(client, username="mgarcia", password=PASSWORD):
    return client.post(url("login"), {"username": username, "password": password})


def is_in(client):
    return client.get(reverse("home:home")).status_code == 200


def log_out(client):
    client.post(url("logout"))


def told(kind):
    """The payloads of what was told, one an address."""

    return [event.payload for event in AccountEvent.objects.filter(kind=kind).order_by("created_at")]
