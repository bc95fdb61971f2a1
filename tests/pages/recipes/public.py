"""What strangers read, home, and what machines ask."""

from __future__ import annotations

from tests.pages.recipes.kinds import STAFF, STRANGER, Endpoint, Recipe, named

RECIPES: dict[str, Recipe | Endpoint] = {
    "public:landing": Recipe(named("public:landing"), STRANGER),
    "public:contact": Recipe(named("public:contact"), STRANGER),
    "public:conditions": Recipe(named("public:conditions"), STRANGER),
    "public:use": Recipe(named("public:use"), STRANGER),
    "public:privacy": Recipe(named("public:privacy"), STRANGER),
    "public:accessibility": Recipe(named("public:accessibility"), STRANGER),
    "public:two_step": Recipe(named("public:two_step"), STRANGER),
    "language": Endpoint("a POST that changes the language and goes back"),
    "home:home": Recipe(named("home:home")),
    "notifications:receipt": Endpoint("Twilio's signed status callback"),
    "notifications:alive": Endpoint("whether the database answers, for whoever watches the machine"),
    "notifications:notifying": Endpoint("whether messages go out, for whoever watches the machine"),
    "notifications:staff_list": Recipe(named("notifications:staff_list"), STAFF),
}
