"""From a post of the old site to a side of a document here, or to the reason why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.core.exceptions import ValidationError

from bulletins.wordpress.body import to_html
from bulletins.wordpress.images import Image, Pictures, Shown
from bulletins.wordpress.wxr import Post
from core import html, languages
from pictures.models import Place

_PUBLIC = ("publish", "future")
_DRAFT = ("draft", "pending")
_NEVER = {
    "private": "It is private.",
    "trash": "It is in the bin.",
    "auto-draft": "WordPress began it, and nobody wrote it.",
}
# Far enough from what Python can hold that no time zone leads over the edge.
_FIRST_YEAR, _LAST_YEAR = 1900, 9000
_TITLE_LENGTH = 60


class LeftOut(Exception):
    """Why a post does not come, in plain words."""


@dataclass(frozen=True, slots=True)
class Side:
    """A post as it will stand here. `at` is None for a draft; `body` is canonical HTML."""

    post: Post
    language: str
    title: str
    summary: str
    body: str
    at: datetime | None
    losses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    shown: tuple[Shown, ...] = ()


def refusal(post: Post) -> str | None:
    """Why this post must not come, whatever is in it; None for one that may."""
    if post.password:
        return "It is protected by a password."
    if post.status in (*_PUBLIC, *_DRAFT):
        return None
    return _NEVER.get(post.status, f"Its status “{post.status[:40]}” is not known here.")


def language_of(mark: str) -> str | None:
    """Our language for Polylang's mark (“fr”, “fr-be”, “fr_FR”), None where we have none."""
    mark = mark.lower().replace("_", "-")
    codes = {code.lower(): code for code in languages.codes()}
    return codes.get(mark) or codes.get(mark.split("-")[0])


def prepare(post: Post, language: str, model, pictures: Pictures | None = None) -> Side:
    """The side that `post` becomes as a `model` (Bulletin or Page), with its `pictures`.

    Raises LeftOut for a post without text and for a title that is too long.
    """
    title = _title(post, model)
    carried = to_html(post.body, pictures)
    body, shown = _with_lead(html.canonical(carried.html), carried.shown, post, pictures)
    at, notes = _moment(post), []
    if at is None and post.status in _PUBLIC:
        notes.append("It has no date. It came as a draft.")
    if not html.plain_text(body).strip():
        if not (title and shown):
            without = f" It had: {', '.join(carried.losses)}." if carried.losses else ""
            raise LeftOut(f"It has no text.{without}")
        # Nobody sees its pictures yet: it would be an empty page.
        at, notes = None, ["It has pictures and no text. It came as a draft."]
        body, shown = _in_text(body, shown)
    if not title:
        title = html.excerpt(body, _TITLE_LENGTH) or _cut(html.plain_text(body))
        notes.append(f"It had no title. It is called “{title}” now.")
    return Side(
        post=post,
        language=language,
        title=title,
        summary=html.plain_text(html.canonical(to_html(post.excerpt).html)),
        body=body,
        at=at,
        losses=carried.losses,
        notes=tuple(notes),
        shown=shown,
    )


def _with_lead(
    body: str, shown: tuple[Shown, ...], post: Post, pictures: Pictures | None
) -> tuple[str, tuple[Shown, ...]]:
    """With the picture that stands above the post. Where its text begins with it, too, once is
    enough."""
    lead = None
    if post.thumbnail and pictures:
        lead = pictures.take(Image(number=post.thumbnail), Place.LEAD)
    if lead is None:
        return body, shown
    return body.removeprefix(lead.html), (lead, *shown)


def _in_text(body: str, shown: tuple[Shown, ...]) -> tuple[str, tuple[Shown, ...]]:
    """A gallery that is all there is, as the text."""
    gallery = [one for one in shown if one.place == Place.GALLERY]
    placed = (replace(one, place=Place.TEXT) if one in gallery else one for one in shown)
    return body + "".join(dict.fromkeys(one.html for one in gallery)), tuple(placed)


def choose(sides: Iterable[Side], now: datetime) -> tuple[list[Side], list[tuple[Side, str]]]:
    """Which sides of one document come together, and which do not and why.

    A document has one date, so what was not public may not come beside what was: a draft waits
    until it is published there, and a scheduled side until its time has come.
    """
    due = [side for side in sides if side.at and side.at <= now]
    scheduled = [side for side in sides if side.at and side.at > now]
    drafts = [side for side in sides if not side.at]
    left: list[tuple[Side, str]] = []
    if due:
        left += [(side, too_early(side)) for side in scheduled]
    if due or scheduled:
        left += [(side, NOT_BESIDE_PUBLIC) for side in drafts]
    return due or scheduled or drafts, left


NOT_BESIDE_PUBLIC = (
    "It is a draft, and its other side is public. Publish it there and import again, or write it "
    "here."
)


def too_early(side: Side) -> str:
    return (
        f"It is to appear on {side.at:%Y-%m-%d %H:%M} UTC, and its other side is public before. "
        "Import again after that."
    )


def published_at(sides: list[Side], now: datetime) -> datetime | None:
    """The earlier date of a pair; the later one while both are to come, so that none is early."""
    dates = [side.at for side in sides if side.at]
    if not dates:
        return None
    return min(dates) if min(dates) <= now else max(dates)


def _moment(post: Post) -> datetime | None:
    if post.status not in _PUBLIC:
        return None
    # What is to appear has its time in its date alone; when it was last changed says nothing.
    dates = [post.published, post.modified] if post.status == "publish" else [post.published]
    return next(
        (d for d in dates if d and _FIRST_YEAR <= d.astimezone(UTC).year <= _LAST_YEAR), None
    )


def _title(post: Post, model) -> str | None:
    try:
        return model._meta.get_field("title").normalise(post.title)
    except ValidationError as error:
        raise LeftOut(f"Its title cannot be taken: {' '.join(error.messages)}") from error


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TITLE_LENGTH else f"{line[: _TITLE_LENGTH - 1]}…"
