"""A small fixed world to search in: every text has a name, every date is a day of 2025."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bulletins.models import Bulletin, Kind
from pages.models import Topic
from search.finding import Found, find
from tests import factories
from tests.links.factories import group


def day(number: int) -> datetime:
    return datetime(2025, 1, 1, 12, tzinfo=UTC) + timedelta(days=number)


def world() -> dict[str, object]:
    """Twelve documents by name; the higher the number of the day, the newer."""
    housing = Topic.objects.create(name_en="Housing", name_fr="Logement")
    made = {
        "borders": factories.live_pair(
            title_en="Borders kill",
            title_fr="Les frontières tuent",
            body_en="<p>Twelve people drowned. We mourn them at the quay.</p>",
            body_fr="<p>Douze personnes se sont noyées. Nous les pleurons sur le quai.</p>",
        ),
        "kitchen": factories.live_pair(
            title_en="Kitchen opens",
            title_fr="La cuisine ouvre",
            body_en="<p>Soup for everybody, close to the border. No police, no papers.</p>",
            body_fr="<p>De la soupe pour tout le monde, près de la frontière. Ni police ni "
            "papiers.</p>",
        ),
        "eviction": factories.live_pair(
            kind=Kind.CALLOUT,
            title_en="Stop the eviction of rue des Cordiers",
            title_fr="Empêchons l’expulsion de la rue des Cordiers",
            body_en="<p>The police want to evict forty residents. Come at dawn, bring coffee.</p>",
            body_fr="<p>La police veut expulser quarante habitant·e·s. Venez à l’aube avec du "
            "café.</p>",
        ),
        "evicted": factories.live_pair(
            title_en="What the bailiff said",
            title_fr="Ce que l’huissier a dit",
            body_en="<p>Everybody was evicted in the morning, and the police kept the tents.</p>",
            body_fr="<p>Tout le monde a été expulsé le matin, et la police a gardé les tentes.</p>",
        ),
        "harbour": factories.live_french(
            title_fr="Sur le port, la grève continue",
            body_fr="<p>Les dockers ont voté. Aucun ferry ne franchit la frontière. "
            "La police regarde.</p>",
        ),
        "choir": factories.live(
            title_en="A choir for the strike",
            body_en="<p>We sing at the harbour, songs about the state of the port and the "
            "sea. No borders, no fences.</p>",
        ),
        "rights": factories.faq(
            entries=0,
            source_language="fr",
            title_en="Your rights",
            title_fr="Vos droits",
            body_en="<p>What everybody can ask for.</p>",
            body_fr="<p>Ce que tout le monde peut exiger.</p>",
        ),
        "about": factories.page(
            title_en="Who we are",
            title_fr="Qui nous sommes",
            body_en="<p>A kitchen, a choir and a legal team of volunteers.</p>",
            body_fr="<p>Une cuisine, une chorale et une équipe juridique de bénévoles.</p>",
        ),
        "safety": factories.page(
            title_en="Write to us safely", body_en="<p>Use Signal. Never write names.</p>"
        ),
        "team": group(name="Legal Team Calais", description_fr="Avocat·es de la côte."),
        "porto": group(name="Porto Franco"),
        "draft": factories.draft(title_en="Secret plan", body_en="<p>Zeppelin.</p>"),
    }
    made["papers"] = factories.entry(
        made["rights"],
        position=1,
        question_en="May the police ask for my papers?",
        question_fr="La police peut-elle demander mes papiers ?",
        answer_en="<p>At the border they may. Stay calm, ask for a lawyer.</p>",
        answer_fr="<p>À la frontière, oui. Restez calme, demandez un avocat.</p>",
    )
    made["tent"] = factories.entry(
        made["rights"],
        position=2,
        question_en=None,
        answer_en=None,
        question_fr="Ma tente est-elle un domicile ?",
        answer_fr="<p>Oui. Une tente est un domicile.</p>",
    )
    for number, name in enumerate(made):
        if isinstance(made[name], Bulletin) and name != "draft":
            made[name].published_at = day(number)
            made[name].save()
    made["about"].published_at = made["safety"].published_at = day(300)
    made["about"].save()
    made["safety"].save()
    for name in ("eviction", "evicted", "team"):
        made[name].topics.add(housing)
    made["housing"] = housing
    return made


def names(world: dict[str, object], found: Found) -> list[str]:
    """The hits by their names, with the language where it is not the reader's: "harbour fr"."""
    by_key = {
        (document._meta.label_lower, document.pk): name
        for name, document in world.items()
        if hasattr(document, "source_language")
    }
    return [
        by_key[hit.document_type, hit.object_id]
        + (f" {hit.language}" if hit.is_other_language else "")
        for hit in found.hits
    ]


def found(world: dict[str, object], query: str, language: str, **filters) -> list[str]:
    return names(world, find(query, language, **filters))
