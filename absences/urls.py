from django.urls import path

from absences.views import deleting, journey, sending, start

app_name = "absences"
urlpatterns = [
    path("request/", start.before, name="before"),
    path("request/for/", start.who_for, name="who_for"),
    path("request/type/", start.type_of_request, name="type"),
    path("request/in-progress/", start.in_progress, name="in_progress"),
    path("request/call/<slug:why>/", start.call, name="call"),
    path("request/your-agency/", start.your_agency, name="your_agency"),
    path("absence/new/", start.new, name="new"),
    path("absence/<uuid:draft>/", journey.resume, name="resume"),
    path("absence/<uuid:draft>/check/", sending.check, name="check"),
    path("absence/<uuid:draft>/done/", sending.done, name="done"),
    path("absence/<uuid:draft>/absence.ics", sending.calendar, name="calendar"),
    path("absence/<uuid:draft>/delete/", deleting.delete, name="delete"),
    path("absence/<uuid:draft>/start-over/", deleting.start_over, name="start_over"),
    path("absence/<uuid:draft>/change/<slug:step>/", journey.answer_step, {"returning": True}, name="change"),
    path("absence/<uuid:draft>/<slug:step>/", journey.answer_step, name="step"),
]
