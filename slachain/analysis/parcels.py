"""Verdicts packed for another process that has the same catalogue: what was found, without the promise it was found of.

A promise is told by its place in its class, which is the same on both sides, and a ticket by where it is opened and over which view: whoever looks
at it there makes the curves that it needs. All else are plain values.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from contextlib import suppress
from operator import attrgetter
from typing import Any

from slachain.analysis.amounts import AmountVerdict
from slachain.analysis.chains import Chains, Stop
from slachain.analysis.likeness import Alike
from slachain.analysis.promises import Promise
from slachain.analysis.readings import Reading
from slachain.analysis.ticket import Ticket
from slachain.analysis.verdicts import Verdict
from slachain.clocks.clock import View
from slachain.clocks.intervals import Intervals

Views = Callable[[View], Chains]
_found = attrgetter(*Verdict.__match_args__[1:])
TICKET = Verdict.__match_args__.index("ticket") - 1
_found_of_amount = attrgetter(*AmountVerdict.__match_args__[1:])


def take_over(parcel: bytes | None, classes: Sequence[Alike], views: Views) -> None:
    """Have classes told what somebody else has found of them; where it is nothing, or came back damaged, they are left as they are."""
    if parcel is not None:
        with suppress(Exception):
            unpacked(parcel, classes, views)


def packed(classes: Sequence[Alike]) -> bytes:
    """What was found of some classes, all of whose promises have been judged."""
    return pickle.dumps([_of_class(alike) for alike in classes], pickle.HIGHEST_PROTOCOL)


def unpacked(parcel: bytes, classes: Sequence[Alike], views: Views) -> None:
    """Have these classes told what was found of them. Raises some exception where the parcel holds no such thing, and then tells nothing."""
    found = []
    for alike, (times, amounts) in zip(classes, pickle.loads(parcel), strict=True):
        told = [_verdict(alike.times[place], *of, views=views) for place, of in times]
        told_of_amounts = [AmountVerdict(alike.amounts[place], *of) for place, of in amounts]
        found.append((alike, told, told_of_amounts))
    for alike, told, told_of_amounts in found:
        alike.tell(told, told_of_amounts)


def _verdict(promise: Promise, *found: Any, views: Views) -> Verdict:
    """As it was found."""
    told = list(found)
    if told[TICKET] is not None:
        told[TICKET] = _ticket(promise, views, *told[TICKET])
    return Verdict(promise, *told)


def _ticket(promise: Promise, views: Views, view: View, opened: Intervals, root: Stop, stop: Stop | None, *rest: Any) -> Ticket:
    """The same ticket over the same view, of which nothing is known until somebody looks at it."""
    chains = views(view)

    def reading() -> Reading:
        done = chains.promised(root) if stop is None else chains.own(stop) or chains.never
        return chains.reading(done, chains.clock(promise.calendar), opened)

    return Ticket(chains, reading, root, stop, *rest)


def _sent(verdict: Verdict) -> tuple[Any, ...]:
    """What was found, its ticket without curves."""
    told, ticket = list(_found(verdict)), verdict.ticket
    if ticket is not None:
        over = ticket.chains.view, ticket.read.opened
        told[TICKET] = (*over, ticket.root, ticket.stop, ticket.attained, ticket.days, ticket.final, ticket.tick)
    return tuple(told)


def _of_class(alike: Alike) -> tuple[list[tuple[int, object]], list[tuple[int, object]]]:
    times = {promise.key: place for place, promise in enumerate(alike.times)}
    amounts = {promise.key: place for place, promise in enumerate(alike.amounts)}
    return (
        [(times[verdict.promise.key], _sent(verdict)) for verdict in alike.told or ()],
        [(amounts[verdict.promise.key], _found_of_amount(verdict)) for verdict in alike.told_of_amounts or ()],
    )
