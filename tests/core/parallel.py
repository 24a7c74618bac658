"""One story in English and in French, sentence by sentence, to be cut into texts of any shape."""

from __future__ import annotations

from core.segments import Segment, segments

# fmt: off
SENTENCES = [
    ("The pumping station at Orme has stood empty for eleven years.",
     "La station de pompage d’Orme est vide depuis onze ans."),
    ("Last Friday, some forty neighbours took out the boards and swept the floor.",
     "Vendredi dernier, une quarantaine de voisins ont retiré les planches et balayé le sol."),
    ("By nightfall there was light in every window again.",
     "À la tombée de la nuit, il y avait de nouveau de la lumière à toutes les fenêtres."),
    ("Nobody had asked for permission, and nobody had waited for it.",
     "Personne n’avait demandé la permission, et personne ne l’avait attendue."),
    ("We need a place where people can sit down without buying anything.",
     "Il nous faut un lieu où l’on puisse s’asseoir sans rien acheter."),
    ("The town closed the library in 2019 and sold the youth centre a year later.",
     "La ville a fermé la bibliothèque en 2019 et vendu la maison des jeunes un an plus tard."),
    ("What is left is a car park, and even that one closes at eight.",
     "Il reste un parking, et encore, il ferme à vingt heures."),
    ("Is it too much to ask for a roof and a kettle?",
     "Est-ce trop demander qu’un toit et une bouilloire ?"),
    ("On Saturday morning two vans of municipal police drew up in front of the gate.",
     "Samedi matin, deux fourgons de la police municipale se sont arrêtés devant le portail."),
    ("They wanted names, and they were given coffee.",
     "Ils voulaient des noms, on leur a donné du café."),
    ("After an hour on the telephone they drove off without a word.",
     "Après une heure passée au téléphone, ils sont repartis sans un mot."),
    ("The children waved after them until the corner.",
     "Les enfants leur ont fait signe jusqu’au coin de la rue."),
    ("In the afternoon Madame Leroux, who lives across the canal, brought us the old plans.",
     "L’après-midi, madame Leroux, qui habite de l’autre côté du canal, nous a apporté les vieux "
     "plans."),
    ("Her father had worked the pumps until the very last day.",
     "Son père s’était occupé des pompes jusqu’au tout dernier jour."),
    ("She showed us where the water comes in, and where it has to go.",
     "Elle nous a montré par où l’eau arrive, et par où elle doit repartir."),
    ("Since then three people have been busy in the cellar, and they are not to be disturbed.",
     "Depuis, trois personnes s’affairent à la cave, et il ne faut pas les déranger."),
    ("The owner says through his lawyer that he will have the building cleared.",
     "Le propriétaire fait dire par son avocat qu’il fera évacuer le bâtiment."),
    ("We have read the law, and it is not as simple as that.",
     "Nous avons lu la loi, et ce n’est pas aussi simple."),
    ("Come by, bring a chair, stay for the evening.",
     "Passez nous voir, apportez une chaise, restez pour la soirée."),
    ("Whoever has a spare key to the boiler room should please get in touch!",
     "Que celles et ceux qui ont un double des clés de la chaufferie nous fassent signe !"),
]
HEADINGS = [("Water under the floor", "De l’eau sous le plancher"), ("How to help", "Nous aider")]
ITEMS = [
    ("Chairs, tables and anything else to sit on", "Des chaises, des tables et de quoi s’asseoir"),
    ("A hundred metres of garden hose", "Cent mètres de tuyau d’arrosage"),
    ("The <a href=\"https://tools.example.org\">tool library</a> in Rue Basse",
     "L’<a href=\"https://tools.example.org\">outilthèque</a> de la rue Basse"),
    ("Somebody who can read Dutch", "Quelqu’un qui sache lire le néerlandais"),
    ("Night shifts, from ten until six", "Des tours de garde, de dix heures à six heures"),
    ("Bread", "Du pain"),
    ("Friends of the Lower Canal", "Les amis du Bas-Canal"),
    ("A list of houses standing empty in the old harbour",
     "Une liste des maisons vides du vieux port"),
]
# fmt: on
EN, FR = 0, 1


def text(language: int, shape: str) -> str:
    """A text of the shape "h0 | 0 1 2 | 3 4 | i0 | i1 | Other words." as HTML.

    A heading, two paragraphs of sentences, a list of two items, another paragraph.
    """
    html = ""
    for block in shape.split(" | "):
        if block[0] == "h" and block[1:].isdigit():
            html += f"<h2>{HEADINGS[int(block[1:])][language]}</h2>"
        elif block[0] == "i" and block[1:].isdigit():
            html += f"<ul><li><p>{ITEMS[int(block[1:])][language]}</p></li></ul>"
        elif block[0].isdigit():
            words = " ".join(SENTENCES[int(number)][language] for number in block.split())
            html += f"<p>{words}</p>"
        else:
            html += f"<p>{block}</p>"
    return html.replace("</ul><ul>", "")


def shaped(language: int, shape: str) -> list[Segment]:
    return segments(text(language, shape)) if shape else []
