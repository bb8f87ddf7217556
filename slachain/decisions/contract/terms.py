"""Term, notice, review and amendment, with their dates worked out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from slachain.analysis.terms import next_review
from slachain.decisions.contract.draft import Draft
from slachain.decisions.contract.nouns import Clause, Section
from slachain.decisions.contract.wording import day_words, notice_words, number, places
from slachain.language.model import Term
from slachain.language.scalars import DAY, Duration


def term(draft: Draft) -> Section:
    """When it begins and ends, and how it is ended."""
    return Section("Term and notice", (in_force(draft.agreement.term), *notice(draft)))


def in_force(term: Term) -> Clause:
    """The first and the last day, both inclusive."""
    at = places(term.opens.at if term.opens else None, term.closes.at if term.closes else None)
    begins = f"from {day_words(term.opens.value)}" if term.opens else ""
    if term.closes:
        ends = f"{begins} to" if begins else "until"
        both = "both days" if begins else "that day"
        return Clause(f"This agreement is in force {ends} {day_words(term.closes.value)}, {both} included.", at)
    if begins:
        return Clause(f"This agreement is in force {begins} on, that day included. No end is agreed.", at)
    return Clause("No first and no last day are agreed: the agreement names no term.", at)


def notice(draft: Draft) -> Iterator[Clause]:
    """How long before the end either side says that it leaves, and which date that makes."""
    written, closes = draft.agreement.term.notice, draft.agreement.term.closes
    if written is None:
        yield Clause("No notice is agreed.")
        return
    assert isinstance(written.value, Duration)
    seconds, at = written.value.seconds, places(written.at)
    days = -(-seconds // DAY)
    if closes:
        latest = _before(closes.value, days)
        yield Clause(f"Notice is {notice_words(seconds)}: who wants to leave at its end says so by {day_words(latest)} at the latest.", at)
        return
    given = max(draft.as_of, draft.agreement.term.opens.value if draft.agreement.term.opens else draft.as_of)
    ends = given + min(timedelta(days=days), date.max - given)
    yield Clause(f"Either side may end this agreement with notice of {notice_words(seconds)}.", at)
    yield Clause(f"Example: with notice given on {day_words(given)} it ends with {day_words(ends)}.", at)


def _before(day: date, days: int) -> date:
    return day - min(timedelta(days=days), day - date.min)


def review(draft: Draft) -> Section:
    """How often it is looked at, when next; nothing in the language says how it is changed."""
    return Section("Review and amendment", (*reviewed(draft), Clause("How this agreement is amended is not agreed in this document.")))


def reviewed(draft: Draft) -> Iterator[Clause]:
    """The interval, the last and the next."""
    found = draft.agreement.review
    if found is None or (found.every is None and found.last is None):
        yield Clause("No review of this agreement is agreed.")
        return
    at = places(found.every.at if found.every else None, found.last.at if found.last else None)
    told = []
    if found.every:
        count, unit = found.every.value
        told.append(f"This agreement is reviewed every {number(count, unit) if count > 1 else unit}.")
    if found.last:
        told.append(f"It was last reviewed on {day_words(found.last.value)}.")
    due = next_review(found)
    if due:
        told.append(f"The next review is due by {day_words(due)}.")
    yield Clause(" ".join(told), at)
