"""What is measured, and how it is shown: in the terminal, as Markdown, as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

Met = Literal["met", "missed", "not measured", ""]  # nothing where a line only tells


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what was measured, what it has to be, whether it is; and what else there is to say of it."""

    what: str
    measured: str
    bar: str = ""
    met: Met = ""
    notes: tuple[str, ...] = ()


def judged(what: str, value: float, most: float, measured: str, notes: Sequence[str] = (), unit: str = "times") -> Line:
    """A line whose value may be at most so much."""
    return Line(what, measured, f"at most {most:g} {unit}".strip(), "met" if value <= most else "missed", tuple(notes))


def unmeasured(what: str, why: str, bar: str = "") -> Line:
    """A line that could not be measured, and why."""
    return Line(what, why, bar, "not measured")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows, each a name and its lines, and how large the catalogues were."""

    sizes: str
    rows: tuple[tuple[str, tuple[Line, ...]], ...]

    @property
    def missed(self) -> int:
        """How many bars are missed."""
        return sum(line.met == "missed" for _, lines in self.rows for line in lines)

    @property
    def head(self) -> str:
        """The machine, told generically, and the sizes."""
        return f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}; {self.sizes}"

    def text(self) -> str:
        """For the terminal."""
        shown = [("", "what", "measured", "bar", "met")]
        shown += [(name, line.what, line.measured, line.bar, line.met) for name, lines in self.rows for line in lines]
        widths = [max(len(row[i]) for row in shown) for i in range(5)]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in shown]
        notes = [f"  {note}" for _, lines in self.rows for line in lines for note in line.notes]
        return "\n".join([self.head, "", *lines, *(["", *dict.fromkeys(notes)] if notes else []), "", self.verdict, ""])

    @property
    def verdict(self) -> str:
        """One sentence at the end."""
        lines = [line for _, found in self.rows for line in found if line.met]
        count = {met: sum(line.met == met for line in lines) for met in ("met", "missed", "not measured")}
        return ", ".join(f"{number} {met}" for met, number in count.items() if number or met != "not measured")

    def markdown(self) -> str:
        """As a document."""
        cells = [[name, line.what, line.measured, line.bar, line.met] for name, lines in self.rows for line in lines]
        body = "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n" for row in cells)
        notes = dict.fromkeys(note for _, lines in self.rows for line in lines for note in line.notes)
        told = "".join(f"- {note}\n" for note in notes)
        return f"# What was measured\n\n{self.head}.\n\n| row | what | measured | bar | met |\n|---|---|---|---|---|\n{body}\n{told}\n{self.verdict}.\n"

    def json(self) -> str:
        """For machines."""
        rows = {name: [asdict(line) for line in lines] for name, lines in self.rows}
        return json.dumps({"machine": self.head, "missed": self.missed, "rows": rows}, indent=2, ensure_ascii=False) + "\n"
