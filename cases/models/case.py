"""What happened and when. Nothing in this module says why: reasons and family data are in `confidential`."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from portal.lib.crypto import EncryptedField
from registration.models import Employee

if TYPE_CHECKING:
    from registration.models import User

LEAVE_PATTERNS = ["continuous", "intermittent"]


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> CaseQuerySet:
        """The viewer's own cases: nobody else's, and none for an account without a roster row."""
        return self.filter(employee_id=user.employee_id) if user.employee_id else self.none()

    def matching(self, *, kind: str = "", status: str = "", year: int | None = None) -> CaseQuerySet:
        """Empty values match all. A case matches every year it touches; without days, the year it was opened."""
        found = self.filter(**{name: value for name, value in [("kind", kind), ("status", status)] if value})
        if year is None:
            return found
        touches = Q(first_day__lte=dt.date(year, 12, 31), last_day__gte=dt.date(year, 1, 1))
        return found.filter(touches | Q(first_day=None, opened_at__year=year))

    def open_leaves(self) -> CaseQuerySet:
        return self.filter(kind=Case.Kind.LEAVE, status__in=Case.OPEN)

    def newest_first(self) -> CaseQuerySet:
        """The order of the index `case_history`; ids settle what opened in the same instant."""
        return self.order_by("-opened_at", "-id")

    def older_than(self, case: Case) -> CaseQuerySet:
        """What stands after `case` in `newest_first`."""
        here_or_later = Q(opened_at=case.opened_at, id__gte=case.pk)
        return self.filter(opened_at__lte=case.opened_at).exclude(here_or_later)

    def years(self) -> list[int]:
        """Every year these cases may touch, newest first.

        One query that looks at the ends of three indexes: for one employee it costs the same for any number of cases.
        """
        dated = self.filter(first_day__isnull=False, last_day__isnull=False)
        undated = self.filter(first_day=None).annotate(opened_on=TruncDate("opened_at"))
        ends = [
            dated.order_by("first_day").values_list("first_day"),
            dated.order_by("-last_day").values_list("last_day"),
            undated.order_by("opened_at").values_list("opened_on"),
            undated.order_by("-opened_at").values_list("opened_on"),
        ]
        days = [day for (day,) in ends[0][:1].union(*(end[:1] for end in ends[1:]), all=True) if day]
        return list(range(max(days).year, min(days).year - 1, -1)) if days else []


class Case(models.Model):
    """One request: a leave, or one day-to-day absence."""

    class Kind(models.TextChoices):
        LEAVE = "leave", _("Leave")
        DAY_TO_DAY = "day_to_day", _("Day-to-day")

    class Pattern(models.TextChoices):
        CONTINUOUS = "continuous", _("Continuous")
        INTERMITTENT = "intermittent", _("Intermittent")
        SINGLE = "single", _("Single absence")

    class Status(models.TextChoices):
        PENDING = "pending", _("Pending")
        INFO_NEEDED = "info_needed", _("More information needed")
        APPROVED = "approved", _("Approved")
        DENIED = "denied", _("Denied")
        CANCELLED = "cancelled", _("Cancelled")
        CLOSED = "closed", _("Closed")

    class Channel(models.TextChoices):
        ONLINE = "online", _("Reported online")
        PHONE = "phone", _("Reported by phone")

    OPEN = (Status.PENDING, Status.INFO_NEEDED, Status.APPROVED)
    NUMBER = r"[1-9][0-9]{9}"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=10, unique=True)  # ten random digits, shown and spoken
    submission_key = models.UUIDField(unique=True)  # the draft's id: one submission, one case
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="cases")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    pattern = models.CharField(max_length=12, choices=Pattern.choices)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.PENDING)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.ONLINE)
    first_day = models.DateField(null=True)  # of the leave, or of the absence; None: days not known yet
    last_day = models.DateField(null=True)
    opened_at = models.DateTimeField()  # civil time

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(number__regex=r"^[1-9][0-9]{9}$"), name="case_number_is_ten_digits"),
            models.CheckConstraint(
                condition=Q(first_day=None, last_day=None) | Q(last_day__gte=F("first_day")),
                name="case_ends_after_it_begins",
            ),
            models.CheckConstraint(  # R132: a department decides day-to-day absences, never this portal
                condition=Q(kind="leave") | Q(status__in=["pending", "cancelled"]),
                name="day_to_day_is_never_decided_here",
            ),
            models.CheckConstraint(
                condition=Q(kind="day_to_day", pattern="single") | Q(kind="leave", pattern__in=LEAVE_PATTERNS),
                name="case_pattern_suits_its_kind",
            ),
            models.CheckConstraint(
                condition=~Q(pattern="continuous") | Q(first_day__isnull=False, last_day__isnull=False),
                name="continuous_leave_has_both_days",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["employee", "-opened_at", "-id"], name="case_history"),
            models.Index(fields=["employee", "first_day"], name="cases_begin"),
            models.Index(fields=["employee", "last_day"], name="cases_end"),
            models.Index(fields=["employee", "opened_at"], condition=Q(first_day=None), name="cases_without_days"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def takes_time(self) -> bool:
        """Whether more absences may be reported on it."""
        return self.pattern == self.Pattern.INTERMITTENT and self.status in self.OPEN

    def belongs_to(self, user: User) -> bool:
        return user.employee_id is not None and user.employee_id == self.employee_id


class ContactChoice(models.Model):
    """How the employee wants to be reached about one leave. Here, and not confidential: letters need it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="contact_choice")
    wish = EncryptedField()  # {"by_email", "email", "address": {"street", …}, "phone", "voicemail", "best_time"}

    def __str__(self) -> str:
        return f"contact choice of {self.case_id}"


