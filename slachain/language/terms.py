"""The grammar of terms and reviews."""

from __future__ import annotations

import re

from slachain.language.model import Review, Term
from slachain.language.nodes import Node
from slachain.language.scalars import ScalarError, read_date, read_duration
from slachain.language.shapes import BAD, Bad, Reading, fields, scalar
from slachain.language.source import Span

LAST_BEGINNING = 2500  # a term that begins later is a slip of the pen


def read_every(text: str) -> tuple[int, str]:
    """`6 months`, `1 year`, `90 days`, `4 weeks`."""
    match = re.fullmatch(r"(\d{1,4}) ?(day|week|month|year)s?", text, re.ASCII)
    if not match or int(match[1]) == 0:
        raise ScalarError(f"'{text}' is no interval: write 6 months, 1 year, 4 weeks or 90 days")
    return int(match[1]), match[2]


def term(node: Node, reading: Reading) -> Term | Bad:
    """`{from, until, notice}`."""
    schema = {"from": scalar(read_date), "until": scalar(read_date), "notice": scalar(read_duration)}
    read = fields(node, schema, reading, "a term")
    if isinstance(read, Bad):
        return BAD
    found = Term(read.get("from"), read.get("until"), read.get("notice"))
    wrong = misdated(found)
    return reading.malformed(*wrong) if wrong else found


def misdated(term: Term) -> tuple[str, Span] | None:
    """What is wrong with a term's dates, and where; None if nothing is."""
    opens, closes = term.opens, term.closes
    if opens and opens.value.year > LAST_BEGINNING:
        return f"the term begins after the year {LAST_BEGINNING}", opens.at
    if opens and closes and closes.value < opens.value:
        return "the term ends before it begins", closes.at
    return None


def review(node: Node, reading: Reading) -> Review | Bad:
    """`{every, last}`."""
    read = fields(node, {"every": scalar(read_every), "last": scalar(read_date)}, reading, "a review")
    return BAD if isinstance(read, Bad) else Review(read.get("every"), read.get("last"))
