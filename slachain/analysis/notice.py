"""The last day on which notice can be given: arithmetic on local dates (section 11).

A notice of so many days is counted in calendar days, as contracts count them: 90 days lie between the end of the last day
to give notice and the end of the term's last, whatever the clocks do in between. What is written in hours is taken off the
last of these days. Whose days they are, the agreement's time zone says.
"""

from __future__ import annotations

from datetime import date, timedelta

from slachain.language.model import Term, Written
from slachain.language.scalars import Duration, Time
from slachain.language.values import dataclass

DAY = 86400  # seconds on a calendar's page, also of a day that is an hour shorter or longer


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day to give notice; `left` are the seconds of it, from its midnight, within which it has to be given."""

    day: date
    left: int = DAY

    @property
    def before(self) -> str:
        """The time of day by which it has to be given: `24:00` for the whole day."""
        hours, rest = divmod(self.left, 3600)
        minutes, seconds = divmod(rest, 60)
        return f"{hours:02d}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")


def last_day(term: Term) -> LastDay | None:
    """The last day to give notice for a term's end; None where it has no end or no notice. It may lie before the term begins."""
    if term.closes is None or term.notice is None:
        return None
    days, rest = divmod(_seconds(term.notice), DAY)
    return LastDay(term.closes.value - min(timedelta(days=days), term.closes.value - date.min), DAY - rest)


def ends_when_given(notice: Written[Time], given: date) -> date:
    """The last day of an agreement without an end when notice is given at some time of a day."""
    return given + min(timedelta(days=-(-_seconds(notice) // DAY)), date.max - given)


def _seconds(notice: Written[Time]) -> int:
    if not isinstance(notice.value, Duration):
        raise TypeError("a notice is a duration: the language reads no business days there")
    return notice.value.seconds
