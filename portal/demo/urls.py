"""The portal's addresses and the demo's own."""

from django.urls import include, path

from portal.demo import views
from portal.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

demo_patterns = [
    path("", views.overview, name="overview"),
    path("people.json", views.people, name="people"),
    path("messages.json", views.messages, name="messages"),
    path("messages/", views.message_list, name="message-list"),
    path("live.js", views.live_script, name="live-script"),
    path("demo.css", views.style, name="style"),
]
urlpatterns = [path("demo/", include((demo_patterns, "demo"))), path("", include("portal.urls"))]
