"""A new agreement to fill in: what stands in the blanks, and which promises those that it relies on can carry."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from slachain.decisions.quote import Quoter, pauses_below
from slachain.decisions.quote_lines import QuoteLine, asked
from slachain.language.composer import compose
from slachain.language.model import ANY
from slachain.language.nodes import Mapping
from slachain.language.scalars import write_percentage
from slachain.language.values import dataclass, replace
from slachain.study import Study

PARTIES = {"sla": ("our-company", "a-customer"), "ola": ("our-team", "our-company"), "uc": ("a-vendor", "our-company")}


@dataclass(frozen=True, slots=True)
class Carried:
    """A promise that is kept, as it is written: for so great a share of the tickets, or None where there is none to write.

    `bound` is `within` for a time, `at_least` or `at_most` for an amount.
    """

    metric: str
    priority: str
    within: str
    share: str | None
    bound: str = "within"


@dataclass(frozen=True, slots=True)
class Blank:
    """What is filled in. `carried`, `pauses` and `excludes` are those of what it relies on."""

    kind: str
    id: str
    provider: str
    customer: str
    service: str
    calendar: str
    relies_on: tuple[str, ...] = ()
    carried: tuple[Carried, ...] = ()
    pauses: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    team: str = ""


def carrying(study: Study, blank: Blank) -> Blank:
    """The blank with the strictest promises that hold with those behind it, their pauses and what they exclude. Raises `CannotQuote`."""
    quoted = asked(Quoter.relying_on(study, blank.relies_on), "", (blank.calendar,), (), ())
    promises = tuple(one for line in quoted.lines if (one := _carried(study, line)))
    pauses = tuple(sorted(pauses_below(study, blank.relies_on)))
    return replace(blank, carried=promises, pauses=pauses, excludes=_excluded(study, blank.relies_on))


def _excluded(study: Study, relies_on: Sequence[str]) -> tuple[str, ...]:
    agreements = study.catalogue.agreements
    below = sorted({*relies_on, *(id for name in relies_on for id in study.graph.below(name) if id in agreements)})
    return tuple(dict.fromkeys(written.value for id in below for written in agreements[id].excludes))


def _carried(study: Study, line: QuoteLine) -> Carried | None:
    if line.promise is None:
        return None
    metric = study.catalogue.metrics[line.metric]
    bound = "within" if metric.type == "time" else "at_least" if metric.better == "higher" else "at_most"
    text = line.promise.within.text.removesuffix(metric.unit or "").rstrip()
    assured = line.promise.assured
    share = None if assured is None or assured == 1 else write_percentage(assured)
    return None if share == "0%" else Carried(line.metric, line.priority, text, share, bound)


def free_id(wanted: str, taken: Collection[str]) -> str:
    """The id, or the first of `id-2`, `id-3`, … that nothing has yet."""
    number = 1
    while (found := wanted if number == 1 else f"{wanted}-{number}") in taken:
        number += 1
    return found


def priorities_of(found: Sequence[Carried]) -> tuple[str, ...]:
    """The priorities that are named, in alphabetical order."""
    return tuple(sorted({one.priority for one in found} - {ANY}))


def ids_taken(study: Study) -> frozenset[str]:
    """Every id that an agreement or a plan of the catalogue's files has, read whole or not."""
    found: set[str] = set()
    for file, source in study.catalogue.sources.items():
        root, _, _ = compose("\n".join(source.lines), file)
        for section in ("plans", "agreements"):
            node = root.get(section) if isinstance(root, Mapping) else None
            found |= {entry.key.text for entry in node.entries} if isinstance(node, Mapping) else set()
    return frozenset(found)
