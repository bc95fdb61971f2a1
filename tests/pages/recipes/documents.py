"""The pages of papers: the person’s own, and the desk that reviews them."""

from __future__ import annotations

import datetime as dt

from django.test import Client

from cases.models.case import Case
from documents import asking
from documents.models import DocumentFile, DocumentRequest, DocumentType
from portal.lib import clock
from registration.models import StaffRole
from tests.factories.papers import make_paper, protect
from tests.pages.recipes.cases import leave_number
from tests.pages.recipes.kinds import STAFF, Endpoint, Recipe, named
from tests.pages.world import World


def _paper_type(world: World) -> int:
    return DocumentType.objects.get(code="certification").pk


def _paper(world: World) -> str:
    return str(_a_file(world).document_id)


def _paper_file(world: World) -> str:
    return str(_a_file(world).pk)


def _a_file(world: World) -> DocumentFile:
    """Of a paper of that leave, found clean; sent when first asked for."""
    number = leave_number(world)
    sent = DocumentFile.objects.filter(document__case__number=number).first()
    return sent or make_paper(Case.objects.get(number=number), by=world.me, received_at=clock.now())


def paper_sent(world: World, client: Client) -> None:
    _a_file(world)


def _asked(world: World) -> str:
    """What staff asked for on that leave, when first asked for."""
    case = Case.objects.get(number=leave_number(world))
    if standing := DocumentRequest.objects.filter(case=case).first():
        return str(standing.pk)
    kind = DocumentType.objects.get(code="birth")
    due_on = clock.today() + dt.timedelta(days=7)
    return str(asking.ask(case=case, kind=kind, due_on=due_on, by=world.staff, now=clock.now()).pk)


def paper_asked_for(world: World, client: Client) -> None:
    _a_file(world)
    _asked(world)


def reviewing_papers(world: World, client: Client) -> None:
    """The visitor is a specialist as well."""
    StaffRole.objects.get_or_create(user=world.staff, role=StaffRole.Role.SPECIALIST)
    _a_file(world)


def filing_clearance(world: World, client: Client) -> None:
    """The visitor is the agency's liaison as well, and the leave is approved."""
    StaffRole.objects.create(user=world.staff, role=StaffRole.Role.LIAISON, agency=world.me.employee.agency)
    protect(Case.objects.get(number=leave_number(world)))


DESK = {
    "documents:staff_queue": Recipe(named("documents:staff_queue"), STAFF, paper_asked_for),
    "documents:staff_papers": Recipe(
        named("documents:staff_papers", number=leave_number), STAFF, paper_asked_for, queries=14
    ),
    "documents:staff_ask": Recipe(named("documents:staff_ask", number=leave_number), STAFF, refused={}),
    "documents:staff_withdraw": Recipe(named("documents:staff_withdraw", number=leave_number, asked=_asked), STAFF),
    "documents:staff_attach": Recipe(named("documents:staff_attach", number=leave_number), STAFF, refused={}),
    "documents:staff_accept": Recipe(
        named("documents:staff_accept", number=leave_number, document=_paper), STAFF, reviewing_papers
    ),
    "documents:staff_again": Recipe(
        named("documents:staff_again", number=leave_number, document=_paper), STAFF, reviewing_papers, refused={}
    ),
    "documents:staff_open": Recipe(
        named("documents:staff_open", number=leave_number, document=_paper, file=_paper_file), STAFF, refused={}
    ),
    "documents:staff_clearance_find": Recipe(
        named("documents:staff_clearance_find"), STAFF, filing_clearance, refused={}
    ),
    "documents:staff_clearance": Recipe(
        named("documents:staff_clearance", number=leave_number), STAFF, filing_clearance, refused={}
    ),
}


RECIPES: dict[str, Recipe | Endpoint] = {
    **DESK,
    "documents:all": Recipe(named("documents:all"), prepare=paper_sent),
    "documents:add": Recipe(named("documents:add", number=leave_number), refused={}, private=True),
    "documents:file": Recipe(
        named("documents:file", number=leave_number, type_id=_paper_type), refused={}, private=True
    ),
    "documents:paper": Recipe(named("documents:paper", number=leave_number, document=_paper), private=True),
    "documents:another": Recipe(
        named("documents:another", number=leave_number, document=_paper), refused={}, private=True
    ),
    "documents:remove": Recipe(named("documents:remove", number=leave_number, document=_paper), private=True),
    "documents:download": Endpoint(
        "a file to save",
        named("documents:download", number=leave_number, document=_paper, file=_paper_file),
        private=True,
    ),
}
