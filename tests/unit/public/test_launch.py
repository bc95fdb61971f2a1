import datetime as dt

from portal.public.launch import DualNotice, Start, dual_notices, named, timeline
from registration.roster.models import Agency, AgencyService, Secretariat, Service

HEALTH, FINANCE = Secretariat(pk=1, code="EOHHS"), Secretariat(pk=2, code="EOANF")
PUBLIC_HEALTH = Agency(pk=1, secretariat=HEALTH, name="Department of Public Health")
MENTAL_HEALTH = Agency(pk=2, secretariat=HEALTH, name="Department of Mental Health")
REVENUE = Agency(pk=3, secretariat=FINANCE, name="Department of Revenue")
EVERYONE = [PUBLIC_HEALTH, MENTAL_HEALTH, REVENUE]
FIRST, SECOND = dt.date(2022, 9, 22), dt.date(2022, 12, 15)


def service(agency, kind, starts_on):
    return AgencyService(agency=agency, service=kind, starts_on=starts_on)


def test_a_whole_secretariat_goes_by_its_code():
    assert named([PUBLIC_HEALTH, MENTAL_HEALTH], EVERYONE) == "EOHHS"


def test_a_part_of_a_secretariat_names_its_agencies():
    assert named([REVENUE, PUBLIC_HEALTH], EVERYONE) == "EOANF, EOHHS (Department of Public Health)"


def test_nobody_is_nothing():
    assert named([], EVERYONE) == ""


def test_the_timeline_is_in_order_and_shares_rows():
    services = [
        service(MENTAL_HEALTH, Service.DAY_TO_DAY, SECOND),
        service(REVENUE, Service.DAY_TO_DAY, FIRST),
        *[service(agency, Service.LEAVE, FIRST) for agency in EVERYONE],
    ]
    assert timeline(services, EVERYONE) == [
        Start(FIRST, "leave", ""),
        Start(FIRST, "day_to_day", "EOANF"),
        Start(SECOND, "day_to_day", "EOHHS (Department of Mental Health)"),
    ]


def test_dual_notice_runs_ten_weeks():
    services = [service(REVENUE, Service.DAY_TO_DAY, FIRST)]
    last = dt.date(2022, 11, 30)
    assert dual_notices(services, EVERYONE, today=FIRST - dt.timedelta(days=1)) == []
    assert dual_notices(services, EVERYONE, today=FIRST) == [DualNotice(last, "EOANF")]
    assert dual_notices(services, EVERYONE, today=last) == [DualNotice(last, "EOANF")]
    assert dual_notices(services, EVERYONE, today=last + dt.timedelta(days=1)) == []
