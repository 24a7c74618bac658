"""Sides as bulletins and pages: made, or added to one that is here already.

Everything here is called inside the transaction of one document.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bulletins.models import Bulletin, ImportedPost
from bulletins.wordpress import figures, polylang, redirects, sides
from bulletins.wordpress.categories import Topics, kind_of
from bulletins.wordpress.ledger import Imported, Ledger, Remark, language_name
from bulletins.wordpress.sides import Side
from bulletins.wordpress.wxr import Post
from core import slugs
from pages.models import Page
from translations import addresses, rules
from translations.registry import column


def model_of(post: Post):
    """What a post becomes here: a bulletin, or a page."""
    return Page if post.kind == "page" else Bulletin


@dataclass
class Writer:
    """Writes the documents of one import. `written` tells which sides of which document."""

    site: str
    now: datetime
    links: redirects.OldLinks
    topics: Topics
    ledger: Ledger
    written: list[tuple[Bulletin | Page, Side]] = field(default_factory=list)

    def create(self, new: list[Side]):
        """A document of those sides that may stand together; the oldest is its source."""
        chosen, left = sides.choose(new, self.now)
        for side, reason in left:
            self.ledger.leave_out(side.post, reason)
        first = polylang.source(polylang.Group({side.language: side.post for side in chosen}))
        chosen.sort(key=lambda side: side.post is not first)
        document = model_of(first)(
            source_language=chosen[0].language,
            published_at=sides.published_at(chosen, self.now),
        )
        is_bulletin = isinstance(document, Bulletin)
        if is_bulletin:
            document.kind = kind_of(chosen)
            document.pinned = any(side.post.sticky for side in chosen)
        for side in chosen:
            self._fill(document, side)
        document.save()
        if is_bulletin:
            document.topics.add(*self.topics.of(chosen))
        figures.attach(document, chosen, self.ledger)
        for side in chosen:
            self._settle(document, side)
        self.ledger.imported.append(
            Imported(
                model=document._meta.model_name,
                title=chosen[0].title,
                languages=tuple(side.language for side in chosen),
                state=_publicity(document),
            )
        )

    def add(self, model, pk: int, side: Side):
        """Add a side that came later to the document that its other side became."""
        document = model.objects.select_for_update().get(pk=pk)
        if reason := self._reason_against(document, side):
            self.ledger.leave_out(side.post, reason)
            return
        self._fill(document, side)
        document.save()
        figures.attach(document, [side], self.ledger)
        self._settle(document, side)
        name = language_name(side.language)
        self.ledger.added.append(Remark(side.post.id, side.title, f"its text in {name}"))
        if side.at and not document.is_committed:
            self.ledger.note(side.post, "Its other side is a draft here, and so it is not public.")

    def _reason_against(self, document, side: Side) -> str | None:
        """What keeps `side` from being added to a document that is here already."""
        begun = document.side_rows.filter(language=side.language, has_draft=True).exists()
        if begun or not rules.is_empty(document, side.language):
            return "This side has been written here in the meantime."
        if document.is_committed and side.at is None:
            return sides.NOT_BESIDE_PUBLIC
        if document.is_committed and side.at > max(self.now, document.published_at):
            return sides.too_early(side)
        return None

    def _fill(self, document, side: Side):
        body, _found = self.links.resolve(side.body)
        texts = {"title": side.title, "body": body}
        if isinstance(document, Bulletin):
            texts["summary"] = side.summary
        # Where the old address is free, it stays; else one is made from the title.
        slug = slugs.propose(side.post.slug)
        if slug and not addresses.taken(document, slug):
            texts["slug"] = slug
        for name, text in texts.items():
            setattr(document, column(name, side.language), text)

    def _settle(self, document, side: Side):
        """What follows once the document is written: where it comes from, and what to tell."""
        post = side.post
        row = ImportedPost(site=self.site, post_id=post.id, language=side.language)
        setattr(row, "page" if isinstance(document, Page) else "bulletin", document)
        row.save()
        if side.at:
            redirects.keep(document, post, side.language, self.site, self.ledger)
        self.written.append((document, side))
        for note in side.notes:
            self.ledger.note(post, note)
        wanted = slugs.propose(post.slug)
        slug = getattr(document, column("slug", side.language))
        if wanted and slug != wanted:
            self.ledger.note(
                post, f"Its address “{wanted}” belongs to another text; it stands at “{slug}” now."
            )
        comments = "1 comment" if post.comments == 1 else f"{post.comments} comments"
        self.ledger.could_not_carry(post, [*side.losses, *([comments] if post.comments else [])])


def _publicity(document) -> str:
    if document.is_live:
        return "live"
    return "scheduled" if document.is_committed else "draft"
