"""Django's own sentences that our French catalogue says in its own way.

Nothing calls this. It is here so that `makemessages` finds the strings: a catalogue of ours comes
before Django's, and Django's French speaks of « un objet question supplémentaire ».
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("Add %(name)s"),
    _("Add another %(verbose_name)s"),
    _("Select %s to change"),
    _("The {name} “{obj}” was added successfully."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("The %(name)s “%(obj)s” was deleted successfully."),
    _("Yes, I’m sure"),
    _("No, take me back"),
    _("Go"),
)
