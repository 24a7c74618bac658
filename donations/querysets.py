from __future__ import annotations

from donations.details import DETAILS, UnguardedChange
from translations.querysets import DocumentQuerySet


class BankAccountQuerySet(DocumentQuerySet):
    def in_order(self):
        return self.order_by("position", "pk")

    def active(self):
        """What givers may pay into, in the order of the page."""
        return self.filter(is_active=True).in_order()

    def published(self):
        return self.active()

    def in_euros(self):
        return self.filter(kind="euro")

    def delete(self):
        if self.filter(is_active=True).exists():
            raise UnguardedChange("An account that givers see is first made inactive.")
        return super().delete()

    delete.alters_data = True
    delete.queryset_only = True

    def _refuse(self, names):
        super()._refuse(names)
        if refused := sorted(set(DETAILS).intersection(names)):
            raise UnguardedChange(
                f"{', '.join(refused)} of a bank account may only change through "
                "donations.details.change_details()."
            )
