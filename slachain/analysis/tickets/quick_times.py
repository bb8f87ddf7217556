"""Times whose digits stand in fixed places, many at once: a way around reading them one by one, with the same result.

What does not fit a layout to the letter is left to the reader of single texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from slachain.analysis.tickets.sheets import MISSING
from slachain.clocks.intervals import Ints
from slachain.language.exports import ISO
from slachain.language.values import dataclass

WIDTHS = {"Y": 4, "m": 2, "d": 2, "H": 2, "M": 2, "S": 2}
ZERO, COLON, PLUS, MINUS = (ord(sign) for sign in "0:+-")
OFFSET = "z"  # as +01:00
ISO_LAYOUTS = tuple("%Y-%m-%d" + "".join(parts) for parts in product("T ", ("%H:%M:%S", "%H:%M"), ("", "Z", "%z")))


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each number of a time stands, and what stands between them; `known` where the offset from UTC is told."""

    width: int
    numbers: tuple[tuple[str, int], ...]
    signs: tuple[tuple[int, str], ...]
    offset: int | None
    known: bool

    @classmethod
    def of(cls, form: str) -> Layout | None:
        """The layout of a pattern; None where its numbers have no fixed places."""
        at, numbers, signs, offset = 0, [], [], None
        for letter, sign in re.findall("%(.)|(.)", form, flags=re.DOTALL):
            if letter in WIDTHS:
                numbers.append((letter, at))
                at += WIDTHS[letter]
            elif letter == OFFSET:
                offset, at = at, at + 6
            elif letter and letter != "%":
                return None
            else:
                signs.append((at, sign or "%"))
                at += 1
        return cls(at, tuple(numbers), tuple(signs), offset, offset is not None or form.endswith("Z"))

    def read(self, cells: Sequence[str]) -> tuple[Ints, NDArray[np.bool_]]:
        """Twice the seconds, as a reader of single texts gives them, and which cells fit; an empty one is MISSING."""
        texts = np.array(cells, dtype=f"U{self.width + 1}")
        letters = texts.view(np.uint32).reshape(len(cells), self.width + 1).astype(np.int64)
        fits = letters[:, self.width] == 0
        for place, sign in self.signs:
            fits &= letters[:, place] == ord(sign)
        found = {letter: _number(letters, place, WIDTHS[letter], fits) for letter, place in self.numbers}
        seconds = _seconds(found, fits)
        if self.offset is not None:
            seconds = seconds - _offset(letters, self.offset, fits)
        empty = letters[:, 0] == 0
        return np.where(empty, MISSING, 2 * seconds + self.known), fits | empty


def _number(letters: Ints, place: int, width: int, fits: NDArray[np.bool_]) -> Ints:
    total = np.zeros(len(letters), dtype=np.int64)
    for at in range(place, place + width):
        digit = letters[:, at] - ZERO
        fits &= (digit >= 0) & (digit <= 9)
        total = 10 * total + digit
    return total


def _seconds(found: dict[str, Ints], fits: NDArray[np.bool_]) -> Ints:
    """Seconds since 1970 on the wall; what no calendar or clock has does not fit."""
    year, month, day = found["Y"], found["m"], found["d"]
    second = found.get("S", np.zeros(len(fits), dtype=np.int64))
    fits &= (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1)
    fits &= (found["H"] < 24) & (found["M"] < 60) & (second < 60)
    months = np.where(fits, (year - 1970) * 12 + month - 1, 0)
    begins, ends = ((months + more).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) for more in (0, 1))
    fits &= day <= ends - begins
    return (begins + day - 1) * 86400 + found["H"] * 3600 + found["M"] * 60 + second


def _offset(letters: Ints, place: int, fits: NDArray[np.bool_]) -> Ints:
    sign = letters[:, place]
    fits &= ((sign == PLUS) | (sign == MINUS)) & (letters[:, place + 3] == COLON)
    hours, minutes = (_number(letters, place + step, 2, fits) for step in (1, 4))
    fits &= (hours < 24) & (minutes < 60)
    east: Ints = hours * 3600 + minutes * 60
    return np.where(sign == MINUS, -east, east)


@cache
def _layouts(form: str) -> tuple[Layout, ...]:
    return tuple(layout for text in (ISO_LAYOUTS if form == ISO else (form,)) if (layout := Layout.of(text)))


def quick(cells: Sequence[str], forms: tuple[str, ...]) -> tuple[Ints, NDArray[np.bool_]]:
    """What the layout of the first cell that is not empty makes of all of them; nothing where there is none, or several formats."""
    first = next((cell for cell in cells if cell), "")
    for layout in _fitting(first, forms):
        return layout.read(cells)
    return np.zeros(len(cells), dtype=np.int64), np.zeros(len(cells), dtype=bool)


def _fitting(cell: str, forms: tuple[str, ...]) -> Iterator[Layout]:
    """With several formats the first that fits a text counts, whatever its neighbours look like: they are read one by one."""
    if cell and len(forms) == 1:
        yield from (layout for layout in _layouts(forms[0]) if layout.read([cell])[1][0])
