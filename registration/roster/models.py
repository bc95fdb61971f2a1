"""The employer's data about its people, as the roster file delivers it.

Columns stay plain (docs/adr/0005): the feed compares them and staff search them. Nothing medical is here.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _


class DateSpan(Func):
    """The dates of an effective-dated row as a PostgreSQL range, both ends included, open when there is no end."""

    function = "daterange"
    output_field = DateRangeField()

    def __init__(self, start: str = "starts_on", end: str = "ends_on") -> None:
        super().__init__(F(start), F(end), Value("[]"))


class Secretariat(models.Model):
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.code


class Agency(models.Model):
    secretariat = models.ForeignKey(Secretariat, models.PROTECT, related_name="agencies")
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    call_out_en = models.TextField(_("call-out instructions (English)"), blank=True)
    call_out_es = models.TextField(_("call-out instructions (Spanish)"), blank=True)
    tells_next_level = models.BooleanField(_("tells the next-level supervisor"), default=True)

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Service(models.TextChoices):
    """What the administrator does for an agency, each from its own date (R19)."""

    LEAVE = "leave", _("Leave administration")
    DAY_TO_DAY = "day_to_day", _("Day-to-day absence reporting")


class AgencyServiceQuerySet(models.QuerySet["AgencyService"]):
    def in_force(self, on: dt.date) -> AgencyServiceQuerySet:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)


class AgencyService(models.Model):
    """An agency is live for a service from `starts_on` to `ends_on`, both included."""

    DUAL_NOTICE_DAYS = 70  # R28, R29: "for the first 10 weeks"

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="services")
    service = models.CharField(max_length=20, choices=Service.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = AgencyServiceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="service_ends_after_start"
            ),
            ExclusionConstraint(
                name="one_service_row_a_day",
                expressions=[
                    ("agency", RangeOperators.EQUAL),
                    ("service", RangeOperators.EQUAL),
                    (DateSpan(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.service} {self.starts_on}"

    @property
    def dual_notice_until(self) -> dt.date:
        """Last day on which the employee must also tell the supervisor."""
        return self.starts_on + dt.timedelta(days=self.DUAL_NOTICE_DAYS - 1)


class EmployeeQuerySet(models.QuerySet["Employee"]):
    def employed(self) -> EmployeeQuerySet:
        return self.exclude(status=Employee.Status.LEFT)


class Employee(models.Model):
    """One person on the employer's roster."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        AWAY = "away", _("Away")  # on leave themselves: notices go to the next level as well
        LEFT = "left", _("Left")

    class Kind(models.TextChoices):
        REGULAR = "regular", _("Regular")
        CONTRACTOR = "contractor", _("Contractor")
        SEASONAL = "seasonal", _("Seasonal")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employee_number = models.CharField(max_length=10, unique=True)  # digits, leading zeros kept
    first_name = models.CharField(max_length=128)
    last_name = models.CharField(max_length=128)
    birthdate = models.DateField()
    home_zip = models.CharField(max_length=10)  # 02108 or 02108-1512
    street = models.CharField(max_length=100, blank=True)
    street_2 = models.CharField(max_length=100, blank=True)
    city = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=2, blank=True)

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="employees")
    supervisor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="reports")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.REGULAR)
    employee_group = models.CharField(max_length=20, blank=True)  # bargaining unit, or "manager", "confidential"
    work_email = models.EmailField(blank=True)
    work_phone = models.CharField(max_length=16, blank=True)  # E.164
    language = models.CharField(max_length=5, default="en")

    hire_date = models.DateField()
    probation_end = models.DateField(null=True, blank=True)
    full_time = models.BooleanField(default=True)
    hours_worked_12_months = models.PositiveIntegerField(null=True, blank=True)  # None: exempt, no record kept
    worksite_headcount = models.PositiveIntegerField(null=True, blank=True)  # within 75 miles
    daily_minutes = models.PositiveSmallIntegerField(default=480)
    works_holidays = models.BooleanField(default=False)
    balances = models.JSONField(default=dict, blank=True)  # {"sick": minutes, "vacation": minutes, "personal": minutes}
    pfml_eligible = models.BooleanField(null=True)  # DFML's own decision; None: not known
    pfml_benefit_year_start = models.DateField(null=True, blank=True)

    updated_at = models.DateTimeField(auto_now=True)

    objects = EmployeeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(supervisor=F("id")), name="nobody_supervises_themselves"),
            models.CheckConstraint(
                condition=Q(employee_number__regex=r"^[0-9]{1,10}$"), name="employee_number_is_digits"
            ),
            models.CheckConstraint(
                condition=Q(daily_minutes__gte=1, daily_minutes__lte=1440), name="daily_minutes_in_a_day"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["birthdate", "home_zip"], name="roster_match")]

    def __str__(self) -> str:
        return self.employee_number

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def has_left(self) -> bool:
        return self.status == self.Status.LEFT


class EmploymentPeriod(models.Model):
    """A stretch of employment, current or earlier; `bridged` breaks (military service) still count."""

    employee = models.ForeignKey(Employee, models.CASCADE, related_name="employment_periods")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    bridged = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["starts_on"]
        constraints: ClassVar = [
            ExclusionConstraint(
                name="employment_periods_do_not_overlap",
                expressions=[("employee", RangeOperators.EQUAL), (DateSpan(), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.starts_on}"


class WorkSchedule(models.Model):
    """What the person is scheduled to work, from a date on.

    `pattern` by kind: weekly {"minutes": [7, Sunday first]} · shifts {"shifts": [{"day": 0-6, "start": "22:00",
    "end": "06:00", "break": minutes}]} · rotating {"anchor": "ISO Sunday", "weeks": [[7], …]} · variable {}.
    """

    class Kind(models.TextChoices):
        WEEKLY = "weekly", _("Weekly")
        SHIFTS = "shifts", _("Shifts")
        ROTATING = "rotating", _("Rotating")
        VARIABLE = "variable", _("Variable")

    employee = models.ForeignKey(Employee, models.CASCADE, related_name="schedules")
    starts_on = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.WEEKLY)
    pattern = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["starts_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["employee", "starts_on"], name="one_schedule_a_start_date"),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.kind} {self.starts_on}"


class Liaison(models.Model):
    """A row of the liaison directory, not an account (R30)."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="liaisons")
    name = models.CharField(max_length=128)
    phone = models.CharField(max_length=16, blank=True)
    email = models.EmailField(blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["agency__code", "name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "name"], name="one_row_a_liaison")]

    def __str__(self) -> str:
        return self.name
