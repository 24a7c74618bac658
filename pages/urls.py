from __future__ import annotations

from django.urls import path

from pages import cards, views

app_name = "pages"
urlpatterns = [
    path("card.png", cards.show_site_card, name="site_card"),
    path("<slug:slug>/", views.page, name="page"),
    path("<slug:slug>/card.<str:extension>", views.card, name="card"),
]
