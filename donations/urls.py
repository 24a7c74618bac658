from __future__ import annotations

from django.urls import path

from donations import views

app_name = "donations"
urlpatterns = [
    path("", views.donate, name="donate"),
    path("qr/<int:pk>.png", views.qr, name="qr"),
]
