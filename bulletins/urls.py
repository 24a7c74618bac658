from __future__ import annotations

from django.urls import path

from bulletins import archive_views, calendar_views, topic_views, views

app_name = "bulletins"
urlpatterns = [
    path("bulletins/", views.bulletin_list, name="list"),
    path("bulletins/<slug:slug>/", views.bulletin, name="bulletin"),
    path("bulletins/<slug:slug>/card.<str:extension>", views.card, name="card"),
    path("faq/", views.faq, name="faq"),
    path("calendar/", calendar_views.calendar, name="calendar"),
    path("archive/", archive_views.archive, name="archive"),
    path("topics/<slug:slug>/", topic_views.topic, name="topic"),
]
