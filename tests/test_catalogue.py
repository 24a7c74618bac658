"""The interface in French: whole, compiled, well set, and found by the running site."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest
from django.utils.translation import gettext, ngettext, override

from tests import factories

ROOT = Path(__file__).parent.parent
FRENCH = ROOT / "locale/fr/LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|%[sd]")
ADDRESS = re.compile(r"\w+://\S*")
# What may stand at a place of French punctuation is a no-break space: the narrow one (U+202F)
# before ; ! ? and the full one (U+00A0) before : and inside « ».
WRONG_SIGNS = {
    "a straight apostrophe": r"\w'\w",
    "a straight quotation mark": r'"',
    "an English quotation mark": r"[“”]",
    "three dots": r"\.\.\.",
    "no narrow no-break space before ; ! ?": r"[^\u202f;!?][;!?]",
    "no no-break space before :": r"[^\u00a0]:",
    "no no-break space after «": r"«(?!\u00a0)",
    "no no-break space before »": r"(?<!\u00a0)»",
    "two spaces": r"\s\s",
}
# It names the signs that banks carry.
NAMES_SIGNS = "Banks do not carry “%(character)s” in a reference."
DATE_FORMAT = re.compile(r"\|date:_\(\"([^\"]+)\"\)")


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(FRENCH / "django.po"))


def told(entry) -> list[str]:
    """What an entry says in French: one text, or one for each number."""
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def test_every_string_is_translated(catalogue):
    left = [e.msgid for e in catalogue if not e.obsolete and not all(told(e))]

    assert left == []


def test_nothing_is_fuzzy_or_obsolete(catalogue):
    assert [e.msgid for e in catalogue if e.fuzzy or e.obsolete] == []


def test_plurals_are_those_of_french(catalogue):
    """None and one are singular in French: zéro jour, un jour, deux jours."""
    assert catalogue.metadata["Plural-Forms"] == "nplurals=2; plural=(n > 1);"
    counts = {e.msgid: sorted(e.msgstr_plural) for e in catalogue if e.msgid_plural}
    assert counts == {msgid: [0, 1] for msgid in counts}


def test_placeholders_agree(catalogue):
    differing = [
        e.msgid
        for e in catalogue
        for text in told(e)
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(e.msgid))
    ]

    assert differing == []


def test_what_is_compiled_is_what_is_written(catalogue):
    compiled = polib.mofile(str(FRENCH / "django.mo"))

    def messages(entries):
        return {(e.msgctxt, e.msgid, e.msgid_plural): told(e) for e in entries}

    assert messages(compiled) == messages(catalogue)


@pytest.mark.parametrize("fault", WRONG_SIGNS)
def test_french_is_set_as_in_print(catalogue, fault):
    found = [
        text
        for e in catalogue
        if not e.msgid.startswith(NAMES_SIGNS)
        for text in told(e)
        if re.search(WRONG_SIGNS[fault], ADDRESS.sub("…", text))
    ]

    assert found == []


def test_a_sentence_ends_as_it_does_in_english(catalogue):
    """A full stop that is lost, or one too many, shows in lists of help texts."""
    differing = [
        (e.msgid, text)
        for e in catalogue
        for text in told(e)
        if e.msgid.endswith((".", ":", "…")) and text[-1] != e.msgid[-1]
    ]

    assert differing == []


def test_names_of_languages_stand_inside_sentences():
    """« en anglais », « parle arabe »: lists capitalise, the catalogue does not."""
    from core import languages as of_texts
    from links import languages as spoken

    with override("fr"):
        names = {of_texts.name(code) for code in of_texts.codes()}
        names |= {str(name) for name in spoken.NAMES.values()}

    assert {name for name in names if name[0].isupper()} == set()
    assert {"anglais", "français", "arabe", "tigrinya"} <= names


def test_formats_of_dates_are_french(catalogue):
    """The letters of a date format are translated like words: 18:30 is 18 h 30."""
    templates = (ROOT / "templates").rglob("*.html")
    used = {f for path in templates for f in DATE_FORMAT.findall(path.read_text("utf-8"))}
    french = {e.msgid: e.msgstr for e in catalogue if e.msgid in used}

    assert french == {
        "F": "F",
        "F Y": "F Y",
        "H:i": "G\u00a0\\h\u00a0i",
        "M Y": "F Y",
        "j F Y": "j F Y",
        "j M Y": "j F Y",
        "l j F": "l j F",
        "l j F Y": "l j F Y",
    }


def test_the_compiled_catalogue_is_found():
    with override("fr"):
        assert gettext("Take this side back") == "Retirer cette version"
        days = "It works for %(days)s day.", "It works for %(days)s days."
        assert [ngettext(*days, n) % {"days": n} for n in (0, 1, 2)] == [
            "Il est valable 0 jour.",
            "Il est valable 1 jour.",
            "Il est valable 2 jours.",
        ]


def test_readers_are_shown_french(client, db):
    factories.identity(name_fr="Quai Ouvert")

    page = client.get("/fr/").content.decode()

    assert "Aller au texte" in page
    assert "Rien n’est encore publié ici. Revenez bientôt." in page
    assert "Skip to the text" not in page


def test_the_login_is_shown_in_the_browsers_french(client, db):
    page = client.get("/accounts/login/", headers={"accept-language": "fr"}).content.decode()

    assert "Pas de compte, ou mot de passe oublié\u202f? Demandez un lien" in page
    assert "No account" not in page


def test_the_admin_is_shown_in_the_persons_french(admin_client, admin_user):
    """Whatever the browser asks for."""
    admin_user.language = "fr"
    admin_user.save()

    page = admin_client.get("/admin/", headers={"accept-language": "en"}).content.decode()

    assert "Que voulez-vous faire\u202f?" in page
    assert "What would you like" not in page
