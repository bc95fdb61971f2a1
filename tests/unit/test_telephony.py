"""What Twilio's refusals mean: for one message, or for all of them."""

import pytest
from twilio.base.exceptions import TwilioRestException

from portal.lib import telephony
from portal.lib.sending import ChannelRefused, Refused, Uncertain, UnknownThere


def refusal(status, code):
    return TwilioRestException(status, "/Messages.json", code=code)


@pytest.mark.parametrize(
    ("status", "code", "ending", "said"),
    [
        (401, 20003, ChannelRefused, "20003"),
        (401, None, ChannelRefused, "http_401"),
        (403, 20003, ChannelRefused, "20003"),
        (403, 20005, ChannelRefused, "20005"),
        (400, 21606, ChannelRefused, "21606"),
        (404, 20404, ChannelRefused, "20404"),  # there is no such account
        (403, 21408, Refused, "21408"),  # no permission for this country
        (403, 21610, Refused, "21610"),  # this person said STOP
        (403, None, Refused, "http_403"),
        (400, 21211, Refused, "21211"),
        (503, 20503, Uncertain, "http_503"),
    ],
)
def test_what_a_refused_message_means(status, code, ending, said):
    found = telephony._ending(refusal(status, code))
    assert (type(found), found.code) == (ending, said)


@pytest.mark.parametrize(
    ("status", "code", "ending"), [(404, 20404, UnknownThere), (401, 20003, ChannelRefused), (500, None, Uncertain)]
)
def test_what_a_refused_question_means(status, code, ending):
    assert type(telephony._ending_of_a_look(refusal(status, code))) is ending
