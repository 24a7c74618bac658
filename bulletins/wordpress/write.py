"""From an export to bulletins and pages.

Each document is written in one transaction; one that fails is a line of the ledger. What was
imported before is left as it stands here, and what was deleted here does not come back.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from bulletins.models import Bulletin, ImportedPost
from bulletins.wordpress import polylang, redirects, sides
from bulletins.wordpress.album import Album
from bulletins.wordpress.categories import Topics
from bulletins.wordpress.documents import Writer, model_of
from bulletins.wordpress.ledger import Ledger, language_name
from bulletins.wordpress.polylang import Group
from bulletins.wordpress.sides import LeftOut, Side
from bulletins.wordpress.uploads import Uploads
from bulletins.wordpress.wxr import Export, NotAnExport, Post
from core import html
from pages.models import Page
from translations.acts import sources
from translations.registry import column

logger = logging.getLogger(__name__)


class LanguageNeeded(ValueError):
    """Some posts do not say in which language they are, and nobody else has."""


def import_export(
    export: Export,
    *,
    language: str | None = None,
    uploads: Uploads | None = None,
    dry_run: bool = False,
) -> Ledger:
    """Write what `export` holds and is not here yet; gives what was done, item by item.

    `language` is that of posts without a language mark. Pictures come from `uploads`; without, they
    are counted. Raises LanguageNeeded where there are such posts and it is None, and NotAnExport
    where the export does not name its site; both before anything is written. With `dry_run`
    everything is tried and nothing is kept.
    """
    site = redirects.site_key(export)
    if not site or len(site) > ImportedPost._meta.get_field("site").max_length:
        raise NotAnExport(
            "This export does not say from which address it comes (base_blog_url). Without it, a "
            "second import would bring everything twice."
        )
    ledger = Ledger.of(export, is_dry_run=dry_run)
    album = Album(uploads, export, site, ledger)
    importer = _Importer(export, site, language, ledger, album)
    importer.require_language()
    if not dry_run:
        importer.run()
        return importer.ledger
    with transaction.atomic():
        importer.run()
        transaction.set_rollback(True)
    return importer.ledger


class _Importer:
    def __init__(
        self, export: Export, site: str, language: str | None, ledger: Ledger, album: Album
    ):
        self.site = site
        self.language = language
        self.ledger = ledger
        self.album = album
        self.groups = polylang.groups(export)
        self.listed = _listed(export)
        self.numbers = {post.id for post in export.posts}
        self.rows: dict[int, ImportedPost] = {}

    def require_language(self):
        marked = [(mark, post) for group in self.groups for mark, post in group.posts.items()]
        unmarked = sum(mark is None and sides.refusal(post) is None for mark, post in marked)
        if unmarked and not self.language:
            raise LanguageNeeded(
                f"{unmarked} of the {len(marked)} posts and pages do not say in which language "
                "they are. Say it for them, for example: --language en"
            )
        for mark, _post in marked:
            code = self.language if mark is None else sides.language_of(mark) or mark
            self.ledger.languages[language_name(code) if code else "not said"] += 1

    def run(self):
        self.rows = {row.post_id: row for row in ImportedPost.objects.filter(site=self.site)}
        self.album.begin()
        links = redirects.OldLinks(self.site)
        topics = Topics((group.posts for group in self.groups), self.ledger)
        writer = Writer(self.site, timezone.now(), links, topics, self.ledger)
        for post in self._imported_before():
            if document := _document(self.rows[post.id]):
                self.ledger.unchanged += 1
                links.learn(post, _stub(*document))
            else:
                self.ledger.deleted_here += 1
        written = [one for group in self.groups for one in self._take(group, writer)]
        for document, side in written:
            try:
                self._link(document, side, links)
            except Exception as error:
                reason = _in_plain_words(error)
                self.ledger.note(side.post, f"Its links lead to the old site still. {reason}")
        self.album.end()

    def _imported_before(self) -> Iterator[Post]:
        for group in self.groups:
            yield from (post for post in group.posts.values() if post.id in self.rows)

    def _take(self, group: Group, writer: Writer) -> list[tuple[Bulletin | Page, Side]]:
        """One group of posts in one transaction: which sides were written."""
        writer.written = []
        point = self.ledger.point()
        try:
            # Pictures take long: nothing is held meanwhile.
            new = self._prepared(group)
            with transaction.atomic():
                self._write(group, new, writer)
        except Exception as error:
            # One post must not stop a thousand.
            self.ledger.rewind(point)
            writer.topics.reload()
            reason = _in_plain_words(error)
            for post in group.posts.values():
                if post.id not in self.rows:
                    self.ledger.leave_out(post, reason)
            writer.written = []
        self.album.settle()
        for document, side in writer.written:
            writer.links.learn(side.post, document)
        return writer.written

    def _write(self, group: Group, new: list[Side], writer: Writer):
        for note in group.notes if new else ():
            self.ledger.note(new[0].post, note)
        rows = self._rows_of(group)
        if not rows:
            if new:
                writer.create(new)
            return
        documents = {document for row in rows if (document := _document(row))}
        for side in new:
            if len(documents) == 1:
                [(model, pk)] = documents
                writer.add(model, pk, side)
            elif documents:
                self.ledger.leave_out(side.post, "Its other sides are separate texts here.")
            else:
                self.ledger.leave_out(side.post, "The text that it belongs to was deleted here.")

    def _prepared(self, group: Group) -> list[Side]:
        """The group's posts that are new here, as sides, the oldest first."""
        found: dict[str, Side] = {}
        for mark, post in group.posts.items():
            if post.id in self.rows:
                continue
            try:
                side = self._side(mark, post, is_alone=len(group.posts) == 1)
                if side.language in found:
                    other = found[side.language].post.id
                    raise LeftOut(f"Number {other} is the same text in the same language.")
            except LeftOut as reason:
                self.ledger.leave_out(post, str(reason))
            else:
                found[side.language] = side
        return list(found.values())

    def _side(self, mark: str | None, post: Post, *, is_alone: bool) -> Side:
        if reason := sides.refusal(post):
            raise LeftOut(reason)
        language = self.language if mark is None else sides.language_of(mark)
        if language is None:
            raise LeftOut(f"It is in a language that this site does not have (“{mark}”).")
        unmarked = self.language or (language if is_alone else None)
        pictures = self.album.of(post, language, unmarked)
        return sides.prepare(post, language, model_of(post), pictures)

    def _rows_of(self, group: Group) -> list[ImportedPost]:
        """What is here already of the group, also of its posts that were in an earlier file."""
        posts = list(group.posts.values())
        numbers = [post.id for post in posts]
        listed = [number for post in posts for number in self.listed.get(post.translations, ())]
        # A second post in one language is listed nowhere: it was made a text of its own.
        if set(listed).issuperset(numbers):
            numbers += [number for number in dict.fromkeys(listed) if number not in self.numbers]
        rows = [self.rows[number] for number in numbers if number in self.rows]
        kinds = (model_of(posts[0]), None)
        return [row for row in rows if (_document(row) or (None,))[0] in kinds]

    def _link(self, document: Bulletin | Page, side: Side, links: redirects.OldLinks):
        """Turn links to what was imported after this document into references, too."""
        name = column("body", side.language)
        # Another address for the same link: what was imported as a pair still is one.
        with sources.minor_change(document):
            there = type(document).objects.select_for_update().filter(pk=document.pk).first()
            text = getattr(there, name, None) or ""
            resolved, found = links.resolve(text)
            if found:
                setattr(there, name, resolved)
                there.save()
        self.ledger.links += sum(href.startswith("ref:") for href in html.links(resolved))


def _listed(export: Export) -> dict[str | None, list[int]]:
    """Post numbers by translation group, as the export's own list has them."""
    found = {}
    for term in export.terms:
        if term.domain == "post_translations" and term.slug:
            try:
                found[term.slug] = list(polylang.read_pairs(term.description).values())
            except polylang.MalformedArray:
                continue
    return found


def _document(row: ImportedPost) -> tuple[type, int] | None:
    """Which document a post became; None for one that was deleted here."""
    if row.bulletin_id:
        return Bulletin, row.bulletin_id
    return (Page, row.page_id) if row.page_id else None


def _stub(model, pk: int) -> Bulletin | Page:
    """Enough of a document to be referred to, without asking the database for its texts."""
    return model(pk=pk)


def _in_plain_words(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    # The operator gets the trace beside the ledger.
    logger.error("A post could not be imported", exc_info=error)
    return f"It could not be written ({type(error).__name__})."
