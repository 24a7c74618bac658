from __future__ import annotations

from django.urls import path

from bulletins import archive_views, calendar_views, converters, thread_views, topic_views, views

converters.register()

app_name = "bulletins"
urlpatterns = [
    path("bulletins/", views.bulletin_list, name="list"),
    path("bulletins/<slug:slug>/", views.bulletin, name="bulletin"),
    path("bulletins/<slug:slug>/card.<str:extension>", views.card, name="card"),
    path("bulletins/<slug:slug>/thread/", thread_views.thread, name="thread"),
    path("faq/", views.faq, name="faq"),
    path("bulletins/<slug:slug>/event.ics", calendar_views.event, name="event"),
    path("calendar/", calendar_views.calendar, name="calendar"),
    path("calendar/<yyyy:year>/<mm:month>/", calendar_views.calendar_month, name="calendar_month"),
    path("calendar.ics", calendar_views.calendar_ics, name="calendar_ics"),
    path("archive/", archive_views.archive, name="archive"),
    path("archive/<yyyy:year>/", archive_views.archive_year, name="archive_year"),
    path("archive/<yyyy:year>/<mm:month>/", archive_views.archive_month, name="archive_month"),
    path("topics/", topic_views.topics, name="topics"),
    path("topics/<slug:slug>/", topic_views.topic, name="topic"),
]
