"""Public holidays as the `holidays` package gives them, with what a calendar adds and removes."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache, lru_cache, partial
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Any

from slachain.language.model import Holidays
from slachain.language.values import dataclass, field

PACKAGES = ("holidays", "holidays.countries", "holidays.calendars", "holidays.groups")
TAKEN = re.compile(r"^from (holidays\.[\w.]+) import (\([^)]*\)|.*)$", re.MULTILINE)
MOST = 4096  # years of a country or a subdivision that are remembered


@dataclass(frozen=True, slots=True)
class Listed:
    """The public holidays of a year, and whether the package knows all of them: many are proclaimed, and then known a year or some years ahead."""

    days: frozenset[date]
    whole: bool


@dataclass(frozen=True, slots=True)
class Learned:
    """What the package has told: each country's module, subdivisions by country, and days by country, subdivision and year.

    Of one version of the package it stays true: whoever has kept it need not import a country, which takes longer than a small catalogue.
    """

    modules: dict[str, str] = field(default_factory=dict)
    subdivisions: dict[str, frozenset[str]] = field(default_factory=dict)
    days: dict[tuple[str, str | None, int], Listed] = field(default_factory=dict)

    def learn(self, other: Learned) -> None:
        """All that another knows."""
        self.modules.update(other.modules)
        self.subdivisions.update(other.subdivisions)
        self.days.update(other.days)

    def size(self) -> tuple[int, ...]:
        """How much that is, of each."""
        return len(self.modules), len(self.subdivisions), len(self.days)


learned = Learned()
"""By this process."""


def public_holidays(rule: Holidays, years: Iterable[int]) -> frozenset[date]:
    """The public holidays of the rule's country in these years, observed days included; without `add` and `remove`."""
    if rule.country is None:
        return frozenset()
    return frozenset(day for year in years for day in _of_year(rule.country.value, _subdivision(rule), year).days)


def not_listed(rule: Holidays, years: Iterable[int]) -> list[int]:
    """The years of which the public holidays of the rule's country are not known, or not all, and for which the rule adds no date itself."""
    if rule.country is None:
        return []
    added = {day.value.year for day in rule.add}
    return [year for year in years if year not in added and not _of_year(rule.country.value, _subdivision(rule), year).whole]


def closed_dates(rule: Holidays | None, years: Iterable[int]) -> frozenset[date]:
    """The dates on which a calendar's windows are taken away."""
    if rule is None:
        return frozenset()
    added = {day.value for day in rule.add}
    return (public_holidays(rule, years) | added) - {day.value for day in rule.remove}


def _subdivision(rule: Holidays) -> str | None:
    return rule.subdivision.value if rule.subdivision else None


def _of_year(country: str, subdivision: str | None, year: int) -> Listed:
    key, known = (country, subdivision, year), learned.days
    if key not in known:
        if len(known) >= MOST:
            known.clear()
        listed, complaints = _ask(country, subdivision, year)
        whole = listed.start_year <= year <= listed.end_year and not complaints
        known[key] = Listed(frozenset(day for day in listed if day.year == year), whole)
    return known[key]


def _ask(country: str, subdivision: str | None, year: int, language: str | None = None) -> tuple[Any, bool]:
    """What the package lists, and whether it warned that this is not all; its warnings are written for programmers."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        listed = _country(country)(subdiv=subdivision, years=year, language=language)
    return listed, any(issubclass(warning.category, UserWarning) for warning in told)


def holiday_name(rule: Holidays, day: date) -> str:
    """What a closed date is called, in English where the package has it."""
    if rule.country is None or any(day == added.value for added in rule.add):
        return "closed"
    return _names_of_year(rule.country.value, _subdivision(rule), day.year).get(day) or "holiday"


@lru_cache(maxsize=4096)
def _names_of_year(country: str, subdivision: str | None, year: int) -> dict[date, str]:
    try:
        named, _ = _ask(country, subdivision, year, "en_US")
    except NotImplementedError:
        named, _ = _ask(country, subdivision, year)
    return {day: str(name) for day, name in named.items()}


# --- which countries there are ---------------------------------------------------------------------------------------


def known_countries() -> Mapping[str, str]:
    """The code of every country with known holidays, and the module of the package that knows them."""
    if not learned.modules:
        learned.modules.update(_registered())
    return learned.modules


def _registered() -> Mapping[str, str]:
    with _alone():
        registry = import_module("holidays.registry")
    codes = registry.EntityLoader.get_country_codes()
    modules = {code: module for module, names in registry.COUNTRIES.items() for code in names}
    return {code: modules[code] for code in codes}


def subdivisions(country: str) -> frozenset[str]:
    """The subdivisions of a known country that have holidays of their own."""
    if country not in learned.subdivisions:
        learned.subdivisions[country] = frozenset(_country(country).subdivisions)
    return learned.subdivisions[country]


@cache
def _country(code: str) -> Any:
    """What gives a country's holidays."""
    try:
        with _alone():
            return getattr(import_module(f"holidays.countries.{known_countries()[code]}"), code)
    except ImportError:  # a few ask for something of the package itself
        return getattr(import_module(PACKAGES[0]), code)


@contextmanager
def _alone() -> Iterator[None]:
    """Meanwhile a module of `holidays` is imported alone, not after all that its packages import: every country there is.

    For one country that takes a fifth of the time. The packages are then forgotten: whoever wants them imports them whole.
    """
    if PACKAGES[0] in sys.modules:
        yield
        return
    try:
        for name in PACKAGES:
            spec = find_spec(name)
            assert spec is not None
            package = sys.modules[name] = module_from_spec(spec)
            package.__dict__["__getattr__"] = partial(_taken, spec)
        yield
    finally:
        for name in PACKAGES:
            sys.modules.pop(name, None)


def _taken(package: ModuleSpec, name: str) -> object:
    """What such a package takes from one of its modules, imported when it is asked for. Raises AttributeError for what it does not take."""
    module = _takes(package.origin or "").get(name)
    if module is None:
        raise AttributeError(name)
    return getattr(import_module(module), name)


@cache
def _takes(origin: str) -> Mapping[str, str]:
    """From which module the package that is written in a file takes each name."""
    written = TAKEN.findall(Path(origin).read_text(encoding="utf-8"))
    return {name: module for module, names in written for name in re.findall(r"\w+", names)}
