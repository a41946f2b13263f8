"""Where members of the team set a password, a new one or one that they forgot, and give or set a second factor."""

from django.contrib import admin
from django.contrib.auth import views
from django.urls import path
from django.views.decorators.cache import never_cache

from editorial.accounts import PasswordResetView, change_password
from editorial.second_factor import give_code, second_factor

named = {"extra_context": {"site_header": admin.site.site_header, "site_title": admin.site.site_title}}

urlpatterns = [
    # Before the admin's own.
    path("password_change/", admin.site.admin_view(change_password)),
    path("password_reset/", never_cache(PasswordResetView.as_view(**named)), name="admin_password_reset"),
    path("password_reset/sent/", views.PasswordResetDoneView.as_view(**named), name="password_reset_done"),
    path(
        "invitation/<uidb64>/<token>/", views.PasswordResetConfirmView.as_view(**named), name="password_reset_confirm"
    ),
    path("invitation/done/", views.PasswordResetCompleteView.as_view(**named), name="password_reset_complete"),
    path("second-factor/", second_factor, name="second_factor"),
    path("second-factor/code/", give_code, name="second_factor_code"),
    path("second-factor/leave/", views.LogoutView.as_view(next_page="admin:login"), name="second_factor_leave"),
]
