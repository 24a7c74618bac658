"""What was translated before is found again, and what was taken back is not."""

from __future__ import annotations

import multiprocessing
import random
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from core.segments import segment
from tests import factories
from translations import likeness, memory, memory_index
from translations.desk.row_help import row_help
from translations.glossary import add
from translations.memory import Pair, forget, learn, suggestions, suggestions_for
from translations.models import MemoryEntry
from translations.models.memory import MemoryPair

pytestmark = pytest.mark.django_db

KITCHEN = "The kitchen opens at noon."
CUISINE = "La cuisine ouvre à midi."


def one(source: str, target: str) -> Pair:
    return Pair((source,), (target,))


def learned(*pairs: tuple[str, str], **fields):
    """A live document in English whose French side was learned."""
    document = factories.live_pair(**fields)
    learn(document, "fr", [one(*pair) for pair in pairs or [(KITCHEN, CUISINE)]])
    return document


def found(text: str, source="en", target="fr", **options) -> list[tuple[int, str]]:
    return [
        (each.likeness, each.target_html) for each in suggestions(text, source, target, **options)
    ]


# What is found ------------------------------------------------------------------------------------


def test_the_same_sentence_is_found_with_its_translation():
    learned(title_en="Open")

    assert suggestions(KITCHEN, "en", "fr") == [
        memory.Suggestion(100, KITCHEN, CUISINE, [("same", KITCHEN)], "Open")
    ]


def test_a_pair_answers_in_the_other_direction():
    learned()

    assert found(CUISINE, "fr", "en") == [(100, KITCHEN)]
    assert found(KITCHEN, "fr", "en") == []


def test_texts_of_both_sources_answer_together():
    learned()
    french = factories.live_french(**factories.EN)
    learn(french, "en", [one("La cuisine ouvre à minuit.", "The kitchen opens at midnight.")])

    assert found(CUISINE, "fr", "en", limit=2) == [
        (100, KITCHEN),
        (
            likeness.likeness(CUISINE, "La cuisine ouvre à minuit."),
            "The kitchen opens at midnight.",
        ),
    ]


def test_other_languages_do_not_answer():
    learned()

    assert found(KITCHEN, "en", "ar") == []


def test_an_empty_memory_suggests_nothing():
    assert found(KITCHEN) == []


@pytest.mark.parametrize("text", ["", " ", "…"])
def test_a_text_without_words_finds_nothing(text):
    learned()

    assert found(text) == []


def test_the_more_alike_comes_first():
    learned(
        ("The kitchen opens at nine tonight.", "neuf"),
        ("The kitchen opens at noon.", "midi"),
        ("The kitchen opens at noon!", "midi !"),
        ("Something else altogether.", "autre"),
    )

    assert [html for _likeness, html in found(KITCHEN)] == ["midi", "midi !", "neuf"]


def test_no_more_than_the_limit_are_suggested():
    learned(*((f"{KITCHEN} {number}", f"{CUISINE} {number}") for number in range(9)))

    assert len(found(KITCHEN)) == 3
    assert len(found(KITCHEN, limit=5)) == 5


# Fifty characters each, so that 15 others in the place of 15 leave exactly 70 % in common.
@pytest.mark.parametrize(("others", "expected"), [(15, [(70, "oui")]), (16, [])])
def test_the_threshold_is_seventy_percent(others, expected):
    learned(("a" * 50, "oui"))

    assert found("a" * (50 - others) + "b" * others) == expected


def test_sixty_nine_percent_and_a_half_is_not_rounded_up():
    learned(("a" * 100, "oui"))

    assert likeness.likeness("a" * 100, "a" * 69 + "b" * 30) == 69
    assert found("a" * 69 + "b" * 30) == []


def test_hundred_is_said_of_the_same_text_alone():
    learned(("a" * 2000, "oui"))

    assert found("a" * 1999 + "b") == [(99, "oui")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We are here!", "  we  ARE here ! "),
        ("“Don’t” – he said…", '"Don\'t" - he said...'),
        ("« Halte » : non", '"Halte": non'),
        ("10\u202f%", "10 %"),
        ("cafe\u0301", "café"),
        ("vol\u00adunteer", "volunteer"),
    ],
)
def test_space_capitals_and_typography_do_not_count(one, other):
    assert likeness.likeness(one, other) == 100


def test_accents_count():
    assert likeness.likeness("pêche", "péché") < 100


def test_the_same_letters_come_before_other_capitals():
    learned(("the kitchen", "minuscule"), ("The Kitchen", "majuscule"))

    assert found("The Kitchen") == [(100, "majuscule"), (100, "minuscule")]
    assert found("the kitchen") == [(100, "minuscule"), (100, "majuscule")]


