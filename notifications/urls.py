from django.urls import URLPattern, path

from notifications import views
from notifications.staff.views import notices

app_name = "notifications"
urlpatterns: list[URLPattern] = [
    path("hooks/twilio/<uuid:notice>/", views.receipt, name="receipt"),
    path("healthz/", views.alive, name="alive"),
    path("healthz/notify", views.notifying, name="notifying"),
    path("staff/notices/", notices, name="staff_list"),
]
