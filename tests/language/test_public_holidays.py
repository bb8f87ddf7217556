"""Public holidays, whose countries are imported one by one, against the `holidays` package as a whole."""

from __future__ import annotations

import subprocess
import sys

from tests.style import ROOT

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
    assert days == {day for day in found if day.year == 2026}, code
    assert names.keys() == found.keys(), code
print(len(ours))
"""


def test_a_country_by_itself_has_the_holidays_that_it_has_among_all() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 50
