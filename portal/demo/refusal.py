class Refused(Exception):
    """The demo cannot start. The message is one sentence for the person at the terminal."""
