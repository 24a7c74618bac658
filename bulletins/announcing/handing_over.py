"""A mail given to the mail server, and what it said."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from typing import NamedTuple

from django.core import mail

from bulletins.announcing.models import State, Why

TIMEOUT = 30


class Outcome(NamedTuple):
    """What became of a try. `again`: surely not sent, and worth another try."""

    state: State
    why: str = ""
    again: bool = False


SENT = Outcome(State.SENT)


def hand_over(message: mail.EmailMultiAlternatives) -> Outcome:
    """Give a mail to the mail server, and say what became of it. Raises nothing that a network or
    a server can do."""
    connection = mail.get_connection(timeout=TIMEOUT)
    try:
        connection.open()
    except smtplib.SMTPAuthenticationError:
        return Outcome(State.FAILED, Why.LOGIN, again=True)
    except (OSError, ValueError):  # a name of a host may be no name at all
        return Outcome(State.FAILED, Why.UNREACHABLE, again=True)
    try:
        return _over(connection, message)
    finally:
        # What goes wrong after the answer changes nothing about it.
        with suppress(OSError):
            connection.close()


def _over(connection, message: mail.EmailMultiAlternatives) -> Outcome:
    is_begun = _watched(connection)
    try:
        sent = connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(min(code for code, _words in error.recipients.values()))
    except smtplib.SMTPResponseException as error:
        return _refused(error.smtp_code)
    except (ValueError, smtplib.SMTPNotSupportedError):
        return Outcome(State.FAILED, Why.FAULTY)
    except OSError:
        if is_begun():
            return Outcome(State.UNSURE, Why.CUT_OFF)
        return Outcome(State.FAILED, Why.LOST, again=True)
    return SENT if sent else Outcome(State.FAILED, Why.LATER, again=True)


def _watched(connection):
    """Tells afterwards whether the text of a mail was begun to be handed over. Until then a server
    has taken nothing; of what is no SMTP, nobody knows."""
    smtp = getattr(connection, "connection", None)
    if not isinstance(smtp, smtplib.SMTP):
        return lambda: True
    begun, data = [], smtp.data

    def noting(text):
        begun.append(True)
        return data(text)

    smtp.data = noting
    return lambda: bool(begun)


def _refused(code: int) -> Outcome:
    """By the first digit of the reply (RFC 5321, 4.2.1)."""
    if 500 <= code < 600:
        return Outcome(State.FAILED, Why.REFUSED)
    if 400 <= code < 500:
        return Outcome(State.FAILED, Why.LATER, again=True)
    # No reply that means anything: it may have taken the mail.
    return Outcome(State.UNSURE, Why.CUT_OFF)
