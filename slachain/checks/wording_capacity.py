"""What the findings on teams say in the same words."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from slachain.language.model import ANY
from slachain.language.scalars import write_duration, write_number, write_percentage

if TYPE_CHECKING:
    from slachain.analysis.arrivals import Stream
    from slachain.analysis.capacity import Capacity


def available(found: Capacity) -> str:
    """`2 people (4 on duty less 30%)`."""
    told = people(found.people)
    return f"{told} ({found.staff} on duty less {write_percentage(found.away)})" if found.away else told


def work(found: Capacity) -> str:
    """`1.11 people's work`; what is less than a hundredth is told as that."""
    if not found.year.open_seconds:
        return "work, and is never open,"
    least = max(found.load, Fraction(1, 100))
    return f"{'less than ' if found.load < least else ''}{write_number(least)} {'person' if least == 1 else 'people'}'s work"


def people(number: int) -> str:
    """`1 person`, `2 people`."""
    return f"{number} {'person' if number == 1 else 'people'}"


def tickets(found: Capacity, stream: Stream) -> str:
    """`tier2 P1: 3 tickets a month of 2h`."""
    month, handle = found.told[stream]
    name = stream.agreement if stream.priority == ANY else f"{stream.agreement} {stream.priority}"
    return f"{name}: {write_number(month)} {'ticket' if month == 1 else 'tickets'} a month of {write_duration(int(handle))}"
