from __future__ import annotations

from django.urls import path

from bulletins import views

app_name = "bulletins"
urlpatterns = [
    path("bulletins/", views.bulletin_list, name="list"),
    path("bulletins/<slug:slug>/", views.bulletin, name="bulletin"),
    path("bulletins/<slug:slug>/card.<str:extension>", views.card, name="card"),
    path("faq/", views.faq, name="faq"),
]
