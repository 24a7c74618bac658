"""From the board to a page that readers see, and what happens when its original changes."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from bulletins.models import Bulletin
from config import sample
from tests import factories
from translations.models import Side
from translations.status import Public

from .at_the_desk import desk, enter, expect_saved, make_people, open_row, press, row, save, say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Two hours in the visits room"
# One text for each segment of the sample's bulletin that exists in English only. Where it was
# translated before, "" stands: there the suggestion is taken.
FRENCH = (
    "Deux heures au parloir",
    "À Marsh Road, quelqu’un attend une visite, et n’a besoin ni d’avocat, ni de famille, ni "
    "d’expert. Conseils pour une première fois.",
    "Le centre de détention de Marsh Road se trouve entre un dépôt de carrelage et un loueur de "
    "châteaux gonflables. Le bus s’arrête aux châteaux. De là, vous longez la clôture.",
    "Personne, là-dedans, n’a été condamné à quoi que ce soit. On les enferme parce que quelqu’un "
    "veut les mettre dans un avion, et personne ne peut leur dire combien de temps cela prendra : "
    "pas de date à barrer. Une visite ne change pas la loi. Elle change l’après-midi, et dit au "
    "bâtiment que cette personne est connue dehors.",
    "",
    "*Demandez d’abord.* Nous ne rendons visite qu’à celles et ceux qui le veulent. Les Selmouth "
    "Visitors vous mettent en contact et vous accompagnent la première fois : voyez [nos liens]",
    "*Réservez.* Le centre veut votre nom et celui de la personne que vous allez voir. Écrivez le "
    "sien exactement comme sur ses papiers, même si les papiers se trompent.",
    "*Apportez une pièce d’identité* et une pièce d’une livre pour le casier. Sac, téléphone, clés "
    "et carnet y restent.",
    "*Rien pour eux dans vos poches.* Les habits et les livres passent par le bureau des affaires. "
    "Demandez ce qu’il faut ; en général des chaussettes, un dictionnaire, du crédit de téléphone.",
    "Dans la salle",
    "Des tables basses, une machine à boissons et une caisse de jouets qui ont une roue en tout. "
    "Laissez l’autre choisir de quoi parler : le dossier peut-être, ou le football, une recette, "
    "pas grand-chose. Vous n’êtes pas là pour remplir tous les silences.",
    "Ne demandez pas comment on est venu. Cette histoire a déjà été racontée à trop de gens assis "
    "devant un formulaire. Si on vous la raconte quand même, elle ne sort pas de la salle.",
    "Ne promettez que ce que vous pouvez faire avant la fin de la semaine. « J’appelle votre "
    "avocate pour savoir pourquoi elle n’a pas téléphoné » est une bonne promesse. « On va vous "
    "sortir de là » n’en est pas une.",
    "Après",
    "Retournez aux châteaux avec quelqu’un. Notez les dates, les numéros de dossier et ce que vous "
    "avez dit que vous feriez, mais pas ce qu’on vous a confié. Puis revenez. C’est la deuxième "
    "visite qui compte : celle où vous devenez quelqu’un qui revient.",
    "Si vous êtes libre un après-midi en semaine, même une fois par mois, "
    "il suffit de [nous écrire]",
)
MEMORY, TERM = 5, 3


@pytest.fixture
def bulletin():
    """The sample's bulletin without French, and one that said a line of it before."""
    sample.load()
    factories.live_pair(
        title_en="The bus to Marsh Road",
        title_fr="Le bus de Marsh Road",
        body_en="<h2>Before you go</h2><p>Bring change.</p>",
        body_fr="<h2>Avant d’y aller</h2><p>Prenez de la monnaie.</p>",
    )
    make_people()
    return Bulletin.objects.get(title_en=TITLE)


def test_a_text_goes_from_the_board_to_its_readers_and_is_kept_true(bulletin, open_page, watch):
    translator, editor, reader = open_page(), open_page(), open_page()
    translate(enter(translator, "amina"))
    review(enter(editor, "morag"))
    read(reader)
    assert french(bulletin).status.public == Public.CURRENT

    change(editor, bulletin, "dictionary", "radio")
    assert french(bulletin).status.public == Public.OUTDATED
    confirm(editor, bulletin)
    assert french(bulletin).status.public == Public.CURRENT

    change(editor, bulletin, "radio", "wireless", minor=True)
    assert french(bulletin).status.public == Public.CURRENT
    editor.goto(desk(bulletin))
    expect(editor.locator(".row:not([data-done])")).to_have_count(0)
    assert watch.errors == []


