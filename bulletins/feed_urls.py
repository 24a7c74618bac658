from __future__ import annotations

from django.urls import path

from bulletins import feed_views

app_name = "feeds"
urlpatterns = [
    path("", feed_views.index, name="index"),
    path("all.atom", feed_views.everything, name="all"),
    path("<slug:word>.atom", feed_views.kind, name="kind"),
    path("topics/<int:pk>.atom", feed_views.topic, name="topic"),
    path("threads/<int:pk>.atom", feed_views.thread, name="thread"),
]
