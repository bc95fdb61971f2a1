"""Every question of every journey in two tabs: what the older one sends overwrites nothing, and both are shown."""

import pytest

from absences.journeys.catalogue import JOURNEYS
from absences.models import Draft
from tests.integration.absences.reporting import words
from tests.integration.absences.tabs import Tab
from tests.pages.inventory import item_slugs, step_slugs
from tests.pages.recipes import RECIPES
from tests.pages.world import ITEM, make_world

pytestmark = pytest.mark.django_db
OTHER = {  # step: another answer than the world's, the words of the world's, the words of the other
    "type": ({"need": "bonding"}, None, "bonding with a child"),
    "who": ({"who": "child"}, "Myself", "My Child"),
    "date": ({"day": "other", "date": "3/9/2026"}, "March 6, 2026", "March 9, 2026"),
    "full-day": ({"full_day": "no"}, "Yes", "No"),
    "hours": ({"length": "other", "hours": "5", "minutes": ""}, "8 hours", "5 hours"),
    "times": ({"start": "9 AM", "end": "10 AM"}, "8:00 AM to 10:00 AM", "9:00 AM to 10:00 AM"),
    "day_to_day/about": ({"reason": "Flu"}, "Xqzreason", "Flu"),
    "leave/about": ({"reasons": ["Flu", "Cough"], "reason": ""}, "Xqzreason", "Cough"),
    "overtime": ({"overtime": "mandatory"}, "Not OT", "Mandatory OT"),
    "day_to_day/more": ({"q9001": "no"}, "Yes", "No"),
    "leave/more": ({"q9002": "no"}, "Yes", "No"),
    "person": (
        {"first_name": "Rosa", "last_name": "Luz", "relationship": "other", "relationship_words": "Godmother"},
        "Xqzfirst",
        "Godmother",
    ),
    "arrival": ({"born": "no", "due_date": "6/15/2026"}, "March 6, 2026", "June 15, 2026"),
    "child": ({"joining": "foster", "child_date": "3/9/2026"}, "Adoption", "Foster placement"),
    "schedule": ({"continuous": "yes"}, "Time off now and then", "One block of time"),
    "dates": ({"first_day": "3/9/2026", "last_day": "3/27/2026"}, "March 6, 2026", "Mar 9 to Mar 27, 2026"),
    "days-known": ({"knows_days": "no"}, "Yes", "Days not known yet"),
    "days/date": ({"date": "3/9/2026"}, "March 6, 2026", "March 9, 2026"),
    "visit": ({"visit": "no"}, "Yes", "No"),
    "details": ({"note": "Kept secret"}, "Xqznote", "Kept secret"),
    "pay": ({"pay": "unpaid"}, "Employer Paid", "Unpaid"),
    "work-related": ({"work_related": "yes"}, "No", "Yes"),
    "contact-by": (
        {"by_email": "no", "street": "1 Elm Street", "city": "Lowell", "state": "MA", "zip": "01850"},
        "xqz@example.org",
        "Lowell",
    ),
    "phone": ({"phone": "617-555-0188", "voicemail": "no", "best_time": "any"}, "413-555-0123", "617-555-0188"),
}
QUESTIONS = [
    (journey, slug)
    for journey in JOURNEYS
    for slug in [*step_slugs(journey), *item_slugs(journey)]
    if slug != "days"  # a list asks anew every time
    and (journey, slug) != ("day_to_day", "type")  # no other answer stays in this journey
]


def other(journey, slug):
    last = slug.split("/")[-1]
    return next(OTHER[name] for name in (f"{journey}/{slug}", slug, last) if name in OTHER)


def stored(journey, slug, draft):
    """The world's own answer, as the first tab shows it."""
    return draft.answers[slug.replace("days/", f"days/{ITEM}/")]


@pytest.fixture
def opened(today):
    """A tab on the question, in a world where it is answered and asked."""

    def open_question(journey, slug):
        world = make_world()
        client = world.client(world.me)
        recipe = RECIPES[f"absences:{'item_change' if '/' in slug else 'change'}/{journey}/{slug}"]
        if recipe.prepare:
            recipe.prepare(world, client)
        return world, Tab(client, recipe.path(world))

    return open_question


@pytest.mark.parametrize(("journey", "slug"), QUESTIONS)
def test_both_answers_are_shown_and_either_may_be_chosen(opened, journey, slug):
    world, old = opened(journey, slug)
    draft = world.drafts[journey]
    posted, own_words, other_words = other(journey, slug)
    draft.refresh_from_db()
    own = stored(journey, slug, draft)
    assert Tab(old.client, old.url).send(**posted).status_code == 303
    kept = dict(Draft.objects.get(pk=draft.pk).answers)

    conflict = old.send(**own)
    assert conflict.status_code == 409
    seen = words(conflict)
    saved, _, entered = seen.partition("Answer on the page you sent")
    assert other_words in saved
    assert own_words is None or own_words in entered
    assert Draft.objects.get(pk=draft.pk).answers == kept
    assert f'href="{old.url}">Keep the saved answer' in conflict.content.decode()

    assert old.showing(conflict).send(**own).status_code == 303
    now = Draft.objects.get(pk=draft.pk).answers
    assert now[slug.replace("days/", f"days/{ITEM}/")] == own
