"""One letter to one mail server, with the distinction Django's back end does not make: before DATA or after."""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.utils import DNS_NAME

from portal.lib.sending import Accepted, ChannelRefused, NotSent, Refused, SendingError, Uncertain

CONNECT_SECONDS, REPLY_SECONDS = 3, 7
TAKEN_SECONDS = 30  # the reply to the words: servers look for viruses first, and giving up means sending it twice

LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)  # is doubled on the way (RFC 5321, 4.5.2)


def send(letter: EmailMessage, *, before_data: Callable[[], None]) -> Accepted:
    """`before_data` is called when the server is ready for the words; what it raises ends the attempt.

    Raises what `portal.lib.sending` names.
    """
    content = letter.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django adds it
    with _server() as server:
        _address(server, letter.from_email, letter.to[0])
        before_data()
        _hand_over(server, content)
    return Accepted()


@contextlib.contextmanager
def _server() -> Iterator[smtplib.SMTP]:
    """Connected, encrypted and logged in as the settings say."""
    server = None
    try:
        server = _connected()
        _prepare(server)
        yield server
        with contextlib.suppress(OSError, smtplib.SMTPException):
            server.putcmd("quit")  # nobody waits for the goodbye: what counts has been said
    except smtplib.SMTPNotSupportedError as error:
        raise ChannelRefused("no_starttls") from error
    except smtplib.SMTPAuthenticationError as error:
        raise _ending(error.smtp_code, lasting=ChannelRefused) from error
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent("unreachable") from error
    finally:
        if server:
            server.close()


def _connected() -> smtplib.SMTP:
    address, name = (settings.EMAIL_HOST, settings.EMAIL_PORT), DNS_NAME.get_fqdn()
    if settings.EMAIL_USE_SSL:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(*address, local_hostname=name, timeout=CONNECT_SECONDS, context=context)
    return smtplib.SMTP(*address, local_hostname=name, timeout=CONNECT_SECONDS)


def _prepare(server: smtplib.SMTP) -> None:
    if server.sock:
        server.sock.settimeout(REPLY_SECONDS)
    server.ehlo_or_helo_if_needed()
    if settings.EMAIL_USE_TLS:
        server.starttls(context=ssl.create_default_context())
    if settings.EMAIL_HOST_USER:
        server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)


def _address(server: smtplib.SMTP, sender: str, recipient: str) -> None:
    code, _ = server.mail(sender)
    if code != 250:
        raise _ending(code, lasting=ChannelRefused)  # nobody's letter will be taken from this sender
    try:
        code, _ = server.rcpt(recipient)
    except UnicodeEncodeError as error:
        raise Refused("address") from error
    if code not in (250, 251):
        raise _ending(code, lasting=Refused)


def _hand_over(server: smtplib.SMTP, content: bytes) -> None:
    """Uncertain from the first word on; `smtplib.SMTP.data` would wait for both replies equally long."""
    code, _ = server.docmd("data")
    if code != 354:
        raise _ending(code, lasting=Refused)
    if server.sock:
        server.sock.settimeout(TAKEN_SECONDS)
    try:
        server.send(LEADING_DOT.sub(b"..", content.removesuffix(b"\r\n")) + b"\r\n.\r\n")
        code, _ = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise Uncertain("no_answer") from error
    if code != 250:
        raise _ending(code, lasting=Refused)


def _ending(code: int, *, lasting: type[SendingError]) -> SendingError:
    """A reply of 400 to 499 is a "not now" (RFC 5321, 4.2.1)."""
    return NotSent(str(code)) if 400 <= code < 500 else lasting(str(code))
