from django.urls import path

from portal.office.models import Terms
from portal.public import views

app_name = "public"
urlpatterns = [
    path("", views.landing, name="landing"),
    path("contact/", views.contact, name="contact"),
    path("terms/conditions/", views.terms, {"kind": Terms.Kind.CONDITIONS}, name="conditions"),
    path("terms/use/", views.terms, {"kind": Terms.Kind.USE}, name="use"),
    path("privacy/", views.terms, {"kind": Terms.Kind.PRIVACY}, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("help/two-step/", views.two_step, name="two_step"),
]
