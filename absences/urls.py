from django.urls import path, re_path, register_converter

from absences.addresses import ItemConverter, JourneyConverter
from absences.views import confirmation, deleting, elsewhere, items, journey, sending, start, time
from cases.models.case import Case

register_converter(JourneyConverter, "journey")
register_converter(ItemConverter, "item")

app_name = "absences"
urlpatterns = [
    path("request/", start.before, name="before"),
    path("request/for/", start.who_for, name="who_for"),
    path("request/type/", start.type_of_request, name="type"),
    path("request/in-progress/<journey:journey>/", start.in_progress, name="in_progress"),
    path("request/call/<slug:why>/", elsewhere.call_first, name="call_first"),
    path("request/your-agency/<journey:journey>/", elsewhere.agency_first, name="agency_first"),
    path("absence/new/", start.new, name="new"),
    re_path(rf"^cases/(?P<number>{Case.NUMBER})/time/$", time.new, name="time_new"),
    path("<journey:journey>/<uuid:draft>/", journey.resume, name="resume"),
    path("<journey:journey>/<uuid:draft>/check/", sending.check, name="check"),
    path("<journey:journey>/<uuid:draft>/done/", confirmation.done, name="done"),
    path("<journey:journey>/<uuid:draft>/absence.ics", confirmation.calendar, name="calendar"),
    path("<journey:journey>/<uuid:draft>/delete/", deleting.delete, name="delete"),
    path("<journey:journey>/<uuid:draft>/start-over/", deleting.start_over, name="start_over"),
    path("<journey:journey>/<uuid:draft>/call/<slug:why>/", elsewhere.call, name="call"),
    path("<journey:journey>/<uuid:draft>/your-agency/", elsewhere.your_agency, name="your_agency"),
    path(
        "<journey:journey>/<uuid:draft>/change/<slug:step>/<item:item>/<slug:item_step>/",
        items.answer_item,
        {"returning": True},
        name="item_change",
    ),
    path("<journey:journey>/<uuid:draft>/<slug:step>/<item:item>/remove/", items.remove, name="remove"),
    path("<journey:journey>/<uuid:draft>/<slug:step>/<item:item>/<slug:item_step>/", items.answer_item, name="item"),
    path(
        "<journey:journey>/<uuid:draft>/change/<slug:step>/",
        journey.answer_step,
        {"returning": True},
        name="change",
    ),
    path("<journey:journey>/<uuid:draft>/<slug:step>/", journey.answer_step, name="step"),
]
