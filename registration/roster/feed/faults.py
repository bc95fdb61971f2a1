"""What can be wrong with a file, in words for the person who exported it."""

from __future__ import annotations

from dataclasses import dataclass


class FileFault(Exception):
    """The file as a whole cannot be read; nothing of it was loaded. The message says what to do."""


class CellFault(ValueError):
    """One cell cannot be used. The message says what is wrong and what to do."""


@dataclass(frozen=True)
class RowFault:
    """Why a line was refused. `line` counts from 1, the header included, as a text editor does."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"Line {self.line}, {self.column}: {self.message}"
