"""News for the next page waits in the session, where nobody who reads the database can read it."""

import base64

import pytest
from django.contrib.messages import constants, get_messages
from django.contrib.messages.storage.base import Message
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from portal.lib.news import SealedNews

WORDS = "We added “Xqzreason.”"


def request_of(session):
    request = RequestFactory().get("/")
    request.session = session
    request._messages = SealedNews(request)
    return request


@pytest.fixture
def session(db):
    """A session that was told something and stored."""
    session = SessionStore()
    request = request_of(session)
    request._messages.add(constants.SUCCESS, WORDS)
    request._messages.update(None)
    session.save()
    return SessionStore(session.session_key)


def test_the_next_page_reads_it_once(session):
    request = request_of(session)
    assert list(get_messages(request)) == [Message(constants.SUCCESS, WORDS)]
    request._messages.update(None)
    assert list(get_messages(request_of(session))) == []


def test_the_session_holds_none_of_its_words(session):
    (stored,) = session.load().values()
    assert "Xqz" not in stored
    assert b"Xqz" not in base64.b64decode(stored)


@pytest.mark.parametrize("left", ['[["__json_message",0,25,"Old"]]', "AAAA", "é"])
def test_what_no_key_opens_is_dropped(db, left):
    session = SessionStore()
    session[SealedNews.session_key] = left
    assert list(get_messages(request_of(session))) == []
