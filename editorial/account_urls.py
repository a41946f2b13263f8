"""Where members of the team set a password: a new one, or one that they forgot."""

from django.contrib.auth import views
from django.urls import path

urlpatterns = [
    path("password_reset/", views.PasswordResetView.as_view(), name="admin_password_reset"),
    path("password_reset/sent/", views.PasswordResetDoneView.as_view(), name="password_reset_done"),
    path("invitation/<uidb64>/<token>/", views.PasswordResetConfirmView.as_view(), name="password_reset_confirm"),
    path("invitation/done/", views.PasswordResetCompleteView.as_view(), name="password_reset_complete"),
]
