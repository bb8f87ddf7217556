"""What was read and yet not judged: a noun of its own, since a report that was kept holds it and nothing else of a study."""

from __future__ import annotations

from slachain.language.values import dataclass


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A target that was read but not judged, and why."""

    agreement: str
    metric: str
    why: str
