"""How each promise stands in two versions: gaps opened and closed, verdicts and support that are others.

A promise that is there under another priority or number of alternative on one side is held against what answers for it on the other:
the target for every priority, or those that took its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from slachain.decisions.amendment import BROKEN, CLOSED, OPENED, STAYS, Standing, StandingChange
from slachain.decisions.amount_lines import amount_line
from slachain.decisions.attribution import Key, Tracer
from slachain.decisions.promise_lines import promise_line
from slachain.decisions.report import FindingLine, FixLine, PromiseLine
from slachain.language.model import ANY
from slachain.language.values import dataclass, replace
from slachain.study import Study

Lines = Mapping[Key, PromiseLine]
ORDER = {"holds": 0, "tolerated": 1, "gap": 2, "unsupported": 3}
TURNS = {OPENED: 0, CLOSED: 1, STAYS: 2}


def lines_of(study: Study, ids: Mapping[str, str]) -> Lines:
    """Every judged promise by its key, agreements under their new ids."""
    lines = [promise_line(study, verdict, fixes=False) for verdict in study.verdicts]
    lines += [amount_line(study, verdict) for verdict in study.amount_verdicts]
    named = (replace(line, agreement=ids.get(line.agreement, line.agreement)) for line in lines)
    return {key_of(line): line for line in named}


def key_of(line: PromiseLine) -> Key:
    """What names a promise."""
    return line.agreement, line.metric, line.priority, -1 if line.alternative is None else line.alternative


@dataclass(frozen=True, slots=True)
class Counterparts:
    """Finds what answers on the other side for a promise."""

    own: Lines
    other: Lines

    def of(self, key: Key) -> PromiseLine | None:
        """The same promise, or the worst of those that answer in its place; None where there is none."""
        if key in self.other:
            return self.other[key]
        agreement, metric, priority, _ = key
        rows = [line for (a, m, _, _), line in self.other.items() if (a, m) == (agreement, metric)]
        same = [line for line in rows if line.priority == priority] or [line for line in rows if line.priority == ANY]
        if not same and priority == ANY:
            named = {own[2] for own in self.own if own[:2] == (agreement, metric)}
            same = [line for line in rows if line.priority not in named]
        return max(same, key=lambda line: ORDER[line.verdict], default=None)


def standing_changes(tracer: Tracer, new: Study, old: Lines, now: Lines, findings: Iterable[FindingLine]) -> Iterator[StandingChange]:
    """The promises of which anything is found otherwise: gaps opened, then closed, then the rest."""
    accepted = _accepted(findings)
    found = [*_of_new(tracer, old, now, accepted, new), *_of_old(old, now)]
    yield from sorted(found, key=lambda one: (TURNS[one.turn], one.agreement, one.metric, one.priority, one.alternative or 0))


def _of_new(tracer: Tracer, old: Lines, now: Lines, accepted: set[tuple[str | None, ...]], study: Study) -> Iterator[StandingChange]:
    before = Counterparts(now, old)
    for key, line in now.items():
        was = before.of(key)
        turn = _turn(was, line)
        if key in old and turn == STAYS and _same(old[key], line):
            continue
        movers, why = tracer.movers(key) if key in old else ((), "")
        change = StandingChange(*_names(line), turn, _standing(was), _standing(line), (), movers, why)
        if key in old and turn != STAYS:
            change = replace(change, turned_by=tracer.turners(key))
        if turn == OPENED:
            change = replace(change, accepted=key[:3] in accepted, case=line.worst_case, zone=line.zone, fixes=_fixes(study, key, line))
        yield change


def _of_old(old: Lines, now: Lines) -> Iterator[StandingChange]:
    after = Counterparts(old, now)
    for key, line in old.items():
        if key in now:
            continue
        becomes = after.of(key)
        turn = CLOSED if line.verdict in BROKEN and not _is_broken(becomes) else STAYS
        yield StandingChange(*_names(line), turn, _standing(line), None if becomes is None else _standing(becomes))


def _names(line: PromiseLine) -> tuple[str, str, str, str, str, int | None]:
    return line.agreement, line.title, line.customer, line.metric, line.priority, line.alternative


def _turn(was: PromiseLine | None, now: PromiseLine) -> str:
    """Whether a gap is opened or closed; of a promise under a new name, what is closed is told under the old one."""
    if _is_broken(now) and not _is_broken(was):
        return OPENED
    same = was is not None and key_of(was) == key_of(now)
    return CLOSED if same and _is_broken(was) and not _is_broken(now) else STAYS


def _is_broken(line: PromiseLine | None) -> bool:
    return line is not None and line.verdict in BROKEN


def _same(one: PromiseLine, other: PromiseLine) -> bool:
    fields = ("verdict", "cause", "supported", "attainment", "money")
    return all(getattr(one, name) == getattr(other, name) for name in fields)


def _standing(line: PromiseLine | None) -> Standing | None:
    if line is None:
        return None
    return Standing(line.verdict, line.cause, line.promised, line.clock, line.supported, line.attainment, line.money, line.at)


def _fixes(study: Study, key: Key, line: PromiseLine) -> tuple[FixLine, ...]:
    """What would close a gap again; of amounts they are found already."""
    verdict = next((verdict for verdict in study.verdicts if verdict.promise.key == key), None)
    return promise_line(study, verdict).fixes if verdict else line.fixes


def _accepted(findings: Iterable[FindingLine]) -> set[tuple[str | None, ...]]:
    """The promises of which every gap is accepted by its owner."""
    found: dict[tuple[str | None, ...], list[bool]] = {}
    for finding in findings:
        if finding.code[:3] in ("SC2", "SC3") and finding.severity == "error":
            found.setdefault((finding.agreement, finding.metric, finding.priority), []).append(finding.accepted)
    return {key for key, each in found.items() if all(each)}
