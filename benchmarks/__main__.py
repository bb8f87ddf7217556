"""Measures and prints the table: `python -m benchmarks [--quick] [--only ROW] [-o FILE]`. Exits with 1 when a bar is missed."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.table import Line, Table, unmeasured
from benchmarks.timing import Failed, TookTooLong

RESULTS = Path(__file__).parent / "results"
ROWS = ("startup", "clocks", "supremum", "chains", "reading", "growth")  # the quick ones first
FULL, QUICK = "the sizes that the bars are for", "small sizes, for a first look: starting up weighs more in them than the bars allow for"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be measured: which rows, how large, how long one run may last (seconds; None for the row's own limit)."""

    rows: tuple[str, ...] = ROWS
    quick: bool = False
    agreements: tuple[int, ...] = ()  # in place of the row's own sizes
    patience: float | None = None

    def lines(self, row: str) -> list[Line]:
        """The lines of one row, measured now."""
        module: Any = import_module(f"benchmarks.{row}")
        size: Any = module.QUICK if self.quick else module.FULL
        if row == "growth":
            return list(module.measure(self.agreements or size, self.patience or module.PATIENCE))
        if row == "reading" and self.agreements:
            size = max(self.agreements)
        if row == "chains" and self.patience:
            size = (*size[:2], self.patience)
        return list(module.measure(size))

    @property
    def sizes(self) -> str:
        """Told at the head of the table."""
        numbers = ", ".join(f"{n:,}" for n in self.agreements)
        chosen = f"; but {numbers} agreements, where the bars are for 10,000 and 100,000" if numbers else ""
        return (QUICK if self.quick else FULL) + chosen


def table(asked: Asked) -> Table:
    """Every row that is asked for; one that cannot be measured says so and stops no other."""
    found = Table(asked.sizes, ())
    for row in asked.rows:
        print(f"measuring {row} …", file=sys.stderr)
        try:
            lines = tuple(asked.lines(row))
        except (ImportError, Failed, TookTooLong, OSError) as error:
            lines = (unmeasured(row, f"{type(error).__name__}: {error}"),)
        found = replace(found, rows=(*found.rows, (row, lines)))
    return found


def write(found: Table, file: Path) -> None:
    """The table as Markdown, and as JSON beside it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.with_suffix(".md").write_text(found.markdown(), encoding="utf-8")
    file.with_suffix(".json").write_text(found.json(), encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, write; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes: about a minute in all")
    parser.add_argument("--only", action="append", choices=ROWS, metavar="ROW", help=f"one row; repeatable: {', '.join(ROWS)}")
    parser.add_argument("--agreements", action="append", type=int, metavar="N", help="the size of the catalogue; repeatable for growth")
    parser.add_argument("--patience", type=float, metavar="SECONDS", help="how long one run may last")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="where the table goes, as .md and .json [default: results/latest]"
    )
    told = parser.parse_args(arguments)
    asked = Asked(tuple(told.only or ROWS), told.quick, tuple(told.agreements or ()), told.patience)
    found = table(asked)
    print(found.text(), end="")
    write(found, told.output or RESULTS / ("quick.md" if told.quick else "latest.md"))
    return int(found.missed > 0)


if __name__ == "__main__":
    sys.exit(main())
