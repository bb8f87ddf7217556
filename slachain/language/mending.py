"""A text with a definition cut out that is not YAML, so that all others are still read.

What is cut out is replaced by as many empty lines: every position in the rest stays right.
"""

from __future__ import annotations

import re

from slachain.language.values import dataclass

_KEY = re.compile(r""" *(?:[^\s#'"{}\[\],&*!|>%@`:]+|"[^"\\]*"|'[^']*')\s*:(?=\s|$)""")


@dataclass(frozen=True, slots=True)
class Mended:
    """The text, the lines (from 1) whose key has lost its value, and whether a name may be lost with it."""

    text: str
    cut: frozenset[int] = frozenset()
    whole: bool = True


def mend(before: Mended, line: int) -> Mended | None:
    """The text without the definition around a line, or without its section if that was not enough; None if nothing is left to cut."""
    lines = before.text.splitlines(keepends=True)
    damaged = min(line, len(lines)) - 1
    root = _indent_within(lines, -1)
    section = _above(lines, damaged, root)
    for indent in (_indent_within(lines, section), root):
        start, end = _above(lines, damaged, indent), _below(lines, damaged, indent)
        kept = _KEY.match(lines[start]) if start >= 0 else None
        blank = [*([f"{kept[0]}\n"] if kept else []), *[" \n"] * (end - start - bool(kept))]
        if start >= 0 and blank != lines[start:end]:
            text = "".join((*lines[:start], *blank, *lines[end:]))
            if not lines[-1].endswith(("\n", "\r")):
                text = text.removesuffix("\n")
            cut = before.cut | {1 + (start if kept else section)}
            return Mended(text, cut, before.whole and bool(kept) and start != section)
    return None


def _indent(line: str) -> int | None:
    """How far a line is indented (by tabs further than any); None for one that holds nothing."""
    text = line.lstrip()
    space = line[: len(line) - len(text)]
    return None if not text or text.startswith("#") else len(space) + 1_000_000 * space.count("\t")


def _within(line: str, indent: int) -> bool:
    found = _indent(line)
    return found is not None and found <= indent


def _above(lines: list[str], index: int, indent: int) -> int:
    """The nearest line from here upwards that is indented no further; -1 where there is none."""
    return next((i for i in range(index, -1, -1) if _within(lines[i], indent)), -1)


def _below(lines: list[str], index: int, indent: int) -> int:
    return next((i for i in range(index + 1, len(lines)) if _within(lines[i], indent)), len(lines))


def _indent_within(lines: list[str], section: int) -> int:
    """How far what follows a section's line is indented: as its first line is."""
    found = next((n for n in (_indent(text) for text in lines[section + 1 :]) if n is not None), None)
    return found or 0
