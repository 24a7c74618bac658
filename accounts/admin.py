from __future__ import annotations

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import PersonForm
from accounts.groups import NAMES, OPENS_THE_ADMIN
from accounts.models import User
from core import languages
from pages.rendering import render_page

# What a role may do is written in `accounts.groups`, and nobody's mail is confirmed here.
admin.site.unregister([Group, EmailAddress])


class Role(admin.SimpleListFilter):
    title = gettext_lazy("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return list(NAMES.items())

    def queryset(self, request, queryset):
        return queryset.filter(groups__name=self.value()) if self.value() in NAMES else queryset


@admin.register(User)
class PersonAdmin(admin.ModelAdmin):
    """People are made here, and given a one-time link to choose their password.

    Nobody becomes a superuser here, nobody hands out single permissions, and whoever is not a
    superuser cannot touch one. Nobody shuts themselves out.
    """

    form = PersonForm
    # One at a time: a selection would delete an account without a look at it.
    actions = None
    list_display = ["username", "roles", "speaks", "is_active", "last_login"]
    list_filter = [Role, "is_active"]
    search_fields = ["username"]
    fields = ["username", "language", "email", "groups", "is_active"]

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, person):
        names = [str(NAMES.get(group.name, group.name)) for group in person.groups.all()]
        return ", ".join(names) or (_("superuser") if person.is_superuser else "–")

    @admin.display(description=gettext_lazy("language"), ordering="language")
    def speaks(self, person):
        return languages.native_name(person.language)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def lookup_allowed(self, lookup, value, request):
        # ?password__startswith=… in the address of the list would give a hash away, bit by bit.
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.editor = request.user
        return form

    # Who may touch whom ---------------------------------------------------------------------------

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj)

    @staticmethod
    def _may_touch(request, person) -> bool:
        return person is None or request.user.is_superuser or not person.is_superuser

    def delete_view(self, request, object_id, extra_context=None):
        if unquote(object_id) == str(request.user.pk):
            self.message_user(request, _("You cannot delete your own account."), messages.ERROR)
            return HttpResponseRedirect(self._address("change", object_id))
        return super().delete_view(request, object_id, extra_context)

    # Saving ---------------------------------------------------------------------------------------

    def save_model(self, request, person, form, change):
        if not change:
            person.set_unusable_password()
        super().save_model(request, person, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        person = form.instance
        has_role = person.groups.filter(name__in=OPENS_THE_ADMIN).exists()
        person.is_staff = person.is_superuser or has_role
        person.save(update_fields=["is_staff"])

    def response_add(self, request, obj, post_url_continue=None):
        return HttpResponseRedirect(self._address("link", obj.pk))

    # The link -------------------------------------------------------------------------------------

    def get_urls(self):
        link = path(
            "<path:object_id>/link/",
            self.admin_site.admin_view(self.link_view),
            name="accounts_user_link",
        )
        return [link, *super().get_urls()]

    def link_view(self, request, object_id):
        """Ask for, and then show once, a link with which a person chooses a new password."""
        person = self.get_object(request, unquote(object_id))
        if person is None:
            raise Http404
        if not self.has_change_permission(request, person) or not person.is_active:
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "person": person,
            "back": self._address("change", object_id),
            "valid_days": settings.PASSWORD_RESET_TIMEOUT // (24 * 3600),
        }
        if request.method == "POST":
            context["link"] = self._link(request, person)
        # Never cached: `admin_view` sees to that.
        return render_page(request, "accounts/person_link.html", context)

    def _link(self, request, person) -> str:
        token = default_token_generator.make_token(person)
        uid = urlsafe_base64_encode(force_bytes(person.pk))
        return request.build_absolute_uri(reverse("set_password", args=[uid, token]))

    def _address(self, name: str, pk) -> str:
        return reverse(f"admin:accounts_user_{name}", args=[pk])
