"""What a browser is called in its owner's list."""

import pytest
from django.utils import translation

from registration.browser_names import label_of, shown

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "label"),
    [
        (f"Mozilla/5.0 (Linux; Android 10; K) {WEBKIT} Chrome/131.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/131.0 Safari/537.36 Edg/131.0", "Edge on Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14.7; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Mac"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {WEBKIT} Chrome/131.0.0.0 Safari/537.36", "Chrome on ChromeOS"),
        ("Mozilla/5.0 (X11; Linux x86_64) Something/1", "Linux"),
        ("curl/8", ""),
        ("", ""),
        ("Chrome/" + "9" * 10_000, "Chrome"),
    ],
)
def test_browser_and_system(user_agent, label):
    assert label_of(user_agent) == label


def test_a_label_is_shown_in_the_readers_language():
    assert shown("Chrome on Android") == "Chrome on Android"
    assert shown("") == "A browser we do not know"
    assert shown("Linux") == "Linux"
    with translation.override("es"):
        assert "Chrome" in shown("Chrome on Android")
