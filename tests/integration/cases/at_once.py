"""The same deed from several connections at the same moment."""

import threading

from django.db import connection


def at_once(count, deed):
    """Runs `deed` in `count` threads released together; each one's answer or exception."""
    gate, answers = threading.Barrier(count), []

    def run():
        try:
            gate.wait(timeout=10)
            answers.append(deed())
        except Exception as error:  # the verdict is the test's
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers
