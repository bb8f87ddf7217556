"""Lines as they are printed where nothing is coloured: on a pipe, in a file.

`rich` would print the same, but takes longer to import than a small catalogue to judge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from slachain.language.values import dataclass

if TYPE_CHECKING:
    from rich.text import Text

CONTROLS = dict.fromkeys(map(ord, "\a\b\v\f\r"))  # what `rich` leaves out too


@dataclass(frozen=True, slots=True)
class Marked:
    """A line of which some parts have a style."""

    parts: tuple[str | tuple[str, str], ...]

    def __str__(self) -> str:
        return "".join(part if isinstance(part, str) else part[0] for part in self.parts)

    def __rich__(self) -> Text:
        """The same for a console that colours."""
        from rich.text import Text

        return Text.assemble(*self.parts)


@dataclass(frozen=True, slots=True)
class Paper:
    """A console that colours nothing."""

    stream: TextIO

    def print(self, line: str | Marked = "", style: str | None = None) -> None:
        """One line, or several in one text; tabs become spaces, and characters that do something to a terminal are left out."""
        text = str(line).translate(CONTROLS)
        self.stream.write((_without_tabs(text) if "\t" in text else text) + "\n")


def _without_tabs(text: str) -> str:
    """Tabs up to every eighth column, where some characters take two."""
    from rich.text import Text

    spaced = Text(text)
    spaced.expand_tabs(8)
    return spaced.plain
