"""Public holidays as the `holidays` package gives them, with what a calendar adds and removes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from typing import Any

from slachain.language.model import Holidays

PACKAGES = ("holidays", "holidays.countries")


def public_holidays(rule: Holidays, years: Iterable[int]) -> frozenset[date]:
    """The public holidays of the rule's country in these years, observed days included; without `add` and `remove`."""
    if rule.country is None:
        return frozenset()
    subdivision = rule.subdivision.value if rule.subdivision else None
    return frozenset(day for year in years for day in _of_year(rule.country.value, subdivision, year))


def closed_dates(rule: Holidays | None, years: Iterable[int]) -> frozenset[date]:
    """The dates on which a calendar's windows are taken away."""
    if rule is None:
        return frozenset()
    added = {day.value for day in rule.add}
    return (public_holidays(rule, years) | added) - {day.value for day in rule.remove}


@lru_cache(maxsize=4096)
def _of_year(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    days = _country(country)(subdiv=subdivision, years=year)
    return frozenset(day for day in days if day.year == year)


def holiday_name(rule: Holidays, day: date) -> str:
    """What a closed date is called, in English where the package has it."""
    if rule.country is None or any(day == added.value for added in rule.add):
        return "closed"
    subdivision = rule.subdivision.value if rule.subdivision else None
    return _names_of_year(rule.country.value, subdivision, day.year).get(day) or "holiday"


@lru_cache(maxsize=4096)
def _names_of_year(country: str, subdivision: str | None, year: int) -> dict[date, str]:
    try:
        named = _country(country)(subdiv=subdivision, years=year, language="en_US")
    except NotImplementedError:
        named = _country(country)(subdiv=subdivision, years=year)
    return {day: str(name) for day, name in named.items()}


# --- which countries there are ---------------------------------------------------------------------------------------


@cache
def known_countries() -> Mapping[str, str]:
    """The code of every country with known holidays, and the module of the package that knows them."""
    with _alone():
        registry = import_module("holidays.registry")
    codes = registry.EntityLoader.get_country_codes()
    modules = {code: module for module, names in registry.COUNTRIES.items() for code in names}
    return {code: modules[code] for code in codes}


def subdivisions(country: str) -> frozenset[str]:
    """The subdivisions of a known country that have holidays of their own."""
    return frozenset(_country(country).subdivisions)


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

    For one country that takes a third of the time. The packages are then forgotten: whoever wants them imports them whole.
    """
    if PACKAGES[0] in sys.modules:
        yield
        return
    try:
        for name in PACKAGES:
            spec = find_spec(name)
            assert spec is not None
            sys.modules[name] = module_from_spec(spec)
        yield
    finally:
        for name in PACKAGES:
            sys.modules.pop(name, None)
