"""Who is looked up when nobody was found: the same questions go to the database, and find nothing."""

from registration.models import User


def nobody() -> User:
    """An account with the id no row has. Never saved."""
    return User(pk=0)
