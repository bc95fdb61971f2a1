"""The plain text of terms, read into blocks a template can mark up. Nothing in it is ever taken for HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

EMPTY_LINES = re.compile(r"\n\s*\n")
HEADING, ITEM = "## ", "- "


@dataclass(frozen=True)
class Block:
    kind: Literal["heading", "list", "paragraph"]
    lines: tuple[str, ...]  # the items of a list; otherwise one line


def blocks(text: str) -> Iterator[Block]:
    """Blocks stand between empty lines; a block is a list when each of its lines begins with "- "."""
    for block in EMPTY_LINES.split(text.replace("\r\n", "\n").strip()):
        lines = [line.strip() for line in block.splitlines()]
        if all(line.startswith(ITEM) for line in lines):
            yield Block("list", tuple(line.removeprefix(ITEM) for line in lines))
        elif len(lines) == 1 and lines[0].startswith(HEADING):
            yield Block("heading", (lines[0].removeprefix(HEADING),))
        else:
            yield Block("paragraph", (" ".join(lines),))
