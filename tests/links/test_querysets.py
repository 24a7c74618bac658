from __future__ import annotations

import pytest

from links.models import Group
from tests.links import factories

pytestmark = pytest.mark.django_db


def names(groups) -> list[str]:
    return [group.name for group in groups]


def test_listed_and_delisted_share_the_groups_out():
    section = factories.section()
    factories.group(section, name="Listed")
    factories.delisted(section, name="Delisted")

    assert names(Group.objects.listed()) == ["Listed"]
    assert names(Group.objects.published()) == ["Listed"]
    assert names(Group.objects.delisted()) == ["Delisted"]


def test_speaking_finds_a_language_first_last_and_between():
    section = factories.section()
    for position, codes in enumerate((["ar"], ["ar", "fr"], ["am", "ar", "en"], ["am", "ar"])):
        factories.group(section, position=position, name=" ".join(codes), languages=codes)
    factories.group(section, position=9, name="no Arabic", languages=["en", "fr"])

    assert names(Group.objects.speaking("ar")) == ["ar", "ar fr", "am ar en", "am ar"]


def test_speaking_takes_no_code_for_a_part_of_another():
    section = factories.section()
    factories.group(section, name="Romani", languages=["rom"])
    factories.group(section, name="Dari", languages=["prs"])

    assert names(Group.objects.speaking("ro")) == []
    assert names(Group.objects.speaking("ps")) == []
    assert names(Group.objects.speaking("rom")) == ["Romani"]


@pytest.mark.parametrize("code", ["", " ", "%", "_", "a_", "AR", "ar en", "klingon", "\x00"])
def test_speaking_finds_nothing_for_what_is_no_code(code):
    factories.group(languages=["ar", "en"])

    assert names(Group.objects.speaking(code)) == []


def test_in_country_leaves_out_other_countries_and_none():
    section = factories.section()
    factories.group(section, name="Here", country="FR")
    factories.group(section, name="There", country="GB")
    factories.group(section, name="Nowhere")

    assert names(Group.objects.in_country("FR")) == ["Here"]


def test_groups_come_in_the_order_of_the_page(django_assert_num_queries):
    second = factories.section(position=2, name_en="Second")
    first = factories.section(position=1, name_en="First")
    factories.group(second, position=1, name="2.1")
    factories.group(first, position=2, name="1.2")
    factories.group(first, position=1, name="1.1")

    with django_assert_num_queries(1):
        found = [(group.section.name_en, group.name) for group in Group.objects.by_section()]
    assert found == [("First", "1.1"), ("First", "1.2"), ("Second", "2.1")]


def test_the_missing_side_of_a_group_is_its_description():
    section = factories.section()
    factories.group(section, name="Both", description_fr="À table.")
    factories.group(section, name="English")
    factories.group(section, name="Neither", description_en=None)

    assert names(Group.objects.readable_in("fr")) == ["Both"]
    assert names(Group.objects.missing_in("fr")) == ["English", "Neither"]
    assert names(Group.objects.missing_in("en")) == ["Neither"]
