"""What a bulletin says of itself to machines: an article, an event, or questions and answers."""

from __future__ import annotations

from bulletins.models import Kind
from core import html
from pages.structured import collective, work
from translations.registry import column

STATUS = "https://schema.org/EventScheduled", "https://schema.org/EventCancelled"


def of(request, text, entries) -> dict:
    """The schema.org data of one side, with the entries that its page shows."""
    bulletin, description = text.document, str(text.summary or text.excerpt)
    # An event is at some time: a call-out that goes on is an article.
    if bulletin.kind == Kind.CALLOUT and bulletin.starts_at:
        return _event(request, text, description)
    if bulletin.kind == Kind.FAQ and entries:
        page = work(request, "FAQPage", text, description)
        return page | {"mainEntity": [_question(page["url"], entry) for entry in entries]}
    return work(request, "Article", text, description)


def _event(request, text, description: str) -> dict:
    bulletin, place = text.document, str(text.place)
    page = work(request, "WebPage", text, "")
    return {
        "@context": page.pop("@context"),
        "@type": "Event",
        "name": text.title,
        "description": description,
        "url": page["url"],
        "inLanguage": text.lang,
        "startDate": _moment(bulletin.local_start),
        "endDate": bulletin.local_end and _moment(bulletin.local_end),
        "eventStatus": STATUS[bulletin.cancelled],
        "location": {"@type": "Place", "name": place, "address": place} if place else {},
        "organizer": collective(request),
        # An event itself has no licence, no author and no date of publication.
        "mainEntityOfPage": page,
    }


def _moment(moment) -> str:
    """With the difference to UTC where it takes place (ISO 8601)."""
    return moment.isoformat(timespec="minutes")


def _question(page: str, entry) -> dict:
    answer = getattr(entry.document, column("answer", entry.lang))
    return {
        "@type": "Question",
        "name": entry.question,
        "url": f"{page}#{entry.anchor}",
        "inLanguage": entry.lang,
        "acceptedAnswer": {
            "@type": "Answer",
            "text": html.plain_text(answer),
            "inLanguage": entry.lang,
        },
    }
