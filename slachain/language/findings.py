"""What is wrong, and where: a finding is a value, never an exception."""

from __future__ import annotations

from enum import StrEnum

from slachain.language.source import Span
from slachain.language.values import dataclass


class Severity(StrEnum):
    """How much a finding counts; `--fail-on` compares them in this order."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def weight(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Note:
    """The other side of a finding: the commitment, the calendar, the first of two keys."""

    message: str
    at: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, at the exact value concerned."""

    code: str
    message: str
    at: Span
    agreement: str | None = None
    metric: str | None = None
    priority: str | None = None
    because: tuple[Note, ...] = ()
    help: str = ""
    when: str = ""  # the ticket that shows it
