"""The nouns of the language, frozen, each value with its place in a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Generic, TypeVar

from slachain.language.scalars import Money, Time, Window
from slachain.language.source import Span
from slachain.language.values import dataclass, field

T = TypeVar("T")

ANY = "*"  # the priority of a target that is written for every priority
ROUND_THE_CLOCK = "24x7"
DEFAULT_PERIOD = "month"


@dataclass(frozen=True, slots=True)
class Written(Generic[T]):
    """A value, the text it was written as, and where."""

    value: T
    text: str
    at: Span


@dataclass(frozen=True, slots=True)
class Holidays:
    """Public holidays of a country or subdivision, with dates added and removed."""

    country: Written[str] | None = None
    subdivision: Written[str] | None = None
    add: tuple[Written[date], ...] = ()
    remove: tuple[Written[date], ...] = ()


@dataclass(frozen=True, slots=True)
class Hours:
    """A calendar by hours of the week: seven days of windows, Monday first, and what departs from them."""

    timezone: str
    week: tuple[tuple[Window, ...], ...]
    holidays: Holidays | None = None
    exceptions: tuple[tuple[date, tuple[Window, ...]], ...] = ()
    opens_on: date | None = None
    closes_after: date | None = None
    business_days: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Combined:
    """A calendar made of others by id: `any_of`, `all_of` or `not`."""

    how: str
    members: tuple[Written[str], ...]
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class OnCall:
    """A calendar open during the events of an iCalendar file, whose bytes were read by the loader."""

    file: str
    content: bytes
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """A named calendar; one written in place is named after its agreement and `inline`."""

    id: str
    body: Hours | Combined | OnCall
    at: Span
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Metric:
    """What is measured. type: time, percent, count, money; better: lower, higher; chain: each, elapsed, product, supply."""

    id: str
    type: str
    better: str
    chain: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class TimeTarget:
    """`within` a time, on the agreement's clock or its own `calendar`, for a share of the tickets (all, if none is written)."""

    within: Written[Time]
    at: Span
    calendar: Written[str] | None = None
    attainment: Written[Fraction] | None = None
    warn: Written[Fraction] | None = None
    opened_in: Written[str] | None = None

    @property
    def share(self) -> Fraction:
        """The share of tickets for which it is kept, exact."""
        return self.attainment.value if self.attainment else Fraction(1)


@dataclass(frozen=True, slots=True)
class AmountTarget:
    """An amount (a share, a number or money) of at least or at most so much, per period where one is written."""

    bound: Written[Fraction] | Written[Money]
    direction: str
    at: Span
    per: Written[str] | None = None
    calendar: Written[str] | None = None

    @property
    def period(self) -> str:
        """`month`, `quarter` or `year`; a month where none is written."""
        return self.per.value if self.per else DEFAULT_PERIOD


@dataclass(frozen=True, slots=True)
class TimePromise:
    """The targets of one metric and priority: alternatives in order, usually one."""

    alternatives: tuple[TimeTarget, ...]
    listed: bool = False


Target = TimePromise | AmountTarget


@dataclass(frozen=True, slots=True)
class Member:
    """One agreement relied on: handed over after (by priority; None is the default), under a priority map, for some metrics."""

    agreement: Written[str]
    place: str
    after: Mapping[str, Written[Time]] | None = None
    priorities: Mapping[str, Written[str]] = field(default_factory=dict)
    metrics: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Several ways side by side: `any_of` (whichever is there first) or `all_of` (every one is needed)."""

    how: str
    members: tuple[Route, ...]
    at: Span


Route = Member | Group


@dataclass(frozen=True, slots=True)
class Item:
    """One way a ticket may go, and the share of tickets that go it."""

    route: Route
    at: Span
    share: Written[Fraction] | None = None

    def members(self) -> Iterator[Member]:
        """Every agreement it names, in order, groups opened."""
        yield from members(self.route)


def members(route: Route) -> Iterator[Member]:
    """Every agreement that a route names, in order."""
    if isinstance(route, Member):
        yield route
    else:
        for inner in route.members:
            yield from members(inner)


@dataclass(frozen=True, slots=True)
class Term:
    """The dates an agreement is in force, both inclusive, and its notice in seconds."""

    opens: Written[date] | None = None
    closes: Written[date] | None = None
    notice: Written[Time] | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """Every so many (count, unit) since the last."""

    every: Written[tuple[int, str]] | None = None
    last: Written[date] | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """What a side has to do for the promise to count."""

    who: Written[str]
    what: Written[str]
    within: Written[Time] | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A credit in per cent of the fee `below` an amount or `over` a time or an amount."""

    side: str
    edge: Written[Fraction] | Written[Time]
    credit: Written[Fraction]
    at: Span


@dataclass(frozen=True, slots=True)
class Credits:
    """Bands by metric, and the cap on all of them."""

    bands: Mapping[str, tuple[Band, ...]]
    cap: Written[Fraction] | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A finding the owner has accepted until a date, and why."""

    finding: Written[str]
    until: Written[date]
    because: Written[str]


@dataclass(frozen=True, slots=True)
class Alteration:
    """A clause that an option sets: its path, as it was written, and the value as that clause reads it."""

    field: Written[tuple[str | int, ...]]
    value: Written[str] | Written[Time] | Written[Fraction] | Written[Money] | Target


@dataclass(frozen=True, slots=True)
class Option:
    """A change to its agreement that can be bought for so much money; `excludes` are those that it cannot be bought with."""

    id: Written[str]
    changes: tuple[Alteration, ...]
    cost: Written[Money]
    excludes: tuple[Written[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """An SLA, OLA or underpinning contract (`uc`). `broken` names the fields that could not be read."""

    id: str
    at: Span
    kind: Written[str]
    provider: Written[str]
    customer: Written[str]
    calendar: Written[str]
    title: Written[str] | None = None
    service: Written[str] | None = None
    owner: Written[str] | None = None
    end_to_end: bool = False
    priorities: tuple[Written[str], ...] = ()
    term: Term = Term()
    review: Review | None = None
    targets: Mapping[str, Mapping[str, Target]] = field(default_factory=dict)
    relies_on: tuple[Item, ...] = ()
    relies_on_at: Span | None = None
    pauses: Mapping[str, Written[int | None]] = field(default_factory=dict)
    excludes: tuple[Written[str], ...] = ()
    duties: tuple[Duty, ...] = ()
    fee: Written[Money] | None = None
    credits: Credits | None = None
    demand: Mapping[str, Written[Fraction]] = field(default_factory=dict)
    accept: tuple[Acceptance, ...] = ()
    options: tuple[Option, ...] = ()
    broken: frozenset[str] = frozenset()

    @property
    def promises(self) -> bool:
        """True when its targets cover whatever it hands over: an SLA, or one that says so."""
        return self.kind.value == "sla" or self.end_to_end

    @property
    def title_or_id(self) -> str:
        """What people call it."""
        return self.title.value if self.title else self.id
