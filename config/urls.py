from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from bulletins.views import home
from config import sitemap, views, wellknown
from pages.search_views import search

urlpatterns = [
    path("", views.root, name="root"),
    path("healthz", views.healthz, name="healthz"),
    path("favicon.ico", views.favicon),
    path("feed/", views.feed),
    path("bulletins/feed/", views.feed),
    path("robots.txt", wellknown.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap.sitemap_file, name="sitemap_file"),
    path(".well-known/security.txt", wellknown.security, name="security"),
    path(".well-known/change-password", wellknown.change_password),
    path("", include("pictures.urls")),
    path("accounts/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    path("desk/", include("translations.urls")),
    *i18n_patterns(
        path("", home, name="home"),
        path("", include("bulletins.urls")),
        path("feeds/", include("bulletins.feed_urls")),
        path("feed/", RedirectView.as_view(pattern_name="feeds:all"), name="feed"),
        path("donate/", include("donations.urls")),
        path("links/", include("links.urls")),
        path("pages/", include("pages.urls")),
        path("search/", search, name="search"),
    ),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
