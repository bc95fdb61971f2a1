"""What a walk asks of a person's eyes and hands, and how long that takes."""

from __future__ import annotations

from dataclasses import dataclass

READ, KEY, CHOICE = 4.0, 0.3, 2.0  # seconds: to read a page, to type a character, to choose something or press a button


@dataclass
class Effort:
    pages: int = 0
    fields: int = 0  # typed into
    keys: int = 0
    choices: int = 0
    buttons: int = 0  # and links

    def typed(self, text: str) -> None:
        self.fields += 1
        self.keys += len(text)

    @property
    def seconds(self) -> float:
        """Of somebody who reads every page once, hesitates nowhere and has every answer at hand."""
        return self.pages * READ + self.keys * KEY + (self.choices + self.buttons) * CHOICE

    def __str__(self) -> str:
        minutes, seconds = divmod(round(self.seconds), 60)
        return (
            f"{self.pages} pages, {self.choices} choices, {self.fields} fields with {self.keys} keystrokes,"
            f" {self.buttons} buttons and links: {minutes} min {seconds:02} s"
        )