def translate(page):
    """As a translator: from the board through every segment to “Send for review”."""
    expect(page.get_by_role("heading", level=1)).to_have_text("What there is to translate")
    texts = page.get_by_role("region", name="All texts")
    press(page, texts.get_by_role("link", name=f"French: {TITLE}"))
    expect(page.locator(".desk-state .mark")).to_have_class(re.compile("mark-missing"))
    expect(page.locator(".row")).to_have_count(len(FRENCH))
    for number, words in enumerate(FRENCH, start=1):
        area = open_row(page, number)
        if number == MEMORY:
            take_suggestion(page)
            continue
        link = row(page, number).locator(".source a")
        say(page, area, words, link.get_attribute("href") if link.count() else "")
        if number == TERM:
            mind_the_glossary(page)
    save(page)
    expect(page.locator("#progress-words")).to_contain_text(f"{len(FRENCH)} of {len(FRENCH)} done")
    press(page, page.get_by_role("button", name="Send for review"))
    expect(page.get_by_text("Sent for review. Thank you!")).to_be_visible()


def take_suggestion(page):
    here = row(page, MEMORY)
    expect(here.locator(".suggestion .likeness")).to_have_text("1. The same")
    expect(here.locator(".suggestion")).to_contain_text("The bus to Marsh Road")
    here.get_by_role("button", name="Insert suggestion 1").click()
    expect(here.locator(".ProseMirror h2")).to_have_text("Avant d’y aller")


def mind_the_glossary(page):
    """The page saves by itself; the check complains, and is told why it is to be quiet."""
    here = row(page, TERM)
    expect(here.locator(".terms dt")).to_have_text("removal centre")
    expect(here.locator(".terms")).to_contain_text("centre de rétention")
    # Nothing is pressed: what is typed is saved when typing rests.
    expect_saved(page)
    complaint = here.locator(".problem")
    expect(complaint).to_contain_text("centre de rétention")
    complaint.get_by_text("Leave it, because…").click()
    complaint.get_by_label("Reason").fill("C’est ce qui est écrit sur la clôture.")
    press(page, complaint.get_by_role("button", name="Leave it"))
    expect(row(page, TERM).locator(".problem-left")).to_contain_text("écrit sur la clôture")


def review(page):
    """As an editor: find what is ready on the board, read both sides, publish."""
    page.goto(reverse("desk:board"))
    press(page, page.get_by_role("region", name="Ready to publish").get_by_role("link", name=TITLE))
    expect(page.get_by_role("heading", name="Side by side")).to_be_visible()
    expect(page.locator(".found li")).to_have_text([re.compile("écrit sur la clôture")])
    press(page, page.get_by_role("button", name="Publish", exact=True))
    expect(page.get_by_text("Published: readers see it now.")).to_be_visible()


def read(page):
    page.goto("/fr/bulletins/")
    press(page, page.get_by_role("link", name="Deux heures au parloir").first)
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("heading", level=1)).to_have_text("Deux heures au parloir")
    expect(page.locator(".prose h2")).to_have_text(["Avant d’y aller", "Dans la salle", "Après"])
    expect(page.locator("article li strong").first).to_have_text("Demandez d’abord.")
    press(page, page.locator("article").get_by_role("link", name="nos liens"))
    expect(page).to_have_url(re.compile("/fr/links/$"))


def change(page, bulletin, old: str, new: str, *, minor: bool = False):
    """As an editor: put one word in another's place in the English text, in the admin."""
    page.goto(reverse("admin:bulletins_bulletin_change", args=[bulletin.pk]))
    area = page.get_by_role("textbox", name="Text (English)")
    area.scroll_into_view_if_needed()
    # Where the word stands on the screen, to be chosen with two clicks as people do.
    place = area.evaluate(
        """(area, word) => {
            const walker = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.search(new RegExp(`\\\\b${word}\\\\b`));
                if (at < 0) continue;
                walker.currentNode.parentElement.scrollIntoView({ block: "center" });
                const range = document.createRange();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + word.length);
                const box = range.getBoundingClientRect();
                return [box.x + box.width / 2, box.y + box.height / 2];
            }
        }""",
        old,
    )
    page.mouse.dblclick(*place)
    page.keyboard.insert_text(new)
    if minor:
        page.get_by_label("Minor change").check()
    press(page, page.locator("[name=_continue]").first)
    bulletin.refresh_from_db()
    assert f" {new} " in bulletin.body_en.replace("<strong>", " ").replace("</strong>", " ")


def confirm(page, bulletin):
    """One row shows as changed, with the word marked; “still correct” clears it."""
    page.goto(desk(bulletin))
    changed = page.locator(".row:not([data-done])")
    expect(changed).to_have_count(1)
    expect(changed.locator(".mark")).to_have_text("changed")
    expect(changed.locator(".what-changed ins")).to_have_text(re.compile("radio$"))
    expect(changed.locator(".what-changed del")).to_have_text(re.compile("dictionary$"))
    expect(page.locator(".what-changed")).to_have_count(1)
    press(page, changed.get_by_role("button", name="Still correct"))
    expect(page.get_by_text("Still correct: noted.")).to_be_visible()
    expect(page.locator(".row:not([data-done])")).to_have_count(0)


def french(bulletin) -> Side:
    return Side.objects.of(bulletin).get(language="fr")
