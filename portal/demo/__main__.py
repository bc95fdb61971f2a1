"""python -m portal.demo: what `make demo` runs."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from portal.demo.environment import port_number
from portal.demo.place import DEFAULT_DATA
from portal.demo.refusal import Refused
from portal.demo.runner import run


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m portal.demo", description="The whole portal on one machine.")
    parser.add_argument("--port", default=os.environ.get("PORT") or "8000")
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="where everything is kept between runs")
    parser.add_argument("--people", choices=["full", "small"], default="full", help="2,000 people, or 150 for tests")
    asked = parser.parse_args()
    try:
        run(asked.data.resolve(), port=port_number(asked.port), size=asked.people)
    except Refused as refusal:
        sys.exit(str(refusal))


main()
