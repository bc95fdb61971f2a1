"""Protected leave: whose illness, pregnancy or child it is for, when, how it is paid, and how to reach the person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from absences.journeys.absence_time import Days
from absences.journeys.dates import KnowsDays, Pattern, Period
from absences.journeys.engine import Journey
from absences.journeys.family import Arrival, Child, FamilyMember
from absences.journeys.more import More
from absences.journeys.need import Need
from absences.journeys.pay import Pay, WorkRelated
from absences.journeys.reaching import Contact, Correspondence
from absences.journeys.reasons import Reasons


class ProtectedLeave(Journey):
    steps = (
        Need,
        Reasons,
        FamilyMember,
        Arrival,
        Child,
        Pattern,
        Period,
        KnowsDays,
        Days,
        Pay,
        WorkRelated,
        More,
        Correspondence,
        Contact,
    )
    parts = (
        _("Your leave"),
        _("Dates"),
        _("Work and pay"),
        _("How to reach you"),
        _("Check and submit"),
    )
