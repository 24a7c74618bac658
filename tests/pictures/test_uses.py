from __future__ import annotations

import pytest

from pictures import uses
from pictures.models import Picture, figure_models
from tests import factories
from tests.pictures.factories import figure, picture

pytestmark = pytest.mark.django_db


def test_every_kind_of_figure_is_known():
    assert [model.__name__ for model in figure_models()] == ["BulletinFigure", "PageFigure"]


def test_a_picture_is_found_wherever_it_is_used():
    shown, other = picture(), picture()
    draft, page = factories.draft(), factories.page()
    figures = [figure(draft, shown), figure(page, shown)]
    figure(draft, other)

    assert uses.of(shown) == figures
    assert uses.documents_of(shown) == [draft, page]


def test_what_nothing_uses_is_found():
    used, unused = picture(), picture()
    figure(factories.draft(), used)

    assert list(uses.unused()) == [unused]


@pytest.mark.parametrize("number", [1, 3])
def test_many_pictures_are_looked_up_at_once(number, django_assert_num_queries):
    document = factories.draft()
    for _number in range(number):
        figure(document, picture())
    found = list(Picture.objects.all())

    with django_assert_num_queries(2):
        used = uses.of_many(found)
        assert [str(f.document) for figures in used.values() for f in figures] == [
            "Kitchen opens"
        ] * number
        assert [str(f) for figures in used.values() for f in figures] == ["march"] * number
    with django_assert_num_queries(1):
        assert list(uses.unused()) == []
