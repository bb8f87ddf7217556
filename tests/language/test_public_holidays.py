"""Public holidays, whose countries are imported one by one, against the `holidays` package as a whole."""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from slachain.language import public_holidays
from slachain.language.model import Holidays, Written
from slachain.language.source import Span
from tests.style import ROOT

NOWHERE = Span("a.yaml", 1, 1, 1, 1)

PROGRAM = """
import sys
from slachain.language.public_holidays import _names_of_year, _of_year, known_countries, subdivisions

codes = list(known_countries())
_of_year("GB", "ENG", 2026)
assert not {"holidays", "holidays.countries", "holidays.countries.france"} & sys.modules.keys()
ours = {code: (subdivisions(code), _of_year(code, None, 2026), _names_of_year(code, None, 2026)) for code in codes[::7]}

from holidays import country_holidays
from holidays.utils import list_supported_countries

theirs = list_supported_countries()
assert codes == list(theirs)
for code, (parts, days, names) in ours.items():
    found = country_holidays(code, years=2026)
    assert parts == set(theirs[code]), code
    assert days.whole and days.days == {day for day in found if day.year == 2026}, code
    assert names.keys() == found.keys(), code
print(len(ours))
"""


def test_a_country_by_itself_has_the_holidays_that_it_has_among_all() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 50


class Proclaimed:
    """A country that proclaims its holidays year by year, as the package lists it: with a warning for later years."""

    start_year, end_year = 2000, 2100

    def __init__(self, subdiv: str | None, years: int, language: str | None) -> None:
        if years > 2035:
            warnings.warn("Requested Holidays are available only from 2001 to 2035.", UserWarning, stacklevel=2)
        if subdiv == "OLD":
            warnings.warn("This subdivision is deprecated.", DeprecationWarning, stacklevel=2)
        self.days = {date(years, 1, 26): "Republic Day"}

    def __iter__(self) -> Iterator[date]:
        return iter(self.days)

    def items(self) -> Iterable[tuple[date, str]]:
        return self.days.items()


@pytest.mark.parametrize(("subdivision", "not_known"), [(None, [1999, 2036, 2101]), ("OLD", [1999, 2036, 2101])])
def test_years_of_which_not_all_is_known_are_told_and_nobody_is_warned_in_python(
    subdivision: str | None, not_known: list[int], monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    """What is known of such a year still counts; and nothing is said in the words that are meant for programmers."""
    monkeypatch.setattr(public_holidays, "_country", lambda code: Proclaimed)
    monkeypatch.setattr(public_holidays, "learned", public_holidays.Learned())
    country = Written("XX", "XX", NOWHERE)
    part = None if subdivision is None else Written(subdivision, subdivision, NOWHERE)
    rule = Holidays(country, part)
    years = (1999, 2000, 2026, 2035, 2036, 2101)
    assert public_holidays.not_listed(rule, years) == not_known
    assert public_holidays.not_listed(Holidays(country, part, add=(Written(date(2036, 3, 4), "", NOWHERE),)), years) == [1999, 2101]
    assert public_holidays.not_listed(Holidays(add=rule.add), years) == []
    assert public_holidays.public_holidays(rule, years) == {date(year, 1, 26) for year in years}
    assert public_holidays.holiday_name(rule, date(2101, 1, 26)) == "Republic Day"
    assert not recwarn.list
