"""`manage.py translation_report`: how translations stand, for people and for programs."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from bulletins.models import Bulletin
from tests import factories
from tests.links import factories as links
from tests.translations.desk.desk_helpers import person, posted, rows, save
from translations.acts import reviewing

pytestmark = pytest.mark.django_db


def report(*arguments: str) -> str:
    out = StringIO()
    call_command("translation_report", *arguments, stdout=out)
    return out.getvalue()


def begun(document):
    amina = person(f"amina{document.pk}", "translate_fr")
    [title] = rows(document, ":title")
    save(document, amina, posted(title, "Une cuisine", ":title"))
    return amina


def test_for_programs_it_is_a_list_of_objects():
    missing = factories.live()
    current = factories.live_pair()

    assert json.loads(report("--json")) == [
        {
            "document": f"bulletins.bulletin/{missing.pk}",
            "language": "fr",
            "state": "missing",
            "words": 6,
        },
        {
            "document": f"bulletins.bulletin/{current.pk}",
            "language": "fr",
            "state": "current",
            "words": 0,
        },
    ]


def test_a_state_names_both_axes():
    begun(factories.live())
    outdated = factories.live_pair()
    outdated.title_en = "Kitchen closes"
    outdated.save()
    reviewing.submit(Bulletin, outdated.pk, "fr", person=begun(outdated))

    found = [(one["state"], one["words"]) for one in json.loads(report("--json"))]
    # Two words of each are in the draft already.
    assert found == [("missing+in_progress", 4), ("outdated+submitted", 0)]


def test_one_language_alone():
    factories.live()
    french = factories.live_french()

    found = json.loads(report("--json", "--language", "en"))
    assert [(one["document"], one["language"]) for one in found] == [
        (f"bulletins.bulletin/{french.pk}", "en")
    ]


def test_an_empty_house_has_an_empty_list():
    assert json.loads(report("--json")) == []


def test_what_has_no_text_is_not_listed():
    links.group(links.section(), description_en=None)

    assert [one["document"].split("/")[0] for one in json.loads(report("--json"))] == [
        "links.section"
    ]


def test_for_people_it_is_a_table_with_totals():
    missing = factories.live()
    current = factories.live_pair()
    french = factories.live_french()

    assert report() == (
        f"7 words left  English  missing     bulletins.bulletin/{french.pk}  La cuisine ouvre\n"
        f"6 words left  French   missing     bulletins.bulletin/{missing.pk}  Kitchen opens\n"
        f"0 words left  French   up to date  bulletins.bulletin/{current.pk}  Kitchen opens\n"
        "\n"
        "English: 1 missing; 7 words left\n"
        "French: 1 missing, 1 up to date; 6 words left\n"
    )


def test_what_is_most_urgent_comes_first():
    factories.draft(title_en="Draft")
    factories.live(title_en="Older", ago=timedelta(days=2))
    factories.live(title_en="Newer")
    outdated = factories.live_pair()
    outdated.title_en = "Outdated"
    outdated.save()

    lines = report("--language", "fr").splitlines()[:4]
    assert [line.split("  ")[-1] for line in lines] == ["Outdated", "Newer", "Older", "Draft"]


def test_the_totals_count_each_text_once():
    factories.live()
    begun(factories.live())
    outdated = factories.live_pair()
    outdated.title_en = "Kitchen closes"
    outdated.save()
    reviewing.submit(Bulletin, outdated.pk, "fr", person=begun(outdated))

    assert report().splitlines()[-1] == (
        "French: 1 in progress, 1 missing, 1 outdated and ready for review; 10 words left"
    )


def test_when_there_is_nothing_it_says_so():
    assert report() == "There is nothing to translate.\n"


def test_a_language_that_is_none_names_those_there_are():
    with pytest.raises(CommandError) as error:
        report("--language", "eo")

    assert str(error.value) == "“eo” is no language of this site. They are: en, fr."


@pytest.mark.parametrize("number", [1, 3])
def test_the_report_costs_the_same_for_one_text_and_for_three(number, django_assert_num_queries):
    for _number in range(number):
        factories.live()

    with django_assert_num_queries(2):
        report()
    with django_assert_num_queries(1):
        report("--json")
