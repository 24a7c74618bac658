from __future__ import annotations

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.encoding import force_bytes
from django.utils.html import format_html
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from accounts.groups import DESCRIPTIONS, NAMES, ROLES
from accounts.models import User

LINK_DAYS = 3


class RoleField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group):
        if group.name not in ROLES:
            return group.name
        return format_html("<strong>{}</strong> – {}", NAMES[group.name], DESCRIPTIONS[group.name])


class PersonForm(forms.ModelForm):
    groups = RoleField(Group.objects.order_by("-name"), required=False, label=_("Roles"))

    class Meta:
        model = User
        fields = ["username", "language", "email", "groups", "is_active"]
        widgets = {"language": forms.Select}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        from django.conf import settings

        self.fields["language"].widget.choices = settings.LANGUAGES


@admin.register(User)
class PersonAdmin(admin.ModelAdmin):
    """People are made here, and given a one-time link to choose their password.

    Nobody becomes a superuser here, nobody hands out single permissions, and whoever is not a
    superuser cannot touch one.
    """

    form = PersonForm
    list_display = ["username", "roles", "language", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    search_fields = ["username"]
    fields = ["username", "language", "email", "groups", "is_active"]

    @admin.display(description=_("roles"))
    def roles(self, person):
        names = [str(NAMES.get(group.name, group.name)) for group in person.groups.all()]
        return ", ".join(names) or ("superuser" if person.is_superuser else "–")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj)

    @staticmethod
    def _may_touch(request, person) -> bool:
        return person is None or request.user.is_superuser or not person.is_superuser

    def save_model(self, request, person, form, change):
        if not change:
            person.set_unusable_password()
        super().save_model(request, person, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        person = form.instance
        person.is_staff = person.is_superuser or person.groups.filter(name__in=ROLES).exists()
        person.save(update_fields=["is_staff"])

    def delete_queryset(self, request, queryset):
        if not request.user.is_superuser:
            queryset = queryset.filter(is_superuser=False)
        super().delete_queryset(request, queryset)

    def get_urls(self):
        link = path(
            "<path:object_id>/link/",
            self.admin_site.admin_view(self.link_view),
            name="accounts_user_link",
        )
        return [link, *super().get_urls()]

    def response_add(self, request, obj, post_url_continue=None):
        return HttpResponseRedirect(reverse("admin:accounts_user_link", args=[obj.pk]))

    @never_cache
    def link_view(self, request, object_id):
        """Ask for, and then show once, a link with which a person chooses a new password."""
        person = get_object_or_404(User, pk=unquote(object_id))
        if not self.has_change_permission(request, person) or not person.is_active:
            raise PermissionDenied
        context = {**self.admin_site.each_context(request), "person": person, "opts": self.opts}
        if request.method == "POST":
            token = default_token_generator.make_token(person)
            uid = urlsafe_base64_encode(force_bytes(person.pk))
            address = reverse("set_password", args=[uid, token])
            context |= {"link": request.build_absolute_uri(address), "valid_days": LINK_DAYS}
        return render(request, "accounts/person_link.html", context)


