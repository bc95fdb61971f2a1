"""Addresses of a person's own account."""

from django.urls import path

from registration.profile import email, language, opened, overview, password, phone

urlpatterns = [
    path("", overview.profile, name="profile"),
    path("password/", password.password, name="change_password"),
    path("phone/", phone.phone, name="change_phone"),
    path("phone/code/", phone.code, name="new_phone_code"),
    path("phone/keep/", phone.keep_old, name="keep_old_phone"),
    path("email/", email.email, name="change_email"),
    path("email/code/", email.code, name="new_email_code"),
    path("language/", language.language, name="change_language"),
    path("browsers/", opened.browsers_page, name="browsers"),
    path("browsers/forget/", opened.forget_all, name="forget_browsers"),
    path("browsers/<uuid:browser>/forget/", opened.forget, name="forget_browser"),
    path("sessions/", opened.sessions_page, name="sessions"),
    path("sessions/end/", opened.end_others, name="end_other_sessions"),
    path("sessions/<uuid:session>/end/", opened.end, name="end_session"),
]
