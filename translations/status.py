"""What is known of a side, said in two words: what readers have, and what is being worked on.

Facts are stored on `Side`; the state is computed from them, here in Python and here in SQL, and
nowhere else. A test compares the two over every combination.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Public(models.TextChoices):
    """The first axis. Of a document that is still a draft: what readers would have."""

    SOURCE = "source", _("original")
    MISSING = "missing", _("missing")
    CURRENT = "current", _("up to date")
    OUTDATED = "outdated", _("outdated")


class Work(models.TextChoices):
    """The second axis."""

    NONE = "none", _("nobody has begun")
    IN_PROGRESS = "in_progress", _("in progress")
    SUBMITTED = "submitted", _("ready for review")


@dataclass(frozen=True)
class Status:
    public: Public
    work: Work

    @property
    def label(self) -> str:
        """Both axes in one badge: “outdated, in progress”."""
        if self.work == Work.NONE:
            return str(self.public.label)
        if self.public == Public.MISSING:
            return str(self.work.label)
        return f"{self.public.label}, {self.work.label}"


def status_of(side) -> Status:
    """The state of one `Side`."""
    return Status(_public(side), _work(side))


def _public(side) -> Public:
    if side.language == side.source_language:
        return Public.SOURCE
    if not side.whole:
        return Public.MISSING
    matches = side.based_on_hash == side.source_fingerprint and not side.gaps
    return Public.CURRENT if matches else Public.OUTDATED


def _work(side) -> Work:
    if side.submitted_at is not None:
        return Work.SUBMITTED
    # A document that is not public yet may be half written in its columns.
    begun = side.begun and not side.whole and side.language != side.source_language
    return Work.IN_PROGRESS if side.has_draft or begun else Work.NONE


# The same in SQL. `based_on_hash` may be NULL, where nobody knows what a side was based on; a plain
# comparison would then be neither true nor false.
_SOURCE = Q(language=F("source_language"))
_MATCHES = Q(based_on_hash__isnull=False, based_on_hash=F("source_fingerprint"), gaps=0)
PUBLIC = {
    Public.SOURCE: _SOURCE,
    Public.MISSING: ~_SOURCE & Q(whole=False),
    Public.CURRENT: ~_SOURCE & Q(whole=True) & _MATCHES,
    Public.OUTDATED: ~_SOURCE
    & Q(whole=True)
    & (Q(based_on_hash__isnull=True) | ~Q(based_on_hash=F("source_fingerprint")) | ~Q(gaps=0)),
}
_BEGUN = Q(has_draft=True) | (Q(begun=True, whole=False) & ~_SOURCE)
WORK = {
    Work.SUBMITTED: Q(submitted_at__isnull=False),
    Work.IN_PROGRESS: Q(submitted_at__isnull=True) & _BEGUN,
    Work.NONE: Q(submitted_at__isnull=True) & ~_BEGUN,
}


class SideQuerySet(models.QuerySet):
    def light(self):
        """Without texts: what boards and lists need."""
        return self.defer(*self.model.WIDE)

    def of(self, document):
        from django.contrib.contenttypes.models import ContentType

        content_type = ContentType.objects.get_for_model(type(document))
        return self.filter(content_type=content_type, object_id=document.pk)

    def public(self, *states: Public):
        """Sides whose first axis is one of `states`."""
        return self.filter(_any(PUBLIC, states))

    def work(self, *states: Work):
        """Sides whose second axis is one of `states`."""
        return self.filter(_any(WORK, states))

    def translations(self):
        """Every side that is no source, of documents with something to translate."""
        return self.exclude(_SOURCE).exclude(source_fingerprint="")

    def wanting(self):
        """Translations that somebody has to write or to look at again."""
        return self.translations().public(Public.MISSING, Public.OUTDATED)

    def open_for(self, person):
        """What `person` might take: not sent yet, and nobody else is on it."""
        return self.wanting().work(Work.NONE, Work.IN_PROGRESS).free_for(person)

    def of_person(self, person):
        """Sides on which `person` is, has begun, or which they have submitted."""
        is_on_it = Q(claimed_by=person, claimed_until__gt=timezone.now())
        wrote = Q(has_draft=True, draft_by=person)
        submitted = Q(submitted_at__isnull=False, submitted_by=person)
        return self.filter(is_on_it | wrote | submitted)

    def free_for(self, person):
        """Sides on which nobody else is."""
        somebody = Q(claimed_until__gt=timezone.now(), claimed_by__isnull=False)
        return self.exclude(somebody & ~Q(claimed_by=person))


def _any(table: dict, states) -> Q:
    found = Q(pk__in=[])
    for state in states:
        found |= table[state]
    return found
