from __future__ import annotations

from allauth.account import views as allauth_views
from django.urls import path

from accounts import views

# Only the doors that we open: of allauth's many there is no sign-up, and no reset by mail.
urlpatterns = [
    path("login/", views.Login.as_view(), name="account_login"),
    path("logout/", views.Logout.as_view(), name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("signup/", views.no_signup, name="account_signup"),
    path("reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.ChangePassword.as_view(), name="account_change_password"),
    path("password/<uidb64>/<token>/", views.SetPassword.as_view(), name="set_password"),
    path("password/done/", views.SetPasswordDone.as_view(), name="set_password_done"),
    path("language/", views.choose_language, name="choose_language"),
]
