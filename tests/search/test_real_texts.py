"""On the sample content, and on the export of a real bilingual site where that is at hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command

from config import sample
from search.finding import find

pytestmark = pytest.mark.django_db

SEED = Path(__file__).parents[3] / "shared" / "seed" / "polylang.xml"


def titles(query: str, language: str) -> list[tuple[str, str]]:
    return [(hit.language, hit.title) for hit in find(query, language, per_page=100).hits]


def test_the_sample_is_found_with_and_without_accents():
    sample.load(datetime(2026, 3, 5, 12, tzinfo=UTC))

    assert titles("frontiere", "fr") == [
        ("fr", "Pourquoi les ferries se taisent"),
        ("fr", "Avant de nous écrire"),
        ("fr", "Qui nous sommes"),
    ]
    assert titles("frontière", "fr") == titles("frontiere", "fr")
    assert titles("FRONTIÈRES", "fr") == titles("frontiere", "fr")
    assert titles("borders", "en") == [
        ("en", "Why the ferries are quiet"),
        ("en", "Before you write to us"),
        ("en", "Who we are"),
    ]
    # In what exists in French only, the query is a French one: « à bord ».
    assert titles("border", "en") == [*titles("borders", "en"), ("fr", "Maîtres à bord")]


@pytest.mark.skipif(not SEED.exists(), reason="the export is not at hand")
def test_an_imported_site_is_found(capsys):
    call_command("import_wordpress", str(SEED))

    assert titles("frontiere", "fr") == [
        ("fr", "La solidarité signifie lutter contre les frontières"),
        (
            "fr",
            "Autoroute bloqué\u202f! – La réponse de la Jungle à la visite de Theresa May à "
            "Calais – 20 août 2015",
        ),
    ]
    assert titles("frontière", "fr") == titles("frontiere", "fr")
    assert titles("FRONTIÈRES", "fr") == titles("frontiere", "fr")
    assert titles("border", "en") == titles("borders", "en")
    assert [language for language, _title in titles("border", "fr")] == ["en", "en"]
