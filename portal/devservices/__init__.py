"""Real PostgreSQL and Valkey for the demo and the tests, from wheels: no apt, no root, no Docker."""

from portal.devservices.postgres import Postgres
from portal.devservices.temporary import temporary_services
from portal.devservices.valkey import Valkey

__all__ = ["Postgres", "Valkey", "temporary_services"]
