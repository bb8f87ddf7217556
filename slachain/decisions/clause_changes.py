"""The clauses in which two versions of a catalogue differ, as few as say it."""

from __future__ import annotations

from collections.abc import Iterator

from slachain.decisions.amendment import ClauseChange
from slachain.decisions.clause import Clause, Path
from slachain.decisions.clauses import Clauses, clauses_of
from slachain.language.catalogue import Catalogue
from slachain.language.places import Places
from slachain.language.source import Span
from slachain.language.values import dataclass

SECTIONS = ("agreements", "calendars", "metrics", "teams", "policy")
READ_WITHOUT_PLACES = frozenset({"calendars", "metrics", "policy"})
IN_PLACE = "/"  # in the name of a calendar that was written in place, and in no id


@dataclass(frozen=True, slots=True)
class Differing:
    """A path at which two versions differ; None where one of them has no such clause."""

    path: Path
    old: Clause | None
    new: Clause | None


def differing(old: Catalogue, new: Catalogue) -> tuple[Differing, ...]:
    """Every path at which they differ, but for those that belong to another one that does."""
    ours, theirs = clauses_of(old), clauses_of(new)
    found = {path: Differing(path, ours.get(path), theirs.get(path)) for path in {**theirs, **ours} if _differ(path, ours, theirs)}
    return tuple(found[path] for path in sorted(found) if not any(path[:length] in found for length in range(2, len(path))))


def _differ(path: Path, ours: Clauses, theirs: Clauses) -> bool:
    one, other = ours.get(path), theirs.get(path)
    return one is None or other is None or one.essence != other.essence


@dataclass(eq=False)
class Teller:
    """Turns differing paths into changes, with the place of each on both sides."""

    old: Catalogue
    new: Catalogue

    def __post_init__(self) -> None:
        self.places = Places(self.old), Places(self.new)

    def changes(self, found: tuple[Differing, ...]) -> tuple[ClauseChange, ...]:
        """Changes in the order of sections and ids; what several agreements inherit from one place is told once."""
        groups: dict[tuple[object, ...], list[Differing]] = {}
        for one in found:
            shared = (one.path[0], one.path[2:], one.old and (one.old.at, one.old.text), one.new and (one.new.at, one.new.text))
            groups.setdefault(shared if one.path[0] == "agreements" else (one.path,), []).append(one)
        told = [self.change(several) for several in groups.values()]
        return tuple(sorted(told, key=_order))

    def change(self, several: list[Differing]) -> ClauseChange:
        """One change, of which several agreements may be the subjects."""
        one = several[0]
        return ClauseChange(
            section=one.path[0],
            subjects=tuple(differing.path[1] for differing in several),
            field=one.path[2:],
            before=one.old.text if one.old else None,
            after=one.new.text if one.new else None,
            before_at=self.place(one.old, 0),
            after_at=self.place(one.new, 1),
        )

    def place(self, clause: Clause | None, side: int) -> Span | None:
        """Where a clause stands, looked up in the file where it was read without its place."""
        if clause is None:
            return None
        section, id, *keys = clause.path
        if section not in READ_WITHOUT_PLACES or (len(clause.path) == 2 and clause.at) or IN_PLACE in id:
            return clause.at
        names = [part for key in keys for part in key.split(".")] if section == "calendars" else keys
        return self.places[side].of((section, *([id] if id else []), *names)) or clause.at


def _order(change: ClauseChange) -> tuple[object, ...]:
    at = change.after_at or change.before_at
    return SECTIONS.index(change.section), change.subjects[0], bool(change.field), at or Span("", 0, 0, 0, 0), change.field


def whole(found: tuple[Differing, ...], section: str) -> Iterator[tuple[str, bool]]:
    """What is new or gone as a whole: its id, and whether it is new."""
    for one in found:
        if one.path[0] == section and len(one.path) == 2 and (one.old is None or one.new is None):
            yield one.path[1], one.old is None