def test_of_two_translations_the_newer_comes_first():
    learned((KITCHEN, "ancienne"))
    learned((KITCHEN, "nouvelle"))

    assert found(KITCHEN) == [(100, "nouvelle"), (100, "ancienne")]


def test_a_translation_is_suggested_once():
    for _time in range(3):
        learned()
    learned(("The kitchen opens at noon", CUISINE))

    assert found(KITCHEN) == [(100, CUISINE)]


def test_a_sentence_of_many_documents_does_not_hide_the_others():
    for number in range(12):
        learned((KITCHEN, f"{CUISINE} {number % 2}"))
    learned(("The kitchen opens at nine.", "neuf"))

    assert [html for _likeness, html in found(KITCHEN)] == [f"{CUISINE} 1", f"{CUISINE} 0", "neuf"]


def test_the_difference_leads_from_the_remembered_text_to_this_one():
    learned()

    assert suggestions("The kitchen opens at nine.", "en", "fr")[0].words == [
        ("same", "The kitchen opens at "),
        ("removed", "noon"),
        ("added", "nine"),
        ("same", "."),
    ]


def test_a_document_finds_nothing_of_its_own():
    own = learned()
    learned((KITCHEN, "ailleurs"))

    assert found(KITCHEN, but_not=own) == [(100, "ailleurs")]


def test_many_like_sentences_of_ones_own_hide_nobody_elses():
    own = learned(*((f"{KITCHEN} {number:03}", f"{CUISINE} {number}") for number in range(60)))
    learned((f"{KITCHEN} It is warm.", "chaud"))

    assert found(f"{KITCHEN} 000", but_not=own) == [
        (likeness.likeness(f"{KITCHEN} 000", f"{KITCHEN} It is warm."), "chaud")
    ]


def test_two_segments_that_were_translated_as_one_are_found_together():
    document = factories.live_pair()
    two = ("One <em>thing</em> &amp; all.", "Another thing.")
    learn(document, "fr", [Pair(two, ("Le tout.",))])

    (there,) = suggestions("One thing & all.\n\nAnother thing.", "en", "fr")
    (back,) = suggestions("Le tout.", "fr", "en")

    assert (there.likeness, there.target_blocks) == (100, ["Le tout."])
    assert back.target_blocks == list(two)
    assert back.target_text == "One thing & all.\n\nAnother thing."


def test_many_texts_are_looked_up_with_the_queries_of_one(django_assert_num_queries):
    learned()
    learned(("Bring warm clothes.", "Apportez des vêtements chauds."))
    suggestions(KITCHEN, "en", "fr")

    with django_assert_num_queries(3):  # entries; pairs; their documents
        suggestions(KITCHEN, "en", "fr")
    with django_assert_num_queries(3):
        rows = suggestions_for([KITCHEN, "Bring warm clothes!", "Nothing like it"], "en", "fr")

    assert [[each.target_html for each in row] for row in rows] == [
        [CUISINE],
        ["Apportez des vêtements chauds."],
        [],
    ]


# What is learned ----------------------------------------------------------------------------------


def test_what_is_learned_anew_replaces_what_was_learned_before():
    document = learned()
    other = learned(("Bring warm clothes.", "Apportez des vêtements chauds."))

    learn(document, "fr", [one("Doors open at nine.", "Ouverture des portes à neuf heures.")])

    assert found(KITCHEN) == []
    assert found("Doors open at nine.") == [(100, "Ouverture des portes à neuf heures.")]
    assert found("Bring warm clothes.", but_not=document) != []
    assert [entry.document for entry in MemoryEntry.objects.order_by("learned_at")] == [
        other,
        document,
    ]


def test_learning_the_same_again_writes_nothing(django_assert_num_queries):
    document = learned()
    key = MemoryEntry.objects.get().pk

    with django_assert_num_queries(1):
        learn(document, "fr", [one(KITCHEN, CUISINE)])

    assert MemoryEntry.objects.get().pk == key


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (("Left out",), ()),
        ((), ("Ajouté",)),
        (("",), ("Vide",)),
        (("12 – 14",), ("12 à 14",)),
        (("The 3",), ("3",)),
        (("Quai Ouvert",), ("Quai <em>Ouvert</em>",)),
    ],
)
def test_what_says_nothing_is_not_learned(source, target):
    document = factories.live_pair()

    learn(document, "fr", [Pair(source, target), one(KITCHEN, CUISINE)])

    assert list(MemoryPair.objects.values_list("source", "target")) == [(KITCHEN, CUISINE)]


