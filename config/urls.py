from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from bulletins.views import home
from config import views

urlpatterns = [
    path("", views.root, name="root"),
    path("healthz", views.healthz, name="healthz"),
    path("favicon.ico", views.favicon),
    path("", include("pictures.urls")),
    path("accounts/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    path("desk/", include("translations.urls")),
    *i18n_patterns(
        path("", home, name="home"),
        path("", include("bulletins.urls")),
        path("donate/", include("donations.urls")),
        path("links/", include("links.urls")),
        path("pages/", include("pages.urls")),
    ),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
