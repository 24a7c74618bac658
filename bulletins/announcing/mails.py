"""One side of a bulletin as a mail to a list: its text, whole, as it reads at this moment.

Nobody's name but the collective's, nothing that is fetched when the mail is read (a picture would
tell its server who reads, and when), every address whole.
"""

from __future__ import annotations

import re
from email.utils import formataddr, parseaddr
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from bulletins.announcing.plain import Notes, plain, underlined, wrapped
from bulletins.models import Bulletin, Kind
from core import html, languages, typography
from pages.models import Identity
from translations import embeds
from translations.references import References
from translations.registry import column

# What a mailbox shows of a subject, generously; the whole title stands in the mail.
SUBJECT_LENGTH = 150
_PICTURE = re.compile(r'<img src="([^"]*)">')
_BLANK_LINES = re.compile(r"\n{3,}")
# A line break in a header would begin another one. Not every space: some hold a line together.
_CONTROLS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")


def message(bulletin: Bulletin, language: str, to: str) -> EmailMultiAlternatives:
    """The mail that gives the side of `bulletin` in `language` to the list at `to`."""
    identity = Identity.current()
    with translation.override(language), identity.clocks():
        context = _context(bulletin, language, identity)
        text = render_to_string("mail/announcement.txt", context)
        mail = EmailMultiAlternatives(
            subject=_subject(context["text"].title, bulletin),
            body=_BLANK_LINES.sub("\n\n", text).strip() + "\n",
            from_email=_sender(context["site"].name),
            to=[to],
            reply_to=[identity.email] if identity.email else None,
            # No Auto-Submitted: Sympa drops whatever has it without a word (its parameter
            # reject_mail_from_automates_feature is on unless somebody turns it off). Nor would it
            # be true: a person has ticked a box and published.
            headers={
                "Message-ID": message_id(bulletin, language),
                "Content-Language": language,
                "Archived-At": f"<{context['url']}>",
            },
        )
        mail.attach_alternative(render_to_string("mail/announcement.html", context), "text/html")
    return mail


def message_id(bulletin: Bulletin, language: str) -> str:
    """The same each time this side is sent: list software then knows a second copy for what it is
    (RFC 5322, 3.6.4)."""
    return f"<{bulletin.uid}.{language}@{urlsplit(settings.SITE_URL).hostname}>"


def _subject(title: str, bulletin: Bulletin) -> str:
    title = _in_one_line(title)
    if bulletin.kind == Kind.CALLOUT and bulletin.cancelled:
        title = _("Cancelled: %(title)s") % {"title": title}
    return Truncator(title).chars(SUBJECT_LENGTH)


def _sender(name: str) -> str:
    """The site's own mailbox, under the collective's name and nobody else's."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((_in_one_line(name), address))


def _in_one_line(text: str) -> str:
    return _CONTROLS.sub(" ", text).strip()


def _context(bulletin: Bulletin, language: str, identity: Identity) -> dict:
    text, site = bulletin.side(language), identity.side(language)
    page = settings.SITE_URL + text.url
    texts = _Texts(bulletin, language, page)
    body = texts.html(getattr(bulletin, column("body", language)))
    notes = Notes()
    return {
        "text": text,
        "site": site,
        "url": page,
        "date": date_format(timezone.localtime(bulletin.published_at), _("j F Y")),
        "heading": underlined(text.title),
        "summary": wrapped(text.summary) if text.summary else "",
        "body": body,
        "body_plain": plain(body, notes),
        "entries": [_entry(read, texts, notes) for read in bulletin.questions(language)],
        "event": _event(bulletin, text),
        "others": _others(bulletin, language),
        "notes": list(enumerate((a.removeprefix("mailto:") for a in notes.addresses), 1)),
    }


def _entry(text, texts: _Texts, notes: Notes) -> dict:
    answer = texts.html(getattr(text.document, column("answer", text.lang)), text.lang)
    question = f"{text.question} ({text.language_name})" if text.is_fallback else text.question
    return {
        "text": text,
        "question": question,
        "heading": underlined(question, "-"),
        "answer": answer,
        "answer_plain": plain(answer, notes),
    }


def _others(bulletin: Bulletin, language: str) -> list[dict]:
    """Where this can be read in another language."""
    return [
        {
            "lang": code,
            "name": languages.native_name(code),
            "url": settings.SITE_URL + bulletin.address(code),
        }
        for code in bulletin.sides()
        if code != language
    ]


def _event(bulletin: Bulletin, text) -> dict | None:
    """When and where, in words; None for what has neither."""
    if bulletin.kind != Kind.CALLOUT:
        return None
    start, end = bulletin.local_start, bulletin.local_end
    if not (start or text.place or bulletin.cancelled):
        return None
    times = [_times(start, end, bulletin.zone_label)] if start else []
    times += [_times(clock.start, clock.end, clock.zone) for clock in bulletin.elsewhere]
    return {
        "cancelled": bulletin.cancelled,
        "is_over": bulletin.when == "past",
        "times": times,
        "place": text.place,
    }


def _times(start, end, zone: str) -> str:
    """When it is by one zone’s clocks: “Thursday 26 November 2026, 17:20–19:20 Paris time”."""
    began = f"{date_format(start, _('l j F Y'))}, {date_format(start, _('H:i'))}"
    if not end:
        return f"{began} {zone}"
    day = "" if start.date() == end.date() else f"{date_format(end, _('l j F Y'))}, "
    return f"{began}–{day}{date_format(end, _('H:i'))} {zone}"


class _Texts:
    """The texts of one bulletin, as a mail in one language shows them."""

    def __init__(self, bulletin: Bulletin, language: str, page: str):
        self.language, self.page = language, page
        self.references = References(language)
        self.figures = {
            str(figure.picture_id): figure
            for figure in bulletin.figures.all()
            if figure.may_be_shown
        }

    def html(self, stored: str | None, language: str = "") -> SafeString:
        """Canonical HTML with whole addresses, and with words in place of its pictures."""
        shown = self.references.show(stored or "")
        shown = html.rewrite_links(shown, lambda href: urljoin(self.page, href))
        shown = _PICTURE.sub(self._in_words, shown)
        # Canonical HTML: sanitised on every save, whoever saved it.
        return mark_safe(typography.typeset_html(shown, language or self.language))

    def _in_words(self, match: re.Match[str]) -> str:
        """What a picture shows, for those who do not get it; nothing where it only decorates."""
        reference = embeds.REFERENCE.fullmatch(unescape(match[1]))
        figure = self.figures.get(reference["pk"]) if reference else None
        words = figure.side(self.language) if figure and not figure.is_decoration else None
        if not words or not words.alt:
            return ""
        if words.lang == self.language:
            return format_html("<p>[{}: {}]</p>", _("Picture"), words.alt)
        return format_html(
            '<p>[{}: <span lang="{}" dir="{}">{}</span>]</p>',
            *(_("Picture"), words.lang, words.dir, words.alt),
        )
