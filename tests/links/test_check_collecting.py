"""Which links stand where: what readers may see, and nothing that is only a draft."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from bulletins.models import Bulletin
from links.checking import collecting
from links.models import CheckedLink, LinkPlace
from tests import factories
from tests.links import factories as links
from translations.acts import publishing, withdrawing
from translations.desk import drafts

pytestmark = pytest.mark.django_db

A, B = "https://a.example.org/", "https://b.example.org/x?a=1&b=2"


def linking(*addresses: str) -> str:
    """A text with links."""
    return "".join(
        f'<p>See <a href="{address.replace("&", "&amp;")}">this</a>.</p>' for address in addresses
    )


def places() -> list[tuple]:
    """(address, part, language) of every place."""
    found = LinkPlace.objects.values_list("link__address", "part", "language")
    return sorted(found)


def public() -> list[str]:
    return sorted(CheckedLink.objects.public().values_list("address", flat=True))


def test_every_public_side_is_looked_through():
    factories.live_pair(body_en=linking(A, B, A), body_fr=linking(B))

    assert places() == [(A, ":body", "en"), (B, ":body", "en"), (B, ":body", "fr")]
    assert public() == [A, B]


def test_an_answer_is_a_part_of_its_document():
    document = factories.faq(entries=1)
    entry = factories.entry(document, answer_en=linking(A))

    assert places() == [(A, f"bulletins.faqentry/{entry.pk}:answer", "en")]


def test_only_addresses_of_the_web_are_kept():
    other = factories.page()
    factories.live(
        body_en=linking(
            "mailto:a@example.org", "tel:+33", f"ref:pages.page/{other.pk}", "#top", "/en/x/", A
        )
    )

    assert public() == [A]


def test_a_draft_is_left_alone_and_found_once_it_is_published():
    document = factories.draft(body_en=linking(A))
    assert places() == []

    document.published_at = timezone.now()
    document.save()
    assert public() == [A]


def test_half_a_translation_of_a_live_text_is_left_alone_at_the_desk():
    document = factories.live(body_en=linking(A))
    side = document.side_rows.get(language="fr")
    side.draft = drafts.begin(side, document)
    side.draft["rows"][":body"][0]["text"] = linking(B)
    drafts.keep(side)
    document.title_en = "Other"
    document.save()

    assert public() == [A]


def test_what_is_published_later_is_left_alone_until_then():
    document = factories.live(ago=-timedelta(hours=1), body_en=linking(A))
    assert (len(places()), public()) == (1, [])

    document.published_at = timezone.now() - timedelta(seconds=1)
    document.save()
    assert public() == [A]


def test_what_is_taken_back_is_left_alone():
    document = factories.live_pair(body_en=linking(A), body_fr=linking(B))

    withdrawing.withdraw(type(document), document.pk, "fr")
    assert places() == [(A, ":body", "en")]
    publishing.unpublish(type(document), document.pk)
    assert places() == []


def test_what_is_deleted_leaves_nothing():
    document = factories.live(body_en=linking(A))
    kept = factories.live(body_en=linking(A, B))

    document.delete()
    assert places() == [(A, ":body", "en"), (B, ":body", "en")]
    type(kept).objects.all().delete()
    assert places() == []

    collecting.forget_unused()
    assert CheckedLink.objects.count() == 0


def test_a_link_that_changes_is_another_one_and_what_stays_keeps_what_is_known():
    document = factories.live(body_en=linking(A))
    CheckedLink.objects.update(verdict="fine")

    document.body_en = linking(A, B)
    document.save()

    found = CheckedLink.objects.order_by("address").values_list("address", "verdict")
    assert list(found) == [(A, "fine"), (B, "waiting")]


def test_a_group_is_known_by_its_address_while_it_is_listed():
    group = links.group(url=A, description_en="")
    assert places() == [(A, ":url", "")]

    group.url = B
    group.save()
    assert places() == [(B, ":url", "")]

    group.delisted_reason = "Asks for papers."
    group.save()
    assert places() == []


def test_a_group_in_an_event_is_followed_too():
    from translations import sides

    group = links.group(url=A)
    with sides.together():
        group.url, group.description_en = B, "Other words."
        group.save()

    assert places() == [(B, ":url", "")]


def test_addresses_that_differ_in_case_or_end_are_two():
    factories.live(body_en=linking("https://a.example.org/X", "https://a.example.org/x"))

    assert len(public()) == 2


def test_the_longest_address_fits():
    address = "https://a.example.org/" + "é" * (2000 - 22)
    factories.live(body_en=linking(address))

    assert public() == [address]


def test_looking_through_everything_finds_what_was_written_around_save(connection_rows):
    document = factories.live(body_en=linking(A))
    gone = factories.live(body_en=linking(A))
    group = links.group(url=A)
    LinkPlace.objects.all().delete()
    LinkPlace.objects.create(
        link=CheckedLink.objects.create(address=B), document=gone, part=":body", language="en"
    )
    missing = LinkPlace.objects.create(
        link=CheckedLink.objects.get(address=B), document=gone, part=":body", language="fr"
    )
    LinkPlace.objects.filter(pk=missing.pk).update(object_id=gone.pk + 1000)

    collecting.collect()

    found = {(place.document, place.link.address) for place in LinkPlace.objects.all()}
    assert found == {(document, A), (gone, A), (group, A)}
    assert public() == [A]
    assert CheckedLink.objects.filter(address=B).count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_looking_through_what_is_known_takes_as_many_queries(django_assert_num_queries, count):
    for _number in range(count):
        document = factories.live(body_en=linking(A))
        factories.entry(document, answer_en=linking(B))
        links.group(url=A)
    collecting.collect()

    with django_assert_num_queries(18):
        collecting.collect()


def test_saving_a_text_without_links_asks_once(django_assert_num_queries):
    factories.live()
    document = Bulletin.objects.prefetch_related("entries", "figures").get()

    with django_assert_num_queries(1):
        collecting.follow(document)
