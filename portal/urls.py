"""Every address of the portal. Home, public and demo are included by name: nothing below imports them."""

from django.contrib import admin
from django.urls import include, path

from portal import language

urlpatterns = [
    path("", include("portal.public.urls")),
    path("language/", language.choose, name="language"),
    path("home/", include("portal.home.urls")),
    path("", include("registration.urls")),
    path("", include("absences.urls")),
    path("cases/", include("cases.urls")),
    path("", include("documents.urls")),
    path("", include("notifications.urls")),
    path("admin/", admin.site.urls),
]
handler400 = "portal.public.errors.bad_request"
handler403 = "portal.public.errors.forbidden"
handler404 = "portal.public.errors.not_found"
handler500 = "portal.public.errors.server_error"
