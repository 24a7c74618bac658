"""What is said of a bulletin's mails: in its form, after a save, in the log. In one way for all."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from bulletins.announcing import queue
from bulletins.announcing.models import Announcement, State
from core import languages
from translations import news


def hint(bulletin, person) -> SafeString:
    """Beside the box: for each language where it goes, or what has become of it; and what stands in
    the way of all."""
    rows = bulletin.announcements.order_by("language") if bulletin and bulletin.pk else []
    known = {row.language: row for row in rows}
    lists = queue.lists()
    public = languages.public()
    codes = [*public, *(code for code in known if code not in public)]
    lines = [_("Once, when readers get it: each side to the list of its language.")]
    lines += [_line(code, known.get(code), lists) for code in codes]
    if len(lists) < len(public):
        lines.append(_an_administrator())
    if reason := what_is_missing(person):
        lines.append(reason)
    if any(row.state == State.SENT for row in known.values()):
        lines.append(
            _("What was sent is not sent again. To correct it, publish a bulletin that says so.")
        )
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines))


def without_list(row: Announcement, has_list: bool) -> str:
    """What is said of a row without a list, then or now; "" for any other."""
    if row.had_no_list and has_list:
        # Translators: follows the name of a language.
        return _("there was no list, it was not sent")
    return "" if has_list or not (row.had_no_list or row.state == State.QUEUED) else _no_list()


def newly_queued(rows: list[Announcement], person) -> tuple[str, bool]:
    """What to say after rows were queued, or had no list, and whether it is a warning."""
    lists = queue.lists()
    reason = what_is_missing(person)
    # In the order of menus, as in the form.
    rows = sorted(rows, key=lambda row: [*languages.codes(), row.language].index(row.language))
    lines = [_of(row.language, _plan(row, lists, bool(reason))) for row in rows]
    told = [". ".join(lines) + "."]
    lacks = any(without_list(row, row.language in lists) for row in rows)
    if lacks:
        told.append(_an_administrator())
    if reason:
        told.append(reason)
    return " ".join(told), lacks or bool(reason)


def needs_list(language: str) -> str:
    """Why it cannot be sent after all."""
    return f"{_of(language, _no_list())}. {_an_administrator()}"


def what_is_missing(person) -> str:
    """Why no mail can go out from this site, "" where it can. Who may set up lists is told the
    names of the settings."""
    missing = news.missing_settings()
    if not missing:
        return ""
    if not person.has_perm("bulletins.change_mailinglist"):
        return _("This site cannot send mail yet. Ask whoever runs it.")
    # Translators: in brackets stand names of settings, as SITE_URL.
    message = _("This site cannot send mail yet. Ask whoever runs it (%(names)s).")
    return message % {"names": ", ".join(missing)}


def _line(code: str, row: Announcement | None, lists: dict[str, str]) -> SafeString:
    """One language in one line, with the way to its row of the log."""
    name = capfirst(languages.name(code))
    if row is None:
        return _of(code, _goes_to(lists[code]) if code in lists else _no_list())
    address = reverse("admin:bulletins_announcement_change", args=[row.pk])
    link = format_html('<a href="{}">{}</a>', address, name)
    return format_html(_said(), language=link, what=_standing(row, lists))


def _standing(row: Announcement, lists: dict[str, str]) -> str:
    if said := without_list(row, row.language in lists):
        return said
    state = row.get_state_display()
    if row.state == State.QUEUED:
        # Translators: follows the name of a language.
        return _("waiting to be sent to %(address)s") % {"address": lists[row.language]}
    if row.state == State.SENT and row.sent_at:
        return f"{state}, {date_format(timezone.localtime(row.sent_at), 'DATETIME_FORMAT')}"
    return f"{state}. {row.get_error_display()}" if row.error else state


def _plan(row: Announcement, lists: dict[str, str], is_impossible: bool) -> str:
    """Where a row that has just been queued goes, and when."""
    if said := without_list(row, row.language in lists):
        return said
    address = {"address": lists[row.language]}
    if is_impossible:
        return _goes_to(lists[row.language])
    if row.next_try_at > timezone.now():
        # Translators: follows the name of a language.
        return _("goes to %(address)s when readers get it") % address
    # Translators: follows the name of a language.
    return _("goes to %(address)s within minutes") % address


def _of(code: str, what: str) -> str:
    return _said().format(language=capfirst(languages.name(code)), what=what)


def _said() -> str:
    # Translators: a language, and what becomes of the side in it: “English: no list, …”.
    return _("{language}: {what}")


def _goes_to(address: str) -> str:
    # Translators: follows the name of a language.
    return _("goes to %(address)s") % {"address": address}


def _no_list() -> str:
    # Translators: follows the name of a language, which has no mailing list.
    return _("no list, it is not sent")


def _an_administrator() -> str:
    return _("An administrator can add a list.")
