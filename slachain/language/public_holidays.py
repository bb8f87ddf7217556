"""Public holidays as the `holidays` package gives them, with what a calendar adds and removes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from slachain.language.model import Holidays


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
    from holidays import country_holidays

    days = country_holidays(country, subdiv=subdivision, years=year)
    return frozenset(day for day in days if day.year == year)


def holiday_name(rule: Holidays, day: date) -> str:
    """What a closed date is called, in English where the package has it."""
    if rule.country is None or any(day == added.value for added in rule.add):
        return "closed"
    subdivision = rule.subdivision.value if rule.subdivision else None
    return _names_of_year(rule.country.value, subdivision, day.year).get(day) or "holiday"


@lru_cache(maxsize=4096)
def _names_of_year(country: str, subdivision: str | None, year: int) -> dict[date, str]:
    from holidays import country_holidays

    try:
        named = country_holidays(country, subdiv=subdivision, years=year, language="en_US")
    except NotImplementedError:
        named = country_holidays(country, subdiv=subdivision, years=year)
    return {day: str(name) for day, name in named.items()}
