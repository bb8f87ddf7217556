"""Times as exports write them: ISO 8601, or a pattern such as `%d/%b/%y %I:%M %p`, read without a guess.

A reader gives twice the whole seconds since 1970-01-01 00:00: of UTC and one more where the text tells its offset from UTC, and
of the local wall clock where it does not. A pattern that ends in `Z` tells it as well: so ISO 8601 marks UTC. Parts of a second
are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from slachain.language.exports import ISO
from slachain.language.scalars import ScalarError

Reader = Callable[[str], int]
DAY, EPOCH_DAY = 86400, 719163  # of 1970-01-01, as `toordinal` counts
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NUMBERS = {"Y": r"(\d{4})", "y": r"(\d{2})", **dict.fromkeys("mdHIMS", r"(\d{1,2})")}
WORDS = {
    "b": "([A-Za-z]{3})",
    "B": "([A-Za-z]{3,9})",
    "p": "([AaPp][Mm])",
    "z": r"(Z|[+-]\d{2}:?\d{2})",
    "f": r"\d{1,9}",
    "a": "[A-Za-z]{3}",
}
PARTS = {**NUMBERS, **WORDS}
NEEDED = ("year (%Y or %y)", "month (%m, %b or %B)", "day (%d)", "hour (%H, or %I with %p)", "minute (%M)")
FIRST_OF_THIS_CENTURY = 69  # %y: 69 to 99 are years of the last century, as POSIX has it
SHORTEST = 13  # characters of a date with an hour


def read_format(text: str) -> str:
    """`iso`, or a pattern with everything that makes an instant."""
    if text == ISO:
        return text
    letters = re.findall("%(.)", text.replace("%%", ""))
    unknown = [letter for letter in letters if letter not in PARTS]
    if unknown:
        raise ScalarError(f"'%{unknown[0]}' is no part of a time: there are {', '.join('%' + letter for letter in PARTS)}, or write iso")
    if doubled := [letter for letter in letters if letters.count(letter) > 1]:
        raise ScalarError(f"'%{doubled[0]}' stands there twice")
    there = ({"Y", "y"}, {"m", "b", "B"}, {"d"}, {"H"} if "H" in letters else {"I"}, {"M"})
    lacking = [name for name, of in zip(NEEDED, there, strict=True) if not of & set(letters)]
    if lacking or ("I" in letters and "p" not in letters):
        raise ScalarError(
            f"'{text}' lacks the {lacking[0] if lacking else 'half of the day (%p)'}: write iso, or a pattern such as %d-%m-%Y %H:%M"
        )
    return text


def reader(formats: tuple[str, ...]) -> Reader:
    """What reads a text in the first of these formats that fits it; raises `ValueError` for one that fits none."""
    readers = [read_iso if form == ISO else _patterned(form) for form in formats]
    if len(readers) == 1:
        return readers[0]

    def read(text: str) -> int:
        for one in readers:
            try:
                return one(text)
            except ValueError:
                continue
        raise ValueError

    return read


def read_iso(text: str) -> int:
    """`2026-01-05T09:00:00Z`, `2026-01-05 09:00+01:00`, `2026-01-05T09:00` of a wall clock."""
    if len(text) < SHORTEST:
        raise ValueError
    moment = datetime.fromisoformat(text)
    seconds = _seconds(moment)
    offset = moment.utcoffset()
    return 2 * seconds if offset is None else 2 * (seconds - int(offset.total_seconds())) + 1


def _seconds(moment: datetime) -> int:
    return (moment.toordinal() - EPOCH_DAY) * DAY + moment.hour * 3600 + moment.minute * 60 + moment.second


def _patterned(form: str) -> Reader:
    """What reads a pattern of ours: a regular expression finds the numbers, and a date out of the calendar is refused."""
    pieces = re.split("%(.)", form)
    letters = [letter for letter in pieces[1::2] if letter in PARTS and letter not in "fa"]
    pattern = re.compile("".join(_piece(piece, n % 2 == 1) for n, piece in enumerate(pieces)), re.ASCII)
    at = {letter: n for n, letter in enumerate(letters)}
    year, month, day = (next(at[letter] for letter in of if letter in at) for of in ("Yy", "mbB", "d"))
    hour, minute, second = at.get("H", at.get("I", 0)), at["M"], at.get("S")
    utc = form.endswith("Z")
    short, worded, half, zone = "y" in at, "m" not in at, at.get("p") if "H" not in at else None, at.get("z")

    def read(text: str) -> int:
        match = pattern.fullmatch(text)
        if match is None:
            raise ValueError
        found = match.groups()
        y, h = int(found[year]), int(found[hour])
        if short:
            y += 1900 if y >= FIRST_OF_THIS_CENTURY else 2000
        if half is not None:
            if not 1 <= h <= 12:
                raise ValueError
            h = h % 12 + 12 * (found[half] in ("PM", "pm", "Pm", "pM"))
        m = _month(found[month]) if worded else int(found[month])
        moment = datetime(y, m, int(found[day]), h, int(found[minute]), int(found[second]) if second is not None else 0)
        return 2 * _seconds(moment) + utc if zone is None else 2 * (_seconds(moment) - _offset(found[zone])) + 1

    return read


def _piece(piece: str, letter: bool) -> str:
    return PARTS.get(piece, re.escape(piece)) if letter else re.escape(piece)


def _month(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


def _offset(text: str) -> int:
    if text == "Z":
        return 0
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 23 or minutes > 59:
        raise ValueError
    seconds = hours * 3600 + minutes * 60
    return -seconds if text[0] == "-" else seconds
