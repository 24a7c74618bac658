from __future__ import annotations

import pytest

from core import languages


@pytest.fixture(autouse=True)
def _three_languages(settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "French"), ("ar", "Arabic")]
    settings.PUBLIC_LANGUAGES = ["fr", "en"]


def test_codes_stand_in_the_order_of_menus():
    assert languages.codes() == ["en", "fr", "ar"]


def test_public_languages_keep_the_order_of_menus():
    assert languages.public() == ["en", "fr"]


def test_every_language_is_public_where_nothing_is_said(settings):
    del settings.PUBLIC_LANGUAGES
    assert languages.public() == ["en", "fr", "ar"]


@pytest.mark.parametrize(
    ("code", "direction"),
    [("en", "ltr"), ("ar", "rtl"), ("AR-dz", "rtl"), ("fa", "rtl"), ("ps", "rtl"), ("xx", "ltr")],
)
def test_a_language_has_its_direction(code, direction):
    assert languages.direction(code) == direction


@pytest.mark.parametrize(("code", "name"), [("en", "English"), ("fr", "Français"), ("xx", "xx")])
def test_a_menu_names_a_language_in_itself(code, name):
    assert languages.native_name(code).lower() == name.lower()


def test_native_names_begin_with_a_capital():
    assert languages.native_name("fr") == "Français"


def test_the_first_language_comes_first():
    assert languages.order("fr") == ["fr", "en", "ar"]


def test_an_unknown_language_cannot_come_first():
    with pytest.raises(ValueError, match="'xx' is not one"):
        languages.order("xx")


@pytest.mark.parametrize(
    ("code", "locale"), [("fr", "fr_FR"), ("en", "en_US"), ("fr-ca", "fr_CA"), ("xx", "")]
)
def test_a_language_is_a_locale_where_it_has_a_territory(code, locale):
    assert languages.locale(code) == locale
