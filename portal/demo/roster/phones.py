"""Numbers reserved for fiction: 555-0100 to 555-0199 of each area code. Nobody is called by mistake."""

from __future__ import annotations

from collections.abc import Iterator

OWN_AREA = "339"  # the phones that people register
WORK_AREAS = (617, 508, 413, 774, 781, 857, 978, 351, 603, 207, 802, 401, 203, 475, 860, 959, 518, 838, 315, 607, 716)


def work_phones() -> Iterator[str]:
    """2,100 different numbers, E.164."""
    return (f"+1{area}55501{n:02}" for area in WORK_AREAS for n in range(100))


def own_phone(n: int) -> str:
    """The n-th registered person's phone, n below 100."""
    return f"+1{OWN_AREA}55501{n:02}"
