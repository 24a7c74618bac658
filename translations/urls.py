from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.http import HttpResponse
from django.urls import path

from translations.desk import glossary_page, views


# TEMPORARY until both modules stand.
def _view(module, name):
    if find_spec(module):
        return getattr(import_module(module), name)
    return lambda request: HttpResponse("not there yet", status=501)


app_name = "desk"

SIDE = "<str:name>/<str:language>"

urlpatterns = [
    path("", _view("translations.desk.board", "board"), name="board"),
    path("glossary/", glossary_page.page, name="glossary"),
    path("mail/", _view("translations.desk.news", "subscribe"), name="subscribe"),
    path(f"{SIDE}/", views.desk, name="desk"),
    path(f"{SIDE}/save/", views.save, name="save"),
    path(f"{SIDE}/row/", views.row, name="row"),
    path(f"{SIDE}/preview/", views.preview, name="preview"),
    path(f"{SIDE}/review/", views.review, name="review"),
    path(f"{SIDE}/claim/", views.claim, name="claim"),
    path(f"{SIDE}/versions/", views.versions, name="versions"),
]