def test_a_pair_that_stands_twice_is_learned_once():
    learned((KITCHEN, CUISINE), (KITCHEN, CUISINE))

    assert MemoryPair.objects.count() == MemoryEntry.objects.get().size == 1


def test_a_side_of_which_nothing_is_left_is_forgotten():
    document = learned()

    learn(document, "fr", [])

    assert MemoryEntry.objects.count() == 0


def test_a_text_in_place_of_blocks_is_refused():
    with pytest.raises(TypeError, match="tuple of blocks"):
        learn(factories.live_pair(), "fr", [(KITCHEN, CUISINE)])


def test_the_source_is_not_learned_from_itself():
    with pytest.raises(ValueError, match="was written in en"):
        learn(factories.live_pair(), "en", [one(KITCHEN, CUISINE)])


def test_after_the_source_was_swapped_the_pair_is_there_once():
    document = learned()
    document.source_language = "fr"
    document.save()

    learn(document, "en", [one(CUISINE, KITCHEN)])

    entry = MemoryEntry.objects.get()
    assert (entry.source_language, entry.target_language) == ("fr", "en")
    assert found(KITCHEN) == [(100, CUISINE)]


# What readers cannot see --------------------------------------------------------------------------


def test_a_draft_is_not_learned():
    learn(factories.draft(**factories.FR), "fr", [one(KITCHEN, CUISINE)])

    assert MemoryEntry.objects.count() == 0


def test_a_scheduled_text_answers_from_its_hour_on(monkeypatch):
    learned(ago=-timedelta(hours=1))
    assert found(KITCHEN) == []

    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert found(KITCHEN) == [(100, CUISINE)]


def test_a_date_that_was_put_off_is_followed():
    document = learned()
    document.published_at = timezone.now() + timedelta(days=1)
    document.save()

    learn(document, "fr", [one(KITCHEN, CUISINE)])

    assert found(KITCHEN) == []
    assert MemoryEntry.objects.get().public_from == document.published_at


def test_a_text_that_was_taken_back_past_everyone_does_not_answer():
    document = learned()
    type(document).objects.filter(pk=document.pk).update(published_at=None)

    assert found(KITCHEN) == []


def test_what_is_forgotten_is_not_suggested():
    document = learned()
    learned((KITCHEN, "ailleurs"))
    assert len(found(KITCHEN)) == 2

    forget(document)

    assert found(KITCHEN) == [(100, "ailleurs")]
    assert found(CUISINE, "fr", "en") == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_language_is_forgotten_on_whichever_side_it_stands(language):
    document = learned()

    forget(document, language)

    assert MemoryPair.objects.count() == 0


def test_another_languages_side_is_kept():
    document = learned()

    forget(document, "ar")

    assert found(KITCHEN) == [(100, CUISINE)]


def test_a_deleted_document_leaves_the_memory():
    document = learned()
    assert found(KITCHEN) != []

    document.delete()

    assert found(KITCHEN) == []
    assert MemoryPair.objects.count() == 0


SENTENCES = st.lists(
    st.text("abcdé ,.", min_size=1, max_size=12).map(lambda text: f"s{text}"), max_size=6
)


@settings(max_examples=60, deadline=None)
@given(shared=SENTENCES, own=SENTENCES, kept=SENTENCES)
def test_the_words_of_a_withdrawn_document_never_come_up(shared, own, kept):
    with transaction.atomic():
        withdrawn, other = factories.live_pair(), factories.live_pair()
        learn(withdrawn, "fr", [one(text, f"gone {text}") for text in shared + own])
        learn(other, "fr", [one(text, f"kept {text}") for text in shared + kept])
        every = [*shared, *own, *kept]
        suggestions_for(every, "en", "fr")

        forget(withdrawn, "fr")

        there = [each for row in suggestions_for(every, "en", "fr", limit=50) for each in row]
        back = [
            each
            for row in suggestions_for([f"gone {text}" for text in every], "fr", "en", limit=50)
            for each in row
        ]
        assert [each for each in there if not each.target_html.startswith("kept")] == []
        assert [each for each in back if not each.source_text.startswith("kept")] == []
        transaction.set_rollback(True)


# What a process knows -----------------------------------------------------------------------------


def test_what_was_rolled_back_leaves_no_trace():
    """SQLite gives the numbers of rows that were rolled back to the next ones."""
    document = factories.live_pair()
    with transaction.atomic():
        learn(document, "fr", [one(KITCHEN, "jamais")])
        assert found(KITCHEN) == [(100, "jamais")]
        transaction.set_rollback(True)

    assert found(KITCHEN) == []
    learn(document, "fr", [one("Bring warm clothes.", "toujours")])
    assert found(KITCHEN) == []
    assert found("Bring warm clothes.") == [(100, "toujours")]


