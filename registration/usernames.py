"""When two usernames are the same."""

import unicodedata


def username_key(username: str) -> str:
    """The form in which usernames are compared and unique: NFKC, case folded, trimmed."""
    return unicodedata.normalize("NFKC", username.strip()).casefold()
