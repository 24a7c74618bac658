"""What the form of a bulletin says about its mails, in words."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bulletins.announcing import queue
from bulletins.announcing.models import Announcement, State, Why
from core import languages
from translations import news


def hint(bulletin) -> SafeString:
    """Beside the box: where it goes, what has become of it so far, and what stands in the way."""
    rows = list(bulletin.announcements.order_by("language")) if bulletin and bulletin.pk else []
    lists = queue.lists()
    lines = [_("Once, when readers get it: each side to the list of its language.")]
    lines.append(_goes_to(lists) if lists else _no_list())
    if lists and (reason := what_is_missing()):
        lines.append(reason)
    lines += [standing(row, lists) for row in rows]
    if any(row.state == State.SENT for row in rows):
        lines.append(
            _("What was sent is not sent again. To correct it, publish a bulletin that says so.")
        )
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines))


def standing(row: Announcement, lists: dict[str, str]) -> SafeString:
    """A row of the log in one line, with the way to it: “English: Sent, 3 May 2026, 17:20”."""
    state = row.get_state_display()
    if row.state == State.QUEUED and row.language not in lists:
        state = Why.NO_LIST.label
    elif row.state == State.SENT and row.sent_at:
        state = f"{state}, {date_format(timezone.localtime(row.sent_at), 'DATETIME_FORMAT')}"
    elif row.error and row.state != State.QUEUED:
        state = f"{state}. {row.get_error_display()}"
    address = reverse("admin:bulletins_announcement_change", args=[row.pk])
    name = languages.native_name(row.language)
    return format_html('<a href="{}">{}</a>: {}', address, name, state)


def what_is_missing() -> str:
    """Why no mail can go out from this site, "" where it can."""
    if news.is_possible():
        return ""
    if not settings.SITE_URL:
        return _("No mail goes out yet: the site has no public address (SITE_URL).")
    return _("No mail goes out yet: the site has no mail server (EMAIL_URL).")


def newly_queued(rows: list[Announcement]) -> tuple[str, bool]:
    """What to say after rows were queued, and whether it is a warning."""
    lists = queue.lists()
    wanted = {row.language for row in rows}
    addresses = [address for language, address in lists.items() if language in wanted]
    if not addresses:
        return _no_list(), True
    if reason := what_is_missing():
        return reason, True
    if min(row.next_try_at for row in rows) > timezone.now():
        message = ngettext(
            "When readers get it, it goes out to %(count)d mailing list: %(addresses)s",
            "When readers get it, it goes out to %(count)d mailing lists: %(addresses)s",
            len(addresses),
        )
    else:
        message = ngettext(
            "It goes out to %(count)d mailing list within minutes: %(addresses)s",
            "It goes out to %(count)d mailing lists within minutes: %(addresses)s",
            len(addresses),
        )
    return message % {"count": len(addresses), "addresses": ", ".join(addresses)}, False


def _goes_to(lists: dict[str, str]) -> str:
    return _("It goes to: %(addresses)s") % {"addresses": ", ".join(lists.values())}


def _no_list() -> str:
    return _("It goes nowhere yet: no mailing list is set up. An administrator can add one.")
