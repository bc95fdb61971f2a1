"""Addresses of what somebody opens who cannot log in."""

from django.urls import URLPattern, path

from registration.recovery.views import forgot_id, reset

urlpatterns: list[URLPattern] = [
    path("login/forgot-id/", forgot_id.forgot_id, name="forgot_id"),
    path("login/forgot-id/sent/", forgot_id.sent, name="forgot_id_sent"),
    path("login/reset/", reset.username, name="reset"),
    path("login/reset/code/", reset.code, name="reset_code"),
    path("login/reset/password/", reset.new_password, name="reset_password"),
]
