from __future__ import annotations

from django.urls import re_path

from pictures import views

FILE = r"(?P<key>[a-z0-9]{16,40})-(?P<width>[1-9][0-9]{0,4})\.(?P<extension>avif|webp|jpg|png)"

app_name = "pictures"
urlpatterns = [
    re_path(rf"^media/{FILE}\Z", views.public, name="public"),
    re_path(rf"^pictures/{FILE}\Z", views.private, name="private"),
]
