"""The index follows the texts, whatever is done to them."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from bulletins.models import Bulletin, FAQEntry
from links.models import Group
from pages.models import Page
from search import rebuilding
from search.finding import find
from search.models import Entry, Word
from tests import factories
from tests.links.factories import group
from tests.search.indexes import snapshot
from translations.acts import publishing, withdrawing

pytestmark = pytest.mark.django_db


def languages_of(document) -> list[str]:
    found = Entry.objects.filter(object_id=document.pk).order_by("language")
    return list(found.values_list("language", flat=True))


def total(query: str, language: str = "en") -> int:
    return find(query, language).total


def test_each_side_that_readers_have_is_a_row():
    assert languages_of(factories.live_pair()) == ["en", "fr"]


def test_a_language_in_which_a_text_does_not_exist_has_no_row():
    assert languages_of(factories.live_french()) == ["fr"]


def test_a_group_without_any_description_is_found_by_its_name_in_every_language():
    group(name="Porto Franco", description_en=None)

    assert (total("porto", "en"), total("porto", "fr")) == (1, 1)
    assert find("porto", "fr").hits[0].is_other_language is False


def test_a_renamed_group_is_found_by_its_new_name():
    renamed = group(name="Porto Franco")
    renamed.name = "Radio Quai"
    renamed.save()

    assert (total("porto"), total("radio")) == (0, 1)


def test_a_group_that_is_delisted_and_listed_again_goes_and_comes():
    listed = group(name="Porto Franco")
    listed.delisted_reason = "Gone."
    listed.save()
    gone = Entry.objects.count()
    listed.delisted_reason = ""
    listed.save()

    assert (gone, total("porto")) == (0, 1)


def test_a_draft_is_nowhere():
    factories.draft(title_en="Zeppelin", body_en="<p>Zeppelin.</p>")

    assert (Entry.objects.count(), Word.objects.count()) == (0, 0)


def test_what_is_scheduled_is_found_from_its_time_on(monkeypatch):
    factories.live(ago=timedelta(hours=-2), title_en="Zeppelin")
    before = find("zeppelin", "en"), find("zepelin", "en")
    later = timezone.now() + timedelta(hours=3)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert [(answer.total, answer.suggestion) for answer in before] == [(0, ""), (0, "")]
    assert total("zeppelin") == 1
    assert find("zepelin", "en").suggestion == "zeppelin"


def test_an_unpublished_text_leaves_with_its_words():
    document = factories.live_pair(title_en="Zeppelin")
    publishing.unpublish(Bulletin, document.pk)

    assert (Entry.objects.count(), Word.objects.count()) == (0, 0)
    assert snapshot()["left over"] == []


def test_a_withdrawn_side_leaves_and_its_readers_find_the_other():
    document = factories.live_pair(title_fr="Le zeppelin", title_en="The airship")
    withdrawing.withdraw(Bulletin, document.pk, "fr")

    assert total("zeppelin", "fr") == 0
    assert [hit.language for hit in find("airship", "fr").hits] == ["en"]
    assert not Word.objects.filter(language="fr").exists()


@pytest.mark.parametrize("how", ["one", "several"])
def test_a_deleted_text_leaves(how):
    document = factories.live(title_en="Zeppelin")
    document.delete() if how == "one" else Bulletin.objects.filter(pk=document.pk).delete()

    assert snapshot() == {"entries": [], "left over": [], "words": []}


def test_a_changed_text_is_found_by_its_new_words_only():
    document = factories.live(body_en="<p>Zeppelin.</p>")
    document.body_en = "<p>Balloon.</p>"
    document.save()

    assert (total("zeppelin"), total("balloon")) == (0, 1)
    assert not Word.objects.filter(word="zeppelin").exists()


def test_a_question_comes_and_goes_with_its_document():
    document = factories.faq(entries=0)
    entry = factories.entry(document, question_en="Which zeppelin?")
    there = total("zeppelin")
    entry.delete()

    assert (there, total("zeppelin")) == (1, 0)


def test_a_text_that_was_not_saved_after_all_is_not_found():
    with transaction.atomic():
        factories.live(title_en="Zeppelin")
        transaction.set_rollback(True)

    assert snapshot() == {"entries": [], "left over": [], "words": []}


def test_what_the_index_wrongly_holds_is_not_shown():
    document = factories.live(title_en="Zeppelin")
    QuerySet(Bulletin).filter(pk=document.pk).update(published_at=None)

    assert find("zeppelin", "en").hits == []


def test_a_save_that_changes_no_word_writes_nothing():
    document = factories.live_pair()
    before = snapshot(), list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    document.pinned = True
    document.save()

    assert before == (
        snapshot(),
        list(Entry.objects.order_by("pk").values_list("pk", flat=True)),
    )


def test_a_text_of_any_length_is_found():
    numbers = " ".join(f"word{number} the" for number in range(40_000))
    factories.live(title_en="Long " * 30, body_en=f"<p>{numbers}</p><p>The very last zeppelin.</p>")

    assert (total("word39999"), total('"word1 the"'), total("zeppelin")) == (1, 1, 1)
    # Beyond what PostgreSQL can keep of places: no phrases, on SQLite neither.
    assert (total('"word30000 the"'), total('"last zeppelin"')) == (0, 0)


def test_after_anything_the_index_is_as_if_it_were_made_anew():
    chance = random.Random(3)
    for _step in range(60):
        chance.choice(EVENTS)(chance)
    now = snapshot()
    Entry.objects.filter(pk__in=list(Entry.objects.values_list("pk", flat=True)[::3])).delete()
    Word.objects.all()[:1].get().delete()

    rebuilding.rebuild()

    assert len(now["entries"]) > 5
    assert snapshot() == now


def test_making_it_anew_forgets_what_is_gone():
    document = factories.live(title_en="Zeppelin")
    now = snapshot()
    gone = factories.live(title_en="Balloon")
    with connection.cursor() as cursor:
        for table in ("translations_side", "bulletins_bulletin"):
            key = "id" if table == "bulletins_bulletin" else "object_id"
            cursor.execute(f"DELETE FROM {table} WHERE {key} = %s", [gone.pk])

    rebuilding.rebuild()

    assert snapshot() == now
    assert document.pk == find("zeppelin", "en").hits[0].object_id


# What can happen ---------------------------------------------------------------------------------

WORDS = "border camp police tente frontière grève évacuation port ferry quai soup".split()


def _text(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=6))


def _create(chance):
    titles = {f"title_{code}": _text(chance).capitalize() for code in ("en", "fr")}
    bodies = {f"body_{code}": f"<p>{_text(chance)}</p>" for code in ("en", "fr")}
    make = chance.choice((factories.live_pair, factories.draft, factories.page, factories.live))
    make(**titles, **bodies)


def _create_french(chance):
    factories.live_french(title_fr=_text(chance), body_fr=f"<p>{_text(chance)}</p>")


def _create_questions(chance):
    french = {"question_fr": _text(chance), "answer_fr": f"<p>{_text(chance)}</p>"}
    document = factories.faq(entries=1, title_fr="Questions")
    factories.entry(document, question_en=_text(chance), **chance.choice((french, {})))


def _create_group(chance):
    group(name=_text(chance), description_fr=chance.choice((None, _text(chance))))


def _change(chance):
    for model in (Bulletin, Page, Group):
        found = list(model.objects.order_by("pk"))
        if not found:
            continue
        document = chance.choice(found)
        if model is Group:
            document.name = _text(chance)
            document.delisted_reason = chance.choice(("", "Gone."))
        else:
            document.body_en = document.body_en and f"<p>{_text(chance)}</p>"
            document.published_at = chance.choice(
                (document.published_at, timezone.now(), timezone.now() + timedelta(days=1))
            )
        document.save()


def _delete(chance):
    for model in (Bulletin, Page, Group, FAQEntry):
        if (found := list(model.objects.order_by("pk"))) and chance.random() < 0.3:
            chance.choice(found).delete()


def _unpublish(chance):
    if found := list(Bulletin.objects.published().order_by("pk")):
        publishing.unpublish(Bulletin, chance.choice(found).pk)


EVENTS = [
    *(_create, _create, _create_french, _create_questions, _create_group),
    *(_change, _change, _delete, _unpublish),
]
