"""Run inside the served site: completes the sample, and tells where each kind of page is.

`manage.py shell` reads this file from its standard input, so it is flat on purpose. The last line
it prints is JSON: {"pages": {kind: {language: path}}, "admin": {kind: path}, "desk": {kind: path},
"people": {…}}.
"""

from __future__ import annotations

import json

from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.models import User
from bulletins.announcing.models import Announcement, MailingList, State, Why
from bulletins.models import Bulletin, BulletinFigure, Kind
from bulletins.stories import story_of
from pages.models import Page
from translations.acts import publishing
from translations.desk.around import name_of
from translations.models import Side
from translations.status import Public, Work

PASSWORD = "a long enough password"

# A bulletin that the collective took back: its addresses answer 410.
gone = Bulletin.objects.create(
    source_language="en",
    title_en="A plan that fell through",
    body_en="<p>We had a plan.</p>",
    title_fr="Un projet abandonné",
    body_fr="<p>Nous avions un projet.</p>",
    published_at=timezone.now(),
)
publishing.unpublish(Bulletin, gone.pk)

# Two people who work here, each with the interface in their language, and one who is new.
people = {}
for name, language in (("morag", "en"), ("solenn", "fr")):
    person = User.objects.create_user(name, password=PASSWORD, language=language, is_staff=True)
    person.groups.add(Group.objects.get(name="Administrators"))
    people[language] = {"name": name, "password": PASSWORD}
new = User.objects.create_user("yusra")
uid = urlsafe_base64_encode(force_bytes(new.pk))
one_time = reverse("set_password", args=[uid, default_token_generator.make_token(new)])

now = timezone.now()
live = list(Bulletin.objects.published())
both = [b for b in live if len(b.sides()) == 2]


def the_first(found):
    return next(iter(found))


def everywhere(path: str) -> dict:
    return {code: path.replace("{lang}", code) for code in ("en", "fr")}


def of_document(document) -> dict:
    return {code: document.address(code) for code in ("en", "fr")}


def shown_at(place: str) -> BulletinFigure:
    return the_first(BulletinFigure.objects.filter(place=place, bulletin__in=live))


callouts = [b for b in both if b.kind == Kind.CALLOUT]
update = the_first(b for b in both if b.kind == Kind.UPDATE and b.pinned)
upcoming = the_first(b for b in callouts if b.when == "upcoming" and not b.cancelled)
faq = the_first(b for b in live if b.kind == Kind.FAQ)
story = max((story_of(b) for b in both if b.thread_id), key=lambda story: len(story.told))
edited = max(both, key=lambda bulletin: bulletin.history.count())
page = next(p for p in Page.objects.published() if len(p.sides()) == 2)

pages = {
    "home": everywhere("/{lang}/"),
    "list": everywhere("/{lang}/bulletins/"),
    "list-filtered": everywhere("/{lang}/bulletins/?kind=callout"),
    "update": of_document(update),
    "callout-upcoming": of_document(upcoming),
    "callout-past": of_document(the_first(b for b in callouts if b.when == "past")),
    "callout-cancelled": of_document(the_first(b for b in callouts if b.cancelled)),
    "callout-undated": of_document(the_first(b for b in callouts if b.when == "undated")),
    "calendar": everywhere("/{lang}/calendar/"),
    "calendar-month": everywhere(f"/{{lang}}/calendar/{upcoming.local_start:%Y/%m}/"),
    "calendar-empty": everywhere("/{lang}/calendar/1999/01/"),
    "faq-bulletin": of_document(faq),
    "english-only": of_document(the_first(b for b in live if b.sides() == ["en"])),
    "french-only": of_document(the_first(b for b in live if b.sides() == ["fr"])),
    "faq": everywhere("/{lang}/faq/"),
    "donate": everywhere("/{lang}/donate/"),
    "links": everywhere("/{lang}/links/"),
    "links-filtered": everywhere("/{lang}/links/?language=fr"),
    "page": of_document(page),
    "pictures-in-text": of_document(shown_at("text").bulletin),
    "gallery": of_document(shown_at("gallery").bulletin),
    "archive": everywhere("/{lang}/archive/"),
    "archive-year": everywhere(f"/{{lang}}/archive/{update.published_at:%Y}/"),
    "archive-month": everywhere(f"/{{lang}}/archive/{update.published_at:%Y/%m}/"),
    "topics": everywhere("/{lang}/topics/"),
    "topic": of_document(update.topics.first()),
    "thread": {code: story.address(code) for code in ("en", "fr")},
    "thread-first": of_document(story.told[0]),
    "thread-last": of_document(story.told[-1]),
    "search": everywhere("/{lang}/search/"),
    "search-hits": everywhere("/{lang}/search/?q=port"),
    "search-none": everywhere("/{lang}/search/?q=porridge+xylophone&kind=bulletins.bulletin:faq"),
    "feeds": everywhere("/{lang}/feeds/"),
    "not-found": everywhere("/{lang}/there-is-nothing/"),
    "gone": of_document(gone),
    "login": everywhere("/accounts/login/"),
    "set-password": everywhere(one_time),
}


