"""Who writes one side of a text while somebody else writes the other: workers of a race."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from bulletins.models import Bulletin
from tests.forms import post, shown
from tests.translations.desk.desk_helpers import posted, rows, save
from tests.translations.racing import number_in
from translations.acts.publishing import publish_side

# Two paragraphs, of which one changes: what a French text says of the other one stays true.
STANDS = {"en": "<p>The bridge is open.</p>", "fr": "<p>Le pont est ouvert.</p>"}
WRITTEN = {"en": "Tide", "fr": "Marée"}
# What the admin's French says of its source is a number that no English text ever had.
TYPED = {"en": (), "fr": (999,)}


def body(language: str, *numbers: int) -> str:
    """A body that names its version; a translation names first the source that it says."""
    return STANDS[language] + f"<p>{WRITTEN[language]} {' – '.join(map(str, numbers))}</p>"


def saving(document, column: str):
    """As an import or a command does it: read the object, change one column, save all of it."""

    def prepare(number: int):
        found = Bulletin.objects.get(pk=document.pk)
        setattr(found, column, f"{column[-2:]} {number}")
        return found.save

    return prepare


class AtTheDesk:
    """A person with a page of the desk: reads the source, and writes what it says."""

    def __init__(self, document, who, language: str = "fr", part: str = ":body"):
        self.language, self.part = language, part
        self.client = Client()
        self.client.force_login(who)
        self.address = f"/desk/{document._meta.label_lower}-{document.pk}/{language}/"

    def write(self, number: int) -> dict:
        """The form as it is sent when “Publish” is pressed, with a text that names its version."""
        page = self.client.get(self.address)
        row = [row for row in page.context["page"].rows if row.part == self.part][-1]
        self.words = f"{WRITTEN[self.language]} {number_in(row.source_text)} – {number}"
        return shown(page, "desk-form") | {f"text-{row.key}": self.words, "do": "publish"}

    def send(self, fields: dict, view: str = ""):
        """The page that follows, where it went well or where it did not."""
        answer = self.client.post(self.address + view, fields, follow=True)
        assert answer.status_code in (200, 409), answer.text
        return answer


def is_published(answer) -> bool:
    return [str(m) for m in answer.context["messages"]] == ["Published: readers see it now."]


def publishing(*where, **how):
    """Publishes; where the source has moved meanwhile, they are told so and do it all the same."""
    person = AtTheDesk(*where, **how)

    def prepare(number: int):
        fields = person.write(number)

        def publish():
            answer = person.send(fields)
            if is_published(answer):
                return None
            page = answer.context["page"]
            # Only the other language has moved; of a side that nobody else writes nothing has.
            assert (page.moved.source != [], page.moved.side) == (True, [])
            anyway = {"do": "publish_anyway", "revision": page.revision}
            assert is_published(person.send(anyway, "review/"))
            return "moved"

        return publish

    return prepare


def publishing_or_leaving(*where, **how):
    """Publishes; told that somebody else has written in the same place, they throw theirs away."""
    person = AtTheDesk(*where, **how)

    def prepare(number: int):
        fields = person.write(number)

        def publish():
            answer = person.send(fields)
            if is_published(answer):
                return None
            # Theirs is kept, in its cell or beside it.
            rows = answer.context["page"].rows
            kept = [row.typed for row in rows] + [o.text for row in rows for o in row.others]
            assert any(person.words in text for text in kept), kept
            person.send({"do": "discard"})
            return "told"

        return publish

    return prepare


def publishing_the_source(document, who):
    """The same act on the side that the others are translations of."""

    def prepare(number: int):
        row = rows(document, language="en")[-1]
        text = body("en", number).removeprefix(STANDS["en"])
        save(document, who, posted(row, text), language="en")
        return lambda: publish_side(Bulletin, document.pk, "en", person=who) and None

    return prepare


def typing_in_the_admin(document, client: Client, *languages: str):
    """An editor: opens the form, writes into it, and saves all that was shown. Told that somebody
    else has written there, they leave it at that."""
    address = reverse("admin:bulletins_bulletin_change", args=[document.pk])

    def prepare(number: int):
        page = client.get(address)
        texts = {f"body_{code}": body(code, *TYPED[code], number) for code in languages}

        def send():
            answer = post(client, page, **texts)
            # A refused form comes back with 200, and a page that failed is no page.
            if answer.status_code == 302:
                return None
            assert answer.status_code == 200, answer.text
            errors = answer.context["adminform"].form.errors.as_data()
            found = {name: [error.code for error in told] for name, told in errors.items()}
            assert found == {"body_fr": ["conflict"]}, found
            return "told"

        return send

    return prepare
