"""Where members of the team set a password: a new one, or one that they forgot."""

from django.contrib import admin
from django.contrib.auth import views
from django.urls import path

named = {"extra_context": {"site_header": admin.site.site_header, "site_title": admin.site.site_title}}

urlpatterns = [
    path("password_reset/", views.PasswordResetView.as_view(**named), name="admin_password_reset"),
    path("password_reset/sent/", views.PasswordResetDoneView.as_view(**named), name="password_reset_done"),
    path(
        "invitation/<uidb64>/<token>/", views.PasswordResetConfirmView.as_view(**named), name="password_reset_confirm"
    ),
    path("invitation/done/", views.PasswordResetCompleteView.as_view(**named), name="password_reset_complete"),
]
