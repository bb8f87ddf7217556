"""Catalogues of plain texts changed in one place, or from end to end; and what is found of them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from slachain.analysis.verdicts import Verdict
from slachain.language.loader import load
from slachain.study import Study
from tests.catalogues import AS_OF, to_yaml
from tests.oracle import Days, amount, percentage

Raw = Any
Place = tuple[str | int, ...]  # the keys that lead to a text
Key = tuple[str, str, str, int]
TARGET_KEYS = {"within", "at_least", "at_most"}
FOREVER = 1 << 60


@dataclass(frozen=True)
class Row:
    """What is found of one promise, places in files apart."""

    verdict: str
    cause: str | None
    supported: float
    exposure: Fraction | None
    assured: Fraction | None
    horizon: tuple[int, int]
    opened: int | None
    done: int | None
    path: tuple[str, ...]

    @classmethod
    def of(cls, found: Verdict) -> Row:
        bound = found.supported.bound if found.supported else None
        case = found.case
        return cls(
            found.verdict,
            found.cause,
            float("inf") if bound is None else bound,
            found.exposure,
            found.assured,
            (found.horizon.start, found.horizon.end),
            case.opened if case else None,
            case.done if case else None,
            case.path if case else (),
        )


def rows(files: dict[str, Raw], as_of: date = AS_OF) -> dict[Key, Row]:
    """The verdict on every promise of a time in some files."""
    read = load({name: to_yaml(raw).encode() for name, raw in files.items()})
    assert not read.findings, read.findings
    return {verdict.promise.key: Row.of(verdict) for verdict in Study.of(read, as_of).verdicts}


def at(raw: Raw, place: Place) -> Raw:
    for key in place:
        raw = raw[key]
    return raw


def changed(raw: Raw, place: Place, text: Raw) -> Raw:
    """The catalogue with another value in one place."""
    made = copy.deepcopy(raw)
    at(made, place[:-1])[place[-1]] = text
    return made


def rewritten(node: Raw, of: Callable[[str], str]) -> Raw:
    """Every text in there, keys too, as a function writes it."""
    if isinstance(node, dict):
        return {of(key): rewritten(value, of) for key, value in node.items()}
    return [rewritten(one, of) for one in node] if isinstance(node, list) else of(node)


def limits(raw: Raw, wanted: Callable[[str], bool]) -> Iterator[Place]:
    """Where the times of targets and hand-overs stand, of the agreements and plans whose names are wanted."""
    for section in ("plans", "agreements"):
        for name, body in raw.get(section, {}).items():
            if wanted(name.removeprefix("plan-")):
                for metric, target in body.get("targets", {}).items():
                    yield from times(target, (section, name, "targets", metric))
                yield from hand_overs(body.get("relies_on", []), (section, name, "relies_on"))


def promised(raw: Raw, name: str) -> Iterator[Place]:
    """Where the targets of one agreement stand."""
    for section, own in (("plans", f"plan-{name}"), ("agreements", name)):
        for metric, target in raw.get(section, {}).get(own, {}).get("targets", {}).items():
            yield from times(target, (section, own, "targets", metric))


def times(target: Raw, place: Place) -> Iterator[Place]:
    if isinstance(target, str):
        yield place
    elif isinstance(target, list):
        for i, one in enumerate(target):
            yield from times(one, (*place, i))
    elif "within" in target:
        yield (*place, "within")
        if "attainment" in target:
            yield (*place, "attainment")
    else:
        for name, one in target.items():
            yield from times(one, (*place, name))


def hand_overs(node: Raw, place: Place) -> Iterator[Place]:
    if isinstance(node, list):
        for i, one in enumerate(node):
            yield from hand_overs(one, (*place, i))
    elif isinstance(node, dict):
        after = node.get("after", {})
        yield from (((*place, "after"),) if isinstance(after, str) else ((*place, "after", name) for name in after))
        for kind in ("any_of", "all_of"):
            yield from hand_overs(node.get(kind, []), (*place, kind))


def tighter(text: str) -> str | None:
    """Less time, or more tickets in time; None where there is neither."""
    if text.endswith("%"):
        return f"{float((1 + percentage(text)) / 2 * 100):g}%" if percentage(text) < 1 else None
    time = amount(text)
    if isinstance(time, Days):
        return f"{time.number - 1}bd" if time.number > 1 else None
    return f"{time // 1800 * 900 or 900}s" if time > 900 else None


def looser(text: str) -> str:
    """More time, or fewer tickets in time."""
    if text.endswith("%"):
        return f"{float(percentage(text) / 2 * 100):g}%"
    time = amount(text)
    return f"{time.number + 1}bd" if isinstance(time, Days) else f"{time + 7200}s"
