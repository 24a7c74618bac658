"""A posted cell meets the stored one: written, left alone, or laid beside it. Never lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

from rapidfuzz import fuzz

from translations import parts
from translations.checks import markup
from translations.desk import cells, mending
from translations.desk.merging import Shown
from translations.desk.opened import Opened, Place
from translations.desk.posted import PostedRow
from translations.desk.rows import Other, Row, new_key

# Of one person's two texts for one cell, the later takes the earlier one's place if it went on from
# there (0 to 100); if not, they wrote two.
WENT_ON = 50


@dataclass(frozen=True)
class Received:
    """What became of a posted row: the key it has now, the part it is in, and whether somebody
    else's text stood there already (then `was` is still what the browser knew).

    `refused` says, to a person, why nothing of it was kept: words would have been lost.
    """

    key: str
    part: str
    was: str
    conflict: bool = False
    refused: str = ""


class Receiver:
    """Takes the rows of one save, one after the other, into an opened side.

    `as_shown` gives the text that a page showed for a row, so that an untouched cell is known at
    once; `changed` says whether anything was written.
    """

    def __init__(
        self, opened: Opened, *, by: str, at: str, as_shown: Callable[[Place, Shown], str]
    ):
        self.opened = opened
        self.by, self.at = by, at
        self.as_shown = as_shown
        self.changed = False
        self.posted_keys: set[str] = set()
        self.last: dict[str, str] = {}  # part → the key of the last row that came

    def take(self, posted: list[PostedRow]) -> dict[str, Received]:
        """Posted key → what became of it. Raises ValueError for a part that no document has."""
        self.posted_keys = {row.key for row in posted}
        places = [self.opened.place(row.part) for row in posted]
        found = {}
        for row, place in zip(posted, places, strict=True):
            received = self._take_one(place, row)
            self.last[place.key] = received.key
            found[row.key] = received
        return found

    def _take_one(self, place: Place, posted: PostedRow) -> Received:
        shown = self._match(place, posted)
        if shown is None:
            return self._unknown(place, posted)
        if shown.picture:
            return self._take_picture(place, shown, posted)
        if posted.omit == shown.row.omitted and _plain(posted.text) == self.as_shown(place, shown):
            return Received(shown.key, place.key, shown.row.mark)
        text = place.stored(posted.text, shown.path)
        if place.is_rich and (lost := _lost(posted.text, text)):
            return Received(shown.key, place.key, posted.was, refused=lost)
        return self._meet(place, shown, posted, text)

    def _meet(self, place: Place, shown: Shown, posted: PostedRow, text: str) -> Received:
        row = shown.row
        new = replace(row, omitted=posted.omit).with_text(text)
        if new.mark == row.mark:
            return Received(row.key, place.key, row.mark)
        if new.mark == posted.was:
            # Untouched, and somebody else has written there since: this browser has not seen it.
            return Received(row.key, place.key, posted.was)
        if row.text and row.mark != posted.was:
            return self._conflict(place, shown, posted, text)
        if new.omitted:
            # Left out on purpose: what stood there steps aside.
            new = self._beside(new.with_text(""), text, posted.was)
        return self._write(place, shown, new, posted)

    def _take_picture(self, place: Place, shown: Shown, posted: PostedRow) -> Received:
        """Of a picture a page says nothing but whether it is left out."""
        row = shown.row
        known = {
            replace(row, omitted=posted.omit).with_text(text).mark
            for text in ("", row.text, cells.of_picture(shown.picture).text)
        }
        if posted.omit == row.omitted or posted.was in known:
            return Received(row.key, place.key, row.mark)
        rows, stands = self.opened.rows.get(place.key, []), self.opened.shown(place.key)
        self._put(place, mending.leave_out(rows, stands, shown.key, posted.omit))
        stands = self.opened.shown(place.key)
        now = next((each.row for each in stands if each.key == row.key), row)
        return Received(now.key, place.key, now.mark)

    def _match(self, place: Place, posted: PostedRow) -> Shown | None:
        rows = self.opened.shown(place.key)
        by_key = next((each for each in rows if each.key == posted.key), None)
        if by_key or not posted.seen:
            return by_key
        free = [each for each in rows if each.key not in self.posted_keys]
        for source in (lambda each: each.seen, lambda each: parts.kept(each.row.source)):
            for each in free:
                if source(each) == posted.seen:
                    return each
        return None

    def _write(self, place: Place, shown: Shown, new: Row, posted: PostedRow) -> Received:
        if new != shown.row:
            rows, stands = self.opened.rows.get(place.key, []), self.opened.shown(place.key)
            seen = parts.given(posted.seen) or None
            row = replace(new, source=shown.confirmed(seen).source, unsure=False)
            self._put(place, mending.put(rows, stands, shown, row))
        return Received(new.key, place.key, new.mark)

    def _conflict(self, place: Place, shown: Shown, posted: PostedRow, text: str) -> Received:
        row = self._beside(shown.row, text, posted.was)
        if row != shown.row:
            rows, stands = self.opened.rows.get(place.key, []), self.opened.shown(place.key)
            self._put(place, mending.put(rows, stands, shown, row))
        return Received(row.key, place.key, posted.was, conflict=True)

    def _beside(self, row: Row, text: str, was: str) -> Row:
        """The row with `text` among what others wrote, in the place of what it goes on from."""
        if not text or text in (row.text, *(other.text for other in row.others)):
            return row
        kept = tuple(other for other in row.others if not self._goes_on(other, text, was))
        return replace(row, others=(*kept, Other(self.by, self.at, text, was)))

    def _goes_on(self, other: Other, text: str, was: str) -> bool:
        return (other.by, other.was) == (self.by, was) and fuzz.ratio(other.text, text) >= WENT_ON

    def _unknown(self, place: Place, posted: PostedRow) -> Received:
        """A row that is no longer there: joined, split or dismissed by somebody, or published."""
        path = posted.seen[0][0] if posted.seen else "p"
        text = place.stored(posted.text, path)
        if place.is_rich and _lost(posted.text, text):
            # There is no row to give it back in: every letter of it is kept, as it was typed.
            text = place.stored(escape(posted.text, quote=False), path)
        untouched = replace(Row(posted.key), omitted=posted.omit).with_text(text)
        if not text or untouched.mark == posted.was:
            return Received(posted.key, place.key, posted.was)
        shown = self.opened.shown(place.key)
        if shown and not place.is_rich:
            # A plain text has one row; both its texts are shown there.
            return self._meet(place, shown[0], posted, text)
        row = self._new_row(place, posted, text)
        self._put(place, self._insert(place, row, posted))
        return Received(row.key, place.key, row.mark)

    def _new_row(self, place: Place, posted: PostedRow, text: str) -> Row:
        rows = self.opened.rows.get(place.key, [])
        said = {segment.digest for row in rows for segment in row.source}
        seen = tuple(parts.given(posted.seen))
        source = () if any(segment.digest in said for segment in seen) else seen
        row = Row("", source).with_text(text)
        taken = {each.key for each in [*rows, *self.opened.shown(place.key)]}
        return replace(row, key=new_key(place.key, row, taken))

    def _insert(self, place: Place, row: Row, posted: PostedRow) -> list[Row]:
        """At its place: behind the row that says what it saw, or behind the one posted before."""
        rows = self.opened.rows.get(place.key, [])
        seen = {segment.digest for segment in parts.given(posted.seen)}
        behind = self.last.get(place.key)
        for number, each in enumerate(rows, 1):
            if each.key == behind or seen & {segment.digest for segment in each.source}:
                return [*rows[:number], row, *rows[number:]]
        return [*rows, row]

    def _put(self, place: Place, rows: list[Row]):
        self.opened.put(place, rows)
        self.changed = True


def _lost(typed: str, text: str) -> str:
    return markup.words_lost(typed, text) if "<" in typed else ""


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