def test_one_text_in_and_one_out_is_noticed():
    """Neither their number nor the newest would tell."""
    first = learned()
    learned(("Bring warm clothes.", "vêtements"))
    assert found(KITCHEN) != []

    forget(first)
    learned(("Doors open at nine.", "portes"))

    assert found(KITCHEN) == []
    assert found("Bring warm clothes.") == [(100, "vêtements")]
    assert found("Doors open at nine.") == [(100, "portes")]


def test_after_one_publication_only_its_texts_are_read(monkeypatch):
    for number in range(30):
        learned((f"{KITCHEN} {number}", f"{CUISINE} {number}"))
    found(KITCHEN)
    prepared = []
    comparable = memory_index.comparable
    monkeypatch.setattr(
        memory_index, "comparable", lambda text: prepared.append(text) or comparable(text)
    )

    learned(("Bring warm clothes.", "vêtements"))
    found(KITCHEN)
    found(KITCHEN)

    assert prepared == ["Bring warm clothes."]


def test_what_is_known_is_changed_little_by_little():
    documents = [learned((KITCHEN, "La même"), (f"Door {n}", f"Porte {n}")) for n in range(40)]
    assert found("Door 7", limit=1) == [(100, "Porte 7")]

    forget(documents[7])
    learn(documents[8], "fr", [one("Door 8", "Portail 8"), one("Stairs", "Escalier")])
    learn(documents[9], "fr", [one(KITCHEN, "La nouvelle"), one("Door 9", "Porte 9")])

    assert found("Door 7", limit=1)[0][0] == 92  # another door
    assert found("Door 8", limit=1) == [(100, "Portail 8")]
    assert found("Stairs") == [(100, "Escalier")]
    assert found(KITCHEN) == [(100, "La nouvelle"), (100, "La même")]


def test_more_entries_than_one_query_takes_are_read(monkeypatch):
    monkeypatch.setattr(memory_index, "_AT_ONCE", 2)
    for number in range(5):
        learned((f"{number} {KITCHEN}", f"{CUISINE} {number}"))

    assert len(found(KITCHEN, limit=9)) == 5


def test_the_newest_are_kept_where_there_are_too_many(monkeypatch):
    monkeypatch.setattr(memory_index, "MOST_IN_ONE", 2)
    for number in range(3):
        learned((f"{KITCHEN} {number}", f"{CUISINE} {number}"))

    assert [html[-1] for _likeness, html in found(f"{KITCHEN} 0", limit=9)] == ["2", "1"]


def test_directions_that_nobody_asks_for_are_let_go(monkeypatch):
    monkeypatch.setattr(memory_index, "_all", type(memory_index._all)())
    monkeypatch.setattr(memory_index, "MOST_IN_ALL", 1)
    learned()

    found(KITCHEN, "en", "fr")
    found(CUISINE, "fr", "en")

    assert list(memory_index._all) == [("fr", "en")]
    assert found(KITCHEN, "en", "fr") == [(100, CUISINE)]


def ask(questions, answers):
    """A second process: it keeps what it knows from one question to the next."""
    connections.close_all()
    while text := questions.get():
        answers.put(found(text))
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_another_process_knows_at_once():
    document = learned()
    assert found(KITCHEN) == [(100, CUISINE)]
    connections.close_all()
    forking = multiprocessing.get_context("fork")
    questions, answers = forking.Queue(), forking.Queue()
    process = forking.Process(target=ask, args=(questions, answers))
    process.start()

    def asked(text):
        questions.put(text)
        return answers.get(timeout=30)

    try:
        assert asked(KITCHEN) == [(100, CUISINE)]
        learn(document, "fr", [one(KITCHEN, "corrigée")])
        assert asked(KITCHEN) == [(100, "corrigée")]
        with transaction.atomic():
            learned(("Bring warm clothes.", "vêtements"))
            assert asked("Bring warm clothes.") == []
        assert asked("Bring warm clothes.") == [(100, "vêtements")]
        forget(document)
        assert asked(KITCHEN) == []
    finally:
        questions.put("")
        process.join(timeout=30)
    assert process.exitcode == 0


# Searching ----------------------------------------------------------------------------------------

VOCABULARY = (
    "people police port night kitchen blankets lawyer court street solidarity border ferry camp "
    "eviction morning donations open bring warm clothes the a of and to in we they are is at from "
    "volunteers meeting minutes against without papers housing winter doors closed tomorrow"
).split()


