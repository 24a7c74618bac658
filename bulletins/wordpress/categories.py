"""What categories of the old site become: a kind of bulletin, a topic, or nothing."""

from __future__ import annotations

from collections.abc import Iterable

from bulletins.models import Kind
from bulletins.wordpress.ledger import Ledger
from bulletins.wordpress.sides import Side, language_of, refusal
from bulletins.wordpress.wxr import Post, Term
from core import languages, slugs
from pages.models import Topic
from translations import addresses
from translations.registry import column

# In the order of how much each says: what is in “News” and in “Call-outs” is a call-out.
_KINDS = {
    Kind.FAQ: """
        faq faqs q-a questions question-and-answer questions-and-answers frequent-questions
        frequently-asked-questions foire-aux-questions questions-frequentes questions-reponses
        questions-et-reponses
    """,
    Kind.CALLOUT: """
        call-out call-outs callout callouts call call-for-action calls-for-action call-to-action
        calls-to-action action actions event events demo demos agenda
        appel appels appel-a-action appels-a-action appel-a-l-action appels-a-l-action
        evenement evenements manifestation manifestations mobilisation mobilisations rendez-vous
    """,
    Kind.UPDATE: """
        update updates news latest-news bulletin bulletins blog report reports
        nouvelle nouvelles actualite actualites actu actus info infos breve breves communique
        communiques
    """,
}
_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names.split()}
_NOTHING = {"uncategorized", "uncategorised", "non-classe", "non-classee", "sans-categorie"}


def kind_of(sides: Iterable[Side]) -> Kind:
    """The kind that the categories of one document's sides name; an update where none does."""
    kinds = {kind for side in sides for term in side.post.categories if (kind := _kind(term))}
    return next((kind for kind in _KINDS if kind in kinds), Kind.UPDATE)


class Topics:
    """The site's topics, found by any language's name or address, or made.

    `pairs` holds, for each language, the posts that translate each other. The export says nothing
    usable about which categories do, but a pair whose posts have one category each does.
    """

    def __init__(self, pairs: Iterable[dict[str, Post]], ledger: Ledger):
        self.ledger = ledger
        self.partners = _partners(pairs)
        self.reload()

    def reload(self):
        """Forget what was not kept: a transaction was rolled back."""
        self.known: dict[str, Topic] = {}
        for topic in Topic.objects.order_by("pk"):
            self._know(topic)

    def of(self, sides: Iterable[Side]) -> list[Topic]:
        """The topics of a document, found or made; the source side comes first."""
        found: dict[int, Topic] = {}
        for side in sides:
            for term in _topical(side.post):
                if topic := self._find(term) or self._make(term, side):
                    found.setdefault(topic.pk, topic)
        return list(found.values())

    def _find(self, term: Term) -> Topic | None:
        partners = (partner for _language, partner in self.partners.get(_key(term), ()))
        for one in (term, *partners):
            for key in _keys(one):
                if key in self.known:
                    return self.known[key]
        return None

    def _make(self, term: Term, side: Side) -> Topic | None:
        topic = Topic(source_language=side.language)
        named = {side.language: term}
        for language, partner in self.partners.get(_key(term), ()):
            named.setdefault(language, partner)
        longest = Topic._meta.get_field("name").max_length
        if any(len(one.name or one.slug) > longest for one in named.values()):
            self.ledger.note(side.post, "One of its categories has a name too long for a topic.")
            return None
        for language, one in named.items():
            setattr(topic, column("name", language), one.name or one.slug)
            slug = slugs.propose(one.slug)
            if slug and not addresses.taken(topic, slug):
                setattr(topic, column("slug", language), slug)
        topic.save()
        self._know(topic)
        self.ledger.topics.append(" / ".join(one.name or one.slug for one in named.values()))
        return topic

    def _know(self, topic: Topic):
        for language in languages.codes():
            for name in ("name", "slug"):
                if text := getattr(topic, column(name, language)):
                    self.known.setdefault(_normal(text), topic)


def _partners(pairs: Iterable[dict[str, Post]]) -> dict[str, tuple[tuple[str, Term], ...]]:
    """For each category, its language's counterparts, where no pair of posts says otherwise."""
    seen: dict[str, dict[str, dict[str, Term]]] = {}
    for posts in pairs:
        single = {}
        for mark, post in posts.items():
            language, terms = mark and language_of(mark), _topical(post)
            if language and len(terms) == 1 and refusal(post) is None:
                single[language] = terms[0]
        for language, term in single.items():
            for other, partner in single.items():
                if other != language and _key(partner) != _key(term):
                    seen.setdefault(_key(term), {}).setdefault(other, {})[_key(partner)] = partner
    # One-to-one in both directions, or else two topics would become one.
    counts: dict[str, int] = {}
    for others in seen.values():
        for candidates in others.values():
            for key in candidates:
                counts[key] = counts.get(key, 0) + 1
    return {
        key: tuple(
            (language, term)
            for language, candidates in others.items()
            if len(candidates) == 1
            for partner, term in candidates.items()
            if counts[partner] < len(languages.codes())
        )
        for key, others in seen.items()
    }


def _topical(post: Post) -> list[Term]:
    """The post's categories that say what it is about."""
    return [term for term in post.categories if not _kind(term) and not _is_nothing(term)]


def _kind(term: Term) -> Kind | None:
    return next((_KIND_OF[key] for key in _keys(term) if key in _KIND_OF), None)


def _is_nothing(term: Term) -> bool:
    return any(key in _NOTHING for key in _keys(term))


def _key(term: Term) -> str:
    return _normal(term.slug or term.name)


def _keys(term: Term) -> list[str]:
    """By which names a category is known. Its slug may have a number or a language behind it."""
    return [_normal(text) for text in (term.name, term.slug) if text]


def _normal(text: str) -> str:
    return slugs.propose(text) or text.casefold().strip()
