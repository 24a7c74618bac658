"""Every event that a document's sides can meet, and a document in every state to meet it.

A state is written in two characters. Public: S source, M missing, C current, O outdated. Work:
- none, ~ in progress, ! submitted. The side that is looked at is the French one, always.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.http import Http404
from django.utils import timezone

from bulletins.models import Bulletin, FAQEntry, Kind
from translations import sides
from translations.acts import publishing, reviewing, sources, withdrawing
from translations.desk import deeds, drafting, restoring, views
from translations.desk.posted import PostedRow
from translations.models import Side, SideVersion
from translations.status import Public, Work

PUBLIC = {Public.SOURCE: "S", Public.MISSING: "M", Public.CURRENT: "C", Public.OUTDATED: "O"}
WORK = {Work.NONE: "-", Work.IN_PROGRESS: "~", Work.SUBMITTED: "!"}
STATES = [public + work for public in PUBLIC.values() for work in WORK.values()]

# Both languages share the words that events change.
EN = {
    "title_en": "The border",
    "body_en": "<p>It is closed.</p>"
    '<p>At 10 on <a href="https://example.org/map">Place Foch</a>.</p>'
    "<p>Food &amp; tea.</p>",
}
FR = {
    "title_fr": "La frontière",
    "body_fr": "<p>Elle est fermée.</p>"
    '<p>À 10 h <a href="https://example.org/map">place Foch</a>.</p>'
    "<p>À manger &amp; du thé.</p>",
}
ENTRIES = [
    {
        "question_en": f"Question {number}?",
        "answer_en": f"<p>Answer {number}.</p>",
        "question_fr": f"Question {number} ?",
        "answer_fr": f"<p>Réponse {number}.</p>",
    }
    for number in (1, 2)
]
OLD_DIFFERENCE = ("closed", "open")
PICTURE, OTHER_PICTURE = (f'<img src="ref:leaflets.leaflet/{pk}">' for pk in (7, 8))


def somebody():
    found, _created = get_user_model().objects.get_or_create(
        username="amina", defaults={"is_superuser": True, "is_staff": True}
    )
    return found


# What stands ------------------------------------------------------------------------------------


def fresh(document) -> Bulletin:
    return Bulletin.objects.get(pk=document.pk)


def side(document, language: str = "fr") -> Side:
    return Side.objects.of(document).get(language=language)


def state(document, language: str = "fr") -> str:
    found = side(document, language).status
    return PUBLIC[found.public] + WORK[found.work]


def pair(*, pictured: bool = False) -> Bulletin:
    """A live text with questions, whole in both languages, born in English."""
    return _made(EN | FR, ENTRIES, pictured)


def english(*, pictured: bool = False) -> Bulletin:
    """The same, with nothing in French."""
    entries = [{n: text for n, text in e.items() if n.endswith("_en")} for e in ENTRIES]
    return _made(EN, entries, pictured)


def with_picture(body: str) -> str:
    """The body with a picture after its first paragraph."""
    return body.replace("</p>", f"</p>{PICTURE}", 1)


def _made(texts, entries, pictured) -> Bulletin:
    if pictured:
        bodies = {n: with_picture(text) for n, text in texts.items() if n.startswith("body")}
        texts = texts | bodies
    at = timezone.now() - timedelta(hours=1)
    with sides.together():
        document = Bulletin.objects.create(
            kind=Kind.FAQ, source_language="en", published_at=at, **texts
        )
        for number, entry in enumerate(entries):
            FAQEntry.objects.create(bulletin=document, position=number, **entry)
    return document


def document_in(wanted: str, *, pictured: bool = False) -> Bulletin:
    """A document whose French side is in the state `wanted`, with a picture in its texts or
    without."""
    public, work = wanted
    document = english(pictured=pictured) if public == "M" else pair(pictured=pictured)
    if public == "O":
        edit(document, lambda body: body.replace(*OLD_DIFFERENCE))
    if public == "S":
        sources.swap_source(Bulletin, document.pk, "fr")
    if work != "-":
        # Of the source, nobody begins a draft at the desk. Here somebody has.
        opened = views.open_side(fresh(document), "fr")
        _write_all(opened) if public == "M" else _write(opened, 0, "<p>Elle est ouverte.</p>")
    if work == "!":
        reviewing.submit(Bulletin, document.pk, "fr", person=somebody())
    return fresh(document)


# The editor -------------------------------------------------------------------------------------


def save(document, **columns):
    """Write some columns, as the admin and every program does."""
    document = fresh(document)
    for name, text in columns.items():
        setattr(document, name, text)
    document.save()


def edit(document, change: Callable[[str], str], language: str | None = None):
    """Change the text in `language`, else in its source language."""
    column = f"body_{language or fresh(document).source_language}"
    save(document, **{column: change(getattr(fresh(document), column) or "")})


def paragraphs(change: Callable[[list[str]], list[str]]):
    def changed(body: str) -> str:
        return "".join(f"<p>{p}" for p in change(body.split("<p>")[1:]))

    return lambda document: edit(document, changed)


def replaced(old: str, new: str):
    return lambda document: edit(document, lambda body: body.replace(old, new))


def minor(document):
    with sources.minor_change(document):
        replaced("Foch", "Foch,")(document)


def both_at_once(document):
    save(
        document,
        **{
            name: (getattr(fresh(document), name) or "").replace("10", "11") + "<p>13</p>"
            for name in ("body_en", "body_fr")
        },
    )


def write_side(document, mark: str = " !"):
    """Type the whole French side, or import it, or write it anew."""
    save(document, title_fr=FR["title_fr"], body_fr=FR["body_fr"] + f"<p>Nouveau{mark}</p>")
    for entry, texts in zip(document.entries.all(), ENTRIES, strict=False):
        entry.question_fr, entry.answer_fr = texts["question_fr"], texts["answer_fr"]
        entry.save()


def empty_side(document):
    with sides.together():
        save(document, title_fr=None, slug_fr=None, summary_fr=None, body_fr=None)
        for entry in document.entries.all():
            entry.question_fr = entry.answer_fr = None
            entry.save()


def add_child(*codes: str):
    def add(document):
        texts = {}
        for code in codes or [fresh(document).source_language]:
            texts |= {f"question_{code}": "What else?", f"answer_{code}": "<p>That.</p>"}
        FAQEntry.objects.create(bulletin=fresh(document), position=9, **texts)

    return add


def delete_child(document):
    if (last := document.entries.last()) is None:
        raise ValueError("There is no child left.")
    last.delete()


def reorder_children(document):
    for place, child in enumerate(reversed(document.entries.all())):
        child.position = place
        child.save()


def swap_to(language: str):
    return lambda document: sources.swap_source(Bulletin, document.pk, language)


def withdraw(document):
    withdrawing.withdraw(Bulletin, document.pk, "fr")


def put_back(document):
    withdrawing.put_back(Bulletin, document.pk, "fr", person=somebody())


# The desk ---------------------------------------------------------------------------------------


def at_the_desk(document):
    """The side as the desk opens it. Raises Http404 for the source."""
    if fresh(document).source_language == "fr":
        raise Http404
    return views.open_side(fresh(document), "fr")


def write(document, number: int, text: str, part: str = ":body"):
    """Write into one row of a part."""
    _write(at_the_desk(document), number, text, part)


def _write(opened, number: int, text: str, part: str = ":body"):
    found = [row for row in opened.shown(part) if not row.picture]
    _send(opened, [_posted(part, found[number], text)])


def write_all(document):
    """Write into every row."""
    _write_all(at_the_desk(document))


def _write_all(opened):
    found = [
        _posted(
            place.key,
            row,
            f"<p>Fr {row.now[0].text}</p>" if place.is_rich else f"Fr {row.now[0].text}",
        )
        for place, row in opened.every_row()
        if row.now and not row.picture
    ]
    _send(opened, found)


def _posted(part: str, row, text: str) -> PostedRow:
    return PostedRow(row.key, part, row.seen, row.row.mark, text, False)


def _send(opened, found: list[PostedRow]):
    return drafting.save(opened.document, "fr", somebody(), found, opened.fingerprint)


def press(button: str):
    """Press a button of the desk, with nothing typed; {row} is the first that changed, if any,
    {picture} the first picture, preferably one that the source has lost."""

    def pressed(document):
        opened = at_the_desk(document)
        outcome = _send(opened, [])
        every = [row for _place, row in opened.every_row()]
        row = next((row for row in every if row.kind == "changed"), every[0])
        pictures = [row for row in every if row.picture]
        pictures.sort(key=lambda row: row.kind != "removed")
        fields = {"saw": opened.fingerprint}
        deed = deeds.Deed(fresh(document), "fr", somebody(), fields, [], outcome)
        names = {"row": row.key, "picture": pictures[0].key if pictures else ""}
        deeds.do(deed, button.format(**names))

    return pressed


def omit_picture(document):
    """Leave the first picture out on purpose."""
    opened = at_the_desk(document)
    row = next(row for row in opened.shown(":body") if row.picture)
    _send(opened, [PostedRow(row.key, ":body", row.seen, row.row.mark, PICTURE, True)])


def save_draft(document):
    write(document, 2, "<p>Du pain &amp; du thé.</p>")


def publish(document, *, anyway: bool = False):
    at_the_desk(document)
    publishing.publish_side(Bulletin, document.pk, "fr", person=somebody(), anyway=anyway)


def publish_anyway(document):
    publish(document, anyway=True)


def send_back(document):
    at_the_desk(document)
    reviewing.send_back(
        Bulletin, document.pk, "fr", note="Please look at the title.", person=somebody()
    )


def restore(document):
    """Make the first version of the side its draft. Raises ValueError where there is none."""
    at_the_desk(document)
    versions = SideVersion.objects.filter(object_id=document.pk, language="fr")
    if not versions:
        raise ValueError("This version is not there.")
    restoring.restore(fresh(document), "fr", versions.earliest("at"), somebody())


def then(*events):
    """Several events, one after the other."""

    def all_of_them(document):
        for event in events:
            event(fresh(document))

    return all_of_them


a_word = replaced("Foch", "Jaurès")
placed = lambda document: edit(  # noqa: E731
    document, lambda body: body.replace("</p>", f"</p>{OTHER_PICTURE}", 1)
)
lost = replaced(PICTURE, "")
moved = lambda document: edit(document, lambda body: body.replace(PICTURE, "") + PICTURE)  # noqa: E731
side_in_admin = lambda document: edit(document, lambda body: body + "<p>Vite !</p>", "fr")  # noqa: E731

EVENTS: dict[str, Callable[[Bulletin], None]] = {
    "source: a word": a_word,
    "source: a digit": replaced("10", "11"),
    "source: a link's target": replaced("/map", "/plan"),
    "source: order of paragraphs": paragraphs(lambda found: found[::-1]),
    "source: a heading": replaced("<p>", "<h2>"),
    "source: a paragraph deleted": paragraphs(lambda found: found[:-1]),
    "source: white space": replaced("<p>", "\n  <p>\n "),
    "source: entities": replaced("&amp;", "&#38;"),
    "source: nothing": lambda document: fresh(document).save(),
    "source: a picture placed": placed,
    "minor change": minor,
    "both languages at once": both_at_once,
    "a child, source only": add_child(),
    "a child, both languages": add_child("en", "fr"),
    "a child deleted": delete_child,
    "children reordered": reorder_children,
    "side written by save()": write_side,
    "side changed by save()": side_in_admin,
    "side emptied": empty_side,
    "swap to the French": swap_to("fr"),
    "swap to the English": swap_to("en"),
    "take the text back": lambda document: publishing.unpublish(Bulletin, document.pk),
    "withdraw": withdraw,
    "put back": put_back,
    "withdraw, put back": then(withdraw, put_back),
    "save draft": save_draft,
    "discard": press("discard"),
    "submit": press("submit"),
    "send back": send_back,
    "publish": publish,
    "publish anyway": publish_anyway,
    "source moves; publish": then(a_word, publish),
    "source moves; publish anyway": then(a_word, publish_anyway),
    "side moves; publish": then(side_in_admin, publish),
    "side moves; publish anyway": then(side_in_admin, publish_anyway),
    "confirm a segment": press("confirm:{row}"),
    "confirm all": press("confirm_all"),
    "restore a version": restore,
    "restore; publish": then(restore, publish),
    "a picture placed; publish": then(placed, press("publish")),
    "a picture placed; submit": then(placed, press("submit")),
    "a picture placed; confirm": then(placed, press("confirm:{picture}")),
    "a picture placed; confirm all": then(placed, press("confirm_all")),
}

# Of a document with a picture in it.
PICTURED: dict[str, Callable[[Bulletin], None]] = {
    "source: moved": moved,
    "source: removed": lost,
    "source: replaced": replaced(PICTURE, OTHER_PICTURE),
    "moved; publish": then(moved, press("publish")),
    "moved; confirm all": then(moved, press("confirm_all")),
    "moved, lost; publish": then(moved, lost, press("publish")),
    "removed; publish": then(lost, press("publish")),
    "removed, dismissed; publish": then(lost, press("dismiss:{picture}"), press("publish")),
    "left out": omit_picture,
    "left out; publish": then(omit_picture, press("publish")),
    "put elsewhere; publish": then(press("down:{picture}"), press("publish")),
    "side: removed by save()": lambda document: edit(
        document, lambda body: body.replace(PICTURE, ""), "fr"
    ),
}
