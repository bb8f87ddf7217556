"""Findings of two versions told apart: what is new, gone, or says something else, and what only stands on another line."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from slachain.decisions.amendment import CHANGED, GONE, MOVED, NEW, FindingChange
from slachain.decisions.report import FindingLine
from slachain.language.source import Span
from slachain.language.values import dataclass, replace

ORDER = (NEW, GONE, CHANGED, MOVED)


@dataclass(frozen=True, slots=True)
class Roots:
    """What the paths of either side begin with: a file is the same in two folders where the rest is."""

    old: str = ""
    new: str = ""

    def inside(self, at: Span, root: str) -> tuple[str, int, int]:
        """A place from there on."""
        return at.file.removeprefix(root), at.line, at.column


def finding_changes(
    old: Sequence[FindingLine], new: Sequence[FindingLine], ids: Mapping[str, str], roots: Roots
) -> tuple[FindingChange, ...]:
    """Every finding that is not the same at the same place, the news first."""
    before = [_renamed(finding, ids) for finding in old]
    pairs, left, fresh = _paired(before, new, _said)
    told = [
        FindingChange(MOVED, one, other) for one, other in pairs if roots.inside(one.at, roots.old) != roots.inside(other.at, roots.new)
    ]
    pairs, left, fresh = _paired(left, fresh, _about)
    told += [FindingChange(CHANGED, one, other) for one, other in pairs]
    told += [FindingChange(GONE, one, None) for one in left] + [FindingChange(NEW, None, other) for other in fresh]
    return tuple(
        sorted(told, key=lambda change: (ORDER.index(change.change), -change.line.severity.weight, change.line.at, change.line.code))
    )


def _renamed(finding: FindingLine, ids: Mapping[str, str]) -> FindingLine:
    """A finding about an agreement as it would be told under its new id."""
    old = finding.agreement
    if old is None or old not in ids:
        return finding
    said = re.sub(rf"(?<![\w-]){re.escape(old)}(?![\w-])", lambda _: ids[old], finding.message)
    return replace(finding, agreement=ids[old], message=said)


def _said(finding: FindingLine) -> Hashable:
    """What a finding says, wherever it stands."""
    return *_names(finding), finding.message, finding.severity, finding.accepted


def _about(finding: FindingLine) -> Hashable:
    """What a finding is about; one that names no agreement is about a file."""
    return *_names(finding), "" if finding.agreement else finding.message


def _names(finding: FindingLine) -> tuple[str | None, ...]:
    return finding.code, finding.agreement, finding.metric, finding.priority


Pairs = tuple[list[tuple[FindingLine, FindingLine]], list[FindingLine], list[FindingLine]]


def _paired(old: Iterable[FindingLine], new: Iterable[FindingLine], key: Callable[[FindingLine], Hashable]) -> Pairs:
    """Findings of both sides with the same key, in order; and those of either that are left."""
    waiting: dict[Hashable, list[FindingLine]] = {}
    for finding in old:
        waiting.setdefault(key(finding), []).append(finding)
    pairs, fresh = [], []
    for finding in new:
        same = waiting.get(key(finding))
        if same:
            pairs.append((same.pop(0), finding))
        else:
            fresh.append(finding)
    return pairs, list(_left(waiting)), fresh


def _left(waiting: Mapping[Hashable, list[FindingLine]]) -> Iterator[FindingLine]:
    for findings in waiting.values():
        yield from findings