class TimeReport(models.Model):
    """Time added to an open leave that is taken now and then: all that one submission reported."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="time_reports")
    submission_key = models.UUIDField(unique=True)  # the draft's id: one submission, one report
    reported_at = models.DateTimeField()  # civil time

    def __str__(self) -> str:
        return f"time on {self.case_id} at {self.reported_at}"


class Absence(models.Model):
    """Time missed on one civil date. A shift across midnight belongs to the date on which it starts."""

    class Overtime(models.TextChoices):
        MANDATORY = "mandatory", _("Mandatory OT")
        VOLUNTARY = "voluntary", _("Voluntary OT")
        NONE = "none", _("Not OT")

    class Status(models.TextChoices):
        REPORTED = "reported", _("Reported")
        CANCELLED = "cancelled", _("Cancelled")

    FULL_DAY = (0, 2880)  # in minutes from midnight: a full day meets every other absence of that date

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="absences")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="absences")  # the case's, for the constraints
    report = models.ForeignKey(TimeReport, models.PROTECT, null=True, related_name="absences")  # None: with the case
    date = models.DateField()
    minutes = models.PositiveSmallIntegerField()  # real elapsed time
    full_day = models.BooleanField()
    start_time = models.TimeField(null=True)  # wall clock, only for part of a day
    end_time = models.TimeField(null=True)
    clock_minutes = IntegerRangeField()  # FULL_DAY, or start and end in minutes from midnight of `date`
    span = DateTimeRangeField(null=True)  # the two moments, only for part of a day
    overtime = models.CharField(max_length=10, choices=Overtime.choices, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.REPORTED)
    outside_approved = models.BooleanField(default=False, db_default=False)  # when it was reported: staff look at it
    over_approved = models.BooleanField(default=False, db_default=False)  # more often or longer than was certified

    class Meta:
        ordering: ClassVar = ["date", "start_time"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=1440), name="absence_within_a_day"),
            models.CheckConstraint(
                condition=Q(full_day=True, start_time=None, end_time=None, span=None)
                | Q(full_day=False, start_time__isnull=False, end_time__isnull=False, span__isnull=False),
                name="absence_is_full_or_timed",
            ),
            ExclusionConstraint(
                name="no_two_absences_on_the_same_hours",
                expressions=[
                    ("employee", RangeOperators.EQUAL),
                    ("date", RangeOperators.EQUAL),
                    ("clock_minutes", RangeOperators.OVERLAPS),
                ],
                condition=Q(status="reported"),
            ),
            ExclusionConstraint(  # across midnight, where the dates differ
                name="no_two_absences_at_the_same_time",
                expressions=[("employee", RangeOperators.EQUAL), ("span", RangeOperators.OVERLAPS)],
                condition=Q(status="reported", span__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.date}"

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED


class CaseEvent(models.Model):
    """A fact of a case's history. No free text, so that no reason can ride along.

    Written in the transaction of the deed; `notifications` claims rows with `dispatched_at` null.
    """

    class Kind(models.TextChoices):
        CASE_OPENED = "case_opened", _("Case opened")
        ABSENCE_REPORTED = "absence_reported", _("Absence reported")
        ABSENCE_CANCELLED = "absence_cancelled", _("Absence cancelled")
        TIME_ADDED = "time_added", _("Time added")
        CASE_CANCELLED = "case_cancelled", _("Case cancelled")
        DOCUMENT_RECEIVED = "document_received", _("Document received")
        DOCUMENT_ASKED = "document_asked", _("Document asked for")
        DOCUMENT_AGAIN = "document_again", _("New copy asked for")
        DOCUMENT_DUE_SOON = "document_due_soon", _("Reminded of a document")

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    absence = models.ForeignKey(Absence, models.PROTECT, null=True, related_name="events")
    report = models.ForeignKey(TimeReport, models.PROTECT, null=True, related_name="events")  # of TIME_ADDED
    kind = models.CharField(max_length=30, choices=Kind.choices)
    at = models.DateTimeField()  # civil time
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)  # of a document that is asked for; of one received, when it is reviewed
    dispatched_at = models.DateTimeField(null=True)  # real time

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["id"], condition=Q(dispatched_at=None), name="case_events_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"


class Task(models.Model):
    """A piece of work for a person. The only work queue there is."""

    class Kind(models.TextChoices):
        NOTICE_FAILED = "notice_failed", _("A notice did not arrive")
        NO_SUPERVISOR = "no_supervisor", _("Nobody to tell")
        CALL_EMPLOYEE = "call_employee", _("Call the employee")
        NOTICE_DUE = "notice_due", _("Notice of rights due")
        REVIEW_DOCUMENT = "review_document", _("Review a document")
        SEND_DOCUMENT = "send_document", _("Send a document")
        DOCUMENT_LATE = "document_late", _("A document has not come")
        DOCUMENT_LOST = "document_lost", _("A document cannot be found")
        SCANNER_AWAY = "scanner_away", _("Documents cannot be checked")
        FIVE_DAYS = "five_days", _("Five workdays in a row")
        DETERMINATION_FAILED = "determination_failed", _("A leave could not be worked out")
        TIME_OUTSIDE = "time_outside", _("Time outside the approved dates")
        ACCOUNT_FROZEN = "account_frozen", _("An account is disputed")
        ACCOUNT_UNTOLD = "account_untold", _("Tell somebody about their new account")

    class WaitsOn(models.TextChoices):
        EMPLOYEE = "employee", _("Employee")
        STAFF = "staff", _("Staff")
        LIAISON = "liaison", _("Liaison")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=100, unique=True)  # what it is about: the same cause opens one task
    kind = models.CharField(max_length=30, choices=Kind.choices)
    waits_on = models.CharField(max_length=10, choices=WaitsOn.choices)
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="tasks")
    agency = models.ForeignKey("registration.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    assigned_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField()  # civil time
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["waits_on", "due_on", "id"], condition=Q(closed_at=None), name="open_tasks"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