def sentence(random_: random.Random, length: int) -> str:
    return " ".join(random_.choices(VOCABULARY, k=length))


def rewritten(random_: random.Random, text: str, share: float) -> str:
    words = text.split()
    for _time in range(int(len(words) * share)):
        place = random_.randrange(len(words))
        change = random_.randrange(4)
        if change == 0:
            words[place] = random_.choice(VOCABULARY)
        elif change == 1:
            words[place] += random_.choice(["s", "es", "ing"])
        elif change == 2:
            words.insert(place, random_.choice(VOCABULARY))
        elif len(words) > 3:
            del words[place]
    return " ".join(words)


def test_leaving_out_what_shares_no_words_loses_nothing():
    random_ = random.Random(5)
    texts = [sentence(random_, random_.randint(3, 50)) for _number in range(1500)]
    index = likeness.Index((text, number) for number, text in enumerate(texts))

    for number in range(150):
        asked = rewritten(random_, random_.choice(texts), (number % 6) / 10)
        every = process.extract(
            asked, sorted(set(texts), key=len), scorer=fuzz.ratio, score_cutoff=70, limit=None
        )
        expected = {(int(score), text) for text, score, _place in every}
        assert {(one.likeness, one.text) for one in index.like(asked, 2000)} == expected


def test_a_changed_index_is_as_one_made_anew():
    random_ = random.Random(7)
    numbered = [(sentence(random_, random_.randint(1, 3)), number) for number in range(300)]
    index = likeness.Index(reversed(numbered[:200]))

    changed = index.changed(numbered[40:90], reversed(numbered[200:]))

    anew = likeness.Index(reversed(numbered[:40] + numbered[90:]))
    for asked in {text for text, _number in numbered}:
        assert sorted(changed.like(asked, 500)) == sorted(anew.like(asked, 500))
    assert len(index) == len({text for text, _number in numbered[:200]})


def test_every_word_in_the_plural_is_still_alike():
    singular = "the angry migrant comrade and tired neighbour open the old kitchen door together"
    plural = "the angry migrants comrades and tired neighbours opens the olds kitchens doors"
    index = likeness.Index([(singular, 1)])

    assert [one.holders for one in index.like(plural, 3)] == [[1]]


def test_a_language_without_spaces_is_compared_by_its_letters():
    text = "我们今天晚上在港口为所有没有住处的人开放厨房并且分发温暖的衣服和毯子" * 3
    index = likeness.Index([(text, 1)])

    assert [one.likeness for one in index.like("".join(text[:60] + "不" + text[60:]), 3)] == [99]


# Beside a row -------------------------------------------------------------------------------------


def test_a_row_is_helped_with_suggestions_and_terms():
    learned((KITCHEN, "La <em>cuisine</em> &amp; midi."), title_en="Open")
    own = factories.live()
    add("en", "kitchen", "fr", "cuisine", note="Collective.")

    assert row_help([segment("p", "The <em>kitchen</em> opens.")], "en", "fr", own) == {
        "suggestions": [
            {
                "key": "1",
                "likeness": likeness.likeness(KITCHEN, "The kitchen opens."),
                "source_words": [
                    ("same", "The kitchen opens"),
                    ("removed", " at noon"),
                    ("same", "."),
                ],
                "target_html": "La <em>cuisine</em> &amp; midi.",
                "target_text": "La cuisine & midi.",
                "where": "Open",
            }
        ],
        "terms": [
            {
                "term": "kitchen",
                "wanted": ["cuisine"],
                "forbidden": [],
                "note": "Collective.",
                "leave_as_is": False,
            }
        ],
    }


def test_a_row_that_nobody_translated_is_helped_with_nothing():
    own = learned()

    assert row_help([segment("p", KITCHEN)], "en", "fr", own) == {"suggestions": [], "terms": []}


def test_a_row_without_a_source_has_no_help():
    assert row_help([], "en", "fr", factories.live()) == {"suggestions": [], "terms": []}


@pytest.mark.parametrize("number", [1, 3])
def test_help_takes_the_same_queries_for_one_and_for_three(number, django_assert_num_queries):
    for each in range(number):
        learned((f"{KITCHEN} {each}", f"{CUISINE} {each}"))
        add("en", KITCHEN.split()[each], "fr", f"mot {each}")
    own = factories.live()
    asked = [segment("p", KITCHEN)]
    row_help(asked, "en", "fr", own)

    with django_assert_num_queries(4):  # entries; pairs; documents; terms
        helped = row_help(asked, "en", "fr", own)

    assert (len(helped["suggestions"]), len(helped["terms"])) == (number, number)
