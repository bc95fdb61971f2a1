"""manage.py replay_determinations [--case NUMBER]"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.models.confidential import CalculationInputs
from cases.policy.codec import dump, load
from cases.policy.engine import ENGINE_VERSION
from cases.services.inputs import Inputs

AT_ONCE = 100


class Command(BaseCommand):
    help = (
        "Works every stored determination out again from its stored inputs. Exit status 1 when one comes out otherwise."
        " Those of another engine version are counted and not compared."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--case", help="only of the case with this number")

    def handle(self, *args: Any, case: str | None = None, **options: Any) -> None:
        found = CalculationInputs.objects.select_related("calculation__case").order_by("calculation__computed_at")
        if case:
            found = found.filter(calculation__case__number=case)
        done: Counter[str] = Counter()
        for inputs in found.prefetch_related("calculation__determinations").iterator(chunk_size=AT_ONCE):
            done.update(self.replay(inputs))
        self.stdout.write(
            f"{done['same']} the same, {done['different']} different, {done['skipped']} of another engine version."
        )
        if done["different"]:
            raise CommandError("The rules do not say again what they said: see the lines above.")

    def replay(self, stored: CalculationInputs) -> Counter[str]:
        calculation = stored.calculation
        rows = list(calculation.determinations.all())
        if calculation.engine_version != ENGINE_VERSION:
            return Counter(skipped=len(rows))
        again = {result.policy: dump(result) for result in load(Inputs, stored.content).determine()}
        done: Counter[str] = Counter()
        for row in rows:
            code = str(row.result["policy"])  # as it was then: the row of the policy may have another by now
            same = as_bytes(again.get(code)) == as_bytes(row.result)
            done["same" if same else "different"] += 1
            if not same:
                self.stderr.write(f"Case {calculation.case.number}, {calculation.computed_at}, {code}: different.")
        return done


def as_bytes(result: Any) -> bytes:
    return json.dumps(result, ensure_ascii=False).encode()
