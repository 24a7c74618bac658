from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact, In, Range
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from donations import banking, checking, details, wording
from donations.querysets import BankAccountQuerySet
from translations.documents import Document
from translations.fields import Text


class Kind(models.TextChoices):
    EURO = checking.EURO, _("In euros")
    STERLING = checking.STERLING, _("In sterling")


def detail(label, length: int, help_text="") -> models.CharField:
    # May be empty for Django: what each kind of account needs is said by `checking`.
    return models.CharField(label, max_length=length, blank=True, default="", help_text=help_text)


def empty_or(name: str, lookup) -> Q:
    return Q(**{name: ""}) | Q(lookup)


class BankAccount(Document):
    """An account that givers can pay into.

    Its details are stored compact, whoever saves them, and change through `details` alone; the
    note beside them is the only text that is translated.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.EURO)
    holder = detail(
        _("account holder"), wording.HOLDER_MAX, _("As the bank writes it: banks compare the name.")
    )
    bank = detail(_("bank"), wording.HOLDER_MAX, _("The bank's name. May stay empty."))
    iban = detail("IBAN", 34, _("Copy it from the bank's paper, spaces do not matter."))
    bic = detail(
        "BIC", 11, _("It stands beside the IBAN. Givers outside the euro area need it (SWIFT).")
    )
    sort_code = detail(_("sort code"), 6, _("For sterling: six digits, such as 12-34-56."))
    account_number = detail(_("account number"), 8, _("For sterling: eight digits."))
    reference = detail(
        _("payment reference"),
        wording.STERLING_REFERENCE_MAX,
        _("What givers write on the transfer, the same in every language. 18 plain letters fit."),
    )
    note = Text(_("note"), help_text=_("One or two sentences above the numbers. May stay empty."))
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("The smallest number stands first.")
    )
    confirmed_on = models.DateField(
        _("details confirmed on"),
        null=True,
        blank=True,
        help_text=_(
            "The day on which somebody last compared all this with the bank's paper. When details "
            "change, it goes, unless you give the new day."
        ),
    )
    is_active = models.BooleanField(
        _("shown to readers"),
        default=False,
        help_text=_("Givers see this account and pay into it."),
    )

    objects = BankAccountQuerySet.as_manager()

    class Meta(Document.Meta):
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="euro", sort_code="", account_number="") & ~Q(iban="")
                | Q(kind="sterling") & ~Q(sort_code="") & ~Q(account_number=""),
                name="bankaccount_has_the_numbers_of_its_kind",
            ),
            models.CheckConstraint(condition=~Q(holder=""), name="bankaccount_has_a_holder"),
            models.CheckConstraint(
                condition=empty_or("iban", Range(Length("iban"), (15, 34))),
                name="bankaccount_iban_length",
            ),
            models.CheckConstraint(
                condition=empty_or("bic", In(Length("bic"), (8, 11))),
                name="bankaccount_bic_length",
            ),
            models.CheckConstraint(
                condition=empty_or("sort_code", Exact(Length("sort_code"), 6)),
                name="bankaccount_sort_code_length",
            ),
            models.CheckConstraint(
                condition=empty_or("account_number", Exact(Length("account_number"), 8)),
                name="bankaccount_account_number_length",
            ),
        ]

    def __str__(self):
        # In French a space stands before the colon.
        return _("%(kind)s: %(number)s") % {
            "kind": self.get_kind_display(),
            "number": self.number,
        }

    # What it is to readers ----------------------------------------------------------------------

    @property
    def is_live(self) -> bool:
        return self.is_active

    @property
    def number(self) -> str:
        """The account in the form in which its own country writes it."""
        if self.kind == Kind.EURO:
            return self.iban_grouped
        return f"{self.sort_code_grouped} {self.account_number}"

    @property
    def iban_grouped(self) -> str:
        return banking.format_iban(self.iban)

    @property
    def sort_code_grouped(self) -> str:
        return banking.format_sort_code(self.sort_code)

    @property
    def currency(self) -> str:
        return "EUR" if self.kind == Kind.EURO else "GBP"

    @property
    def anchor(self) -> str:
        """Where this account stands on the page; the same in every language and order, for ever."""
        return f"{self.kind}-{self.pk}"

    @property
    def in_sepa(self) -> bool:
        """Whether a SEPA transfer in euros reaches it; a QR code carries nothing else."""
        return self.kind == Kind.EURO and banking.in_sepa(self.iban)

    @property
    def takes_swift(self) -> bool:
        """Whether a bank anywhere can send money here: that takes the IBAN and the BIC."""
        return bool(self.iban and self.bic)

    def qr_payload(self) -> str:
        """What the QR code says (EPC069-12), "" where the account has none."""
        if not self.in_sepa:
            return ""
        return checking.payload({name: getattr(self, name) for name in checking.CLEAN})

    # Saving -------------------------------------------------------------------------------------

    def clean_fields(self, exclude=None):
        # The lengths of the columns are those of the stored form: what was typed may have spaces,
        # and clean() says in better words what is wrong with it.
        super().clean_fields({*(exclude or ()), *checking.CLEAN})

    def clean(self):
        super().clean()
        if self.confirmed_on and self.confirmed_on > timezone.localdate():
            raise ValidationError({"confirmed_on": _("This day is still to come.")})

    def prepare(self, before: dict):
        super().prepare(before)
        self._take_stored_form()
        changed = before and any(getattr(self, n) != before[n] for n in details.PAYMENT)
        if changed and self.confirmed_on == before["confirmed_on"] != timezone.localdate():
            self.confirmed_on = None

    def require_whole_sides(self, before: dict):
        # The last question that a save asks before it writes; a form's check does not ask it.
        super().require_whole_sides(before)
        details.refuse_unguarded(self, before)

    def delete(self, *args, **kwargs):
        """Raises UnguardedChange for an account that givers see: first make it inactive."""
        if type(self).objects.filter(pk=self.pk, is_active=True).exists():
            raise details.UnguardedChange("An account that givers see is first made inactive.")
        return super().delete(*args, **kwargs)

    def _take_stored_form(self):
        typed = {name: getattr(self, name) for name in checking.CLEAN}
        for name, value in checking.clean_details(self.kind, typed).items():
            setattr(self, name, value)
