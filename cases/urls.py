from django.urls import path, re_path

from cases.models.case import Case
from cases.views import hiding, own, timeline

app_name = "cases"
urlpatterns = [
    path("", own.history, name="history"),
    path("reasons/", hiding.reasons, name="reasons"),
    re_path(rf"^(?P<number>{Case.NUMBER})/$", own.case, name="case"),
    re_path(rf"^(?P<number>{Case.NUMBER})/timeline/$", timeline.timeline, name="timeline"),
]
