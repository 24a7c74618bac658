from __future__ import annotations

import pytest

from tests.translations.checks.pairs import alarms, messages, row

ALIKE = [
    ("Doors at 12:30.", "Ouverture à 12h30."),
    ("Doors at 12:30.", "Ouverture à 12 h 30."),
    ("Doors at 12.30 pm.", "Ouverture à 12:30."),
    ("Doors at 12.30 p.m.", "Ouverture à 12h30."),
    ("arriving at 10 AM", "arrivée à 10h"),
    ("arriving at 10am", "arrivée à 10\u00a0h"),
    ("arriving at 10 a.m.", "arrivée à 10 heures"),
    ("at 7:30", "à 19h30"),
    ("at 6.30pm", "à 18 h 30"),
    ("at 6.30", "à 18 h 30"),
    ("at 7 o’clock", "à 19 h"),
    ("at 7", "à 19 heures"),
    ("from 2 to 5pm", "de 14 à 17 h"),
    ("2–5 pm", "de 14h à 17h"),
    ("11am–1pm", "11h-13h"),
    ("11-1pm", "de 11 h à 13 h"),
    ("from 10 to 12", "de 10 h à 12 h"),
    ("at half past ten", "à 10h30"),
    ("at half past 10", "à 10 heures et demie"),
    ("at a quarter to 6", "à 17 h 45"),
    ("at noon", "à 12h"),
    ("at 12:00", "à midi"),
    ("at midnight", "à 0h"),
    ("open 24/7", "ouvert 24h/24 et 7j/7"),
    ("for 24 hours", "pendant 24h"),
    ("a 48-hour strike", "une grève de 48h"),
    ("more than 1,700 people", "plus de 1 700 personnes"),
    ("more than 1,700 people", "plus de 1\u202f700 personnes"),
    ("more than 1,700 people", "plus de 1.700 personnes"),
    ("1,250,000 people", "1 250 000 personnes"),
    ("£3.50 each", "3,50 livres chacun"),
    ("£10.00", "10 livres"),
    ("1.5 million people", "1 500 000 personnes"),
    ("2k people", "2 000 personnes"),
    ("3 billion euros", "3 milliards d’euros"),
    ("50% off", "moins 50 %"),
    ("on 20 August", "le 20 août"),
    ("August 20th", "le 20 août"),
    ("on August 20-21, 2015", "les 20 et 21 août 2015"),
    ("from 20 August to 21 August", "du 20 au 21 août"),
    ("1st May", "1er mai"),
    ("the first of May", "le 1er mai"),
    ("on 1 May", "le premier mai"),
    ("20 Aug. 2015", "20/08/2015"),
    ("20/08/2015", "2015-08-20"),
    ("8/20/15", "20.08.2015"),
    ("On 9/11", "Le 11 septembre"),
    ("in August 2015", "en août 2015"),
    ("On 21st August 2014 a 51-year-old", "Le 21 août 2014, un homme de 51 ans"),
    ("the 20th century", "le XXe siècle"),
    ("the 1990s", "les années 90"),
    ("2014-15", "2014-2015"),
    ("the 2nd and 3rd floor", "les 2e et 3ème étages"),
    ("two people", "2 personnes"),
    ("2 people", "deux personnes"),
    ("12 tents", "douze tentes"),
    ("a dozen tents", "12 tentes"),
    ("half an hour", "30 minutes"),
    ("eighty people", "80 personnes"),
    ("80 people", "quatre-vingts personnes"),
    ("99 tents", "quatre-vingt-dix-neuf tentes"),
    ("thirty-five arrests", "35 arrestations"),
    ("two hundred and fifty people", "250 personnes"),
    ("a hundred and fifty people", "150 personnes"),
    ("3,200 people", "trois mille deux cents personnes"),
    ("21 people", "vingt et une personnes"),
    ("in the summer of ’15", "à l’été 2015"),
    ("1 hour 30 minutes", "1 h 30"),
    ("3 1/2 months", "trois mois et demi"),
    ("COP21 and the M25", "la COP21 et la M25"),
    ("WW2", "la 2e Guerre mondiale"),
    ("12 rue de Rivoli, 62100 Calais", "62100 Calais, 12 rue de Rivoli"),
    ("They may march on 3 May.", "Ils pourront défiler le 3 mai."),
    ("Ring 01 23 45 67 89 or see https://x.example/2015/08", "Appelez ou écrivez"),
    ("We met in 2015.", "Réunis en 2015, nous avons dit en 2015 : non."),
]
DIFFERENT = [
    ("Doors at 12:30.", "Ouverture à 12h45.", "12:30 in the original, 12h45 here."),
    ("Come at 10 AM.", "Venez à 22h.", "10 AM in the original, 22h here."),
    ("Come at 7.30pm.", "Venez à 7h30.", "7.30pm in the original, 7h30 here."),
    ("On 20 August.", "Le 20 juillet.", "20 August in the original, 20 juillet here."),
    ("On 20 August.", "Le 21 août.", "20 August in the original, 21 août here."),
    ("20/08", "20/09", "20/08 in the original, 20/09 here."),
    ("1,000 people", "100 personnes", "1,000 in the original, 100 here."),
    ("1,000 people", "des personnes", "Only in the original: 1,000."),
    ("people", "15 personnes", "Only here: 15."),
    ("in 2014", "en 2015", "2014 in the original, 2015 here."),
    ("the M25", "la M26", "M25 in the original, M26 here."),
    ("12:30, then 12:45", "12h30, puis 12h30", "Only in the original: 12:45."),
]


@pytest.mark.parametrize(("english", "french"), ALIKE)
def test_the_same_figures_raise_no_alarm_in_either_direction(english, french):
    assert numbers(row(english, french)) == []
    assert numbers(row(french, english, "fr en")) == []


@pytest.mark.parametrize(("english", "french", "message"), DIFFERENT)
def test_other_figures_are_named(english, french, message):
    assert messages(row(english, french)) == [message]


@pytest.mark.parametrize(
    ("source", "target", "languages", "expected"),
    [
        ("20 August at 8 pm", "20 de agosto a las 8 de la noche", "en es", []),
        ("at 20:15", "um 20.15 Uhr", "en de", []),
        ("20 people", "٢٠ شخصًا", "en ar", []),
        ("20 people", "٢١ شخصًا", "en ar", ["numbers"]),
        ("in 2014", "en 2015", "en es", ["numbers"]),
    ],
)
def test_a_language_without_tables_is_compared_by_its_digits(source, target, languages, expected):
    assert numbers(row(source, target, languages)) == expected


def test_writing_the_date_for_a_tomorrow_is_no_mistake_in_a_call_out():
    pair = ("Come tomorrow at 10.", "Venez le 30 août à 10 h.")
    assert alarms(row(*pair, is_dated=True)) == ["relative"]
    assert alarms(row(*pair)) == ["numbers"]


def numbers(pair):
    return [problem for problem in alarms(pair) if problem == "numbers"]