def of(act: str, document, *more) -> str:
    return reverse(f"admin:bulletins_bulletin_{act}", args=[document.pk, *more])


mailing_list = MailingList.objects.create(language="fr", address="liste@example.org")
unsure, _made = Announcement.objects.get_or_create(
    bulletin=upcoming, language="fr", defaults={"state": State.UNSURE, "error": Why.STOPPED}
)
Announcement.objects.get_or_create(
    bulletin=upcoming, language="en", defaults={"state": State.SENT, "sent_at": timezone.now()}
)

admin = {
    "index": reverse("admin:index"),
    "list": reverse("admin:bulletins_bulletin_changelist"),
    "new": reverse("admin:bulletins_bulletin_add"),
    "form": of("change", upcoming),
    "form-faq": of("change", faq),
    "history": of("history", edited),
    "take-back": of("unpublish", upcoming),
    "preview": of("preview", Bulletin.objects.drafts().exclude(pk=gone.pk).first(), "fr"),
    "people": reverse("admin:accounts_user_changelist"),
    "person": reverse("admin:accounts_user_change", args=[new.pk]),
    "link": reverse("admin:accounts_user_link", args=[new.pk]),
    "accounts": reverse("admin:donations_bankaccount_changelist"),
    "groups": reverse("admin:links_group_changelist"),
    "identity": reverse("admin:pages_identity_changelist"),
    "lists": reverse("admin:bulletins_mailinglist_changelist"),
    "list-new": reverse("admin:bulletins_mailinglist_add"),
    "list-history": reverse("admin:bulletins_mailinglist_history", args=[mailing_list.pk]),
    "log": reverse("admin:bulletins_announcement_changelist"),
    "log-unsure": reverse("admin:bulletins_announcement_change", args=[unsure.pk]),
    "send-again": reverse("admin:bulletins_announcement_deed", args=[unsure.pk, "again"]),
}


def at_the_desk(act: str, side: Side) -> str:
    return reverse(f"desk:{act}", args=[name_of(side.document), side.language])


translations = Side.objects.translations()
outdated = the_first(translations.public(Public.OUTDATED).work(Work.NONE))
submitted = the_first(translations.work(Work.SUBMITTED))
desk = {
    "board": reverse("desk:board"),
    "glossary": reverse("desk:glossary"),
    "desk-new": at_the_desk("desk", the_first(translations.public(Public.MISSING).work(Work.NONE))),
    "desk-outdated": at_the_desk("desk", outdated),
    "review": at_the_desk("review", submitted),
    "preview": at_the_desk("preview", submitted),
    "versions": at_the_desk("versions", outdated),
}

print()
print(json.dumps({"pages": pages, "admin": admin, "people": people, "desk": desk}))
