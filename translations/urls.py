from __future__ import annotations

from django.urls import path

from translations.desk import board, glossary_entry, glossary_page, judging, news, views

app_name = "desk"

SIDE = "<str:name>/<str:language>"

urlpatterns = [
    path("", board.board, name="board"),
    path("glossary/", glossary_page.page, name="glossary"),
    path("glossary/<int:concept>/", glossary_entry.page, name="glossary_entry"),
    path("mail/", news.subscribe, name="subscribe"),
    path(f"{SIDE}/", views.desk, name="desk"),
    path(f"{SIDE}/save/", views.save, name="save"),
    path(f"{SIDE}/row/", views.row, name="row"),
    path(f"{SIDE}/preview/", views.preview, name="preview"),
    path(f"{SIDE}/review/", judging.review, name="review"),
    path(f"{SIDE}/claim/", views.claim, name="claim"),
    path(f"{SIDE}/versions/", views.versions, name="versions"),
]
