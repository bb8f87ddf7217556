"""Times as exports write them: one by one and many at once give the same, and it is what Python's own reader says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slachain.analysis.tickets.quick_times import quick
from slachain.language.scalars import ScalarError
from slachain.language.time_texts import read_format, reader

FORMATS = [
    "iso",
    "%d-%m-%Y %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%d/%b/%y %I:%M %p",
    "%d.%m.%Y, %H:%M Uhr",
    "%Y-%m-%dT%H:%M:%S%z",
    "%m/%d/%y %H:%M",
]
moments = st.datetimes(datetime(1970, 1, 1), datetime(2068, 12, 31)).map(lambda m: m.replace(microsecond=0))


def seconds(moment: datetime) -> int:
    return (moment.replace(tzinfo=None) - datetime(1970, 1, 1)) // timedelta(seconds=1)


@given(moments, st.sampled_from(FORMATS))
def test_a_time_is_read_as_it_was_written(moment: datetime, form: str) -> None:
    text = moment.isoformat(" ") if form == "iso" else moment.replace(tzinfo=UTC).strftime(form)
    exact = moment if "%S" in form or form == "iso" else moment.replace(second=0)
    assert reader((form,))(text) == 2 * seconds(exact) + ("%z" in form)


@given(
    st.lists(
        moments.map(lambda m: m.isoformat(" "))
        | moments.map(lambda m: m.isoformat() + "Z")
        | moments.map(lambda m: m.isoformat() + "+05:30")
        | st.sampled_from(
            [
                "",
                "?",
                "2026-02-30 10:00:00",
                "2026-01-01 24:00:00",
                "2026-01-01",
                "2026-01-01 10:00:00x",
                "٢٠٢٦-01-01 10:00:00",
                "0000-01-01 00:00:00",
            ]
        )
        | st.text(max_size=25).filter(lambda t: "\0" not in t),
        max_size=12,
    )
)
def test_what_is_read_quickly_is_what_is_read_slowly(cells: list[str]) -> None:
    found, fits = quick(cells, ("iso",))
    for cell, one, fit in zip(cells, found.tolist(), fits.tolist(), strict=True):
        if fit and cell:
            assert one == reader(("iso",))(cell)


@pytest.mark.parametrize("text", ["2026-01-05", "20260105", "now", "2026-13-01 00:00", "", "26-01-05 10:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        reader(("iso",))(text)


@pytest.mark.parametrize("text", ["13/Jan/26 13:00 PM", "13/Jan/26 0:30 AM", "31/Feb/26 1:00 AM", "1/Foo/26 1:00 AM"])
def test_what_no_clock_shows_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        reader(("%d/%b/%y %I:%M %p",))(text)


@pytest.mark.parametrize("offset", ["+24:00", "-01:60", "+9930", "+0075"])
def test_no_zone_is_a_day_from_utc_and_no_hour_has_more_than_sixty_minutes(offset: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        reader(("%d.%m.%Y %H:%M %z",))(f"05.01.2026 10:00 {offset}")


def test_a_pattern_that_ends_in_z_tells_times_of_utc() -> None:
    """As ISO 8601 marks them: one by one, many at once, and in whatever order the numbers stand."""
    for form, text in (("%Y-%m-%dT%H:%MZ", "2026-07-05T10:00Z"), ("%d.%m.%Y %H:%MZ", "05.07.2026 10:00Z")):
        known = 2 * seconds(datetime(2026, 7, 5, 10)) + 1
        assert reader((form,))(text) == reader(("%d/%b/%y %H:%M", form))(text) == quick([text], (form,))[0][0] == known
    assert reader(("%d-%b-%Y %H:%MZ",))("5-Jul-2026 10:00Z") == known


def test_the_first_format_that_fits_counts() -> None:
    read = reader(("%d/%m/%Y %H:%M", "iso"))
    assert read("03/02/2026 10:00") == 2 * seconds(datetime(2026, 2, 3, 10))
    assert read("2026-02-03T10:00Z") == 2 * seconds(datetime(2026, 2, 3, 10)) + 1


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ("%d-%m %H:%M", "lacks the year"),
        ("%Y-%m-%d %I:%M", "half of the day"),
        ("%Q", "'%Q' is no part of a time"),
        ("%Y-%m-%d %H:%M %H", "stands there twice"),
        ("epoch", "lacks the year"),
    ],
)
def test_a_format_that_tells_no_instant_is_refused(form: str, says: str) -> None:
    with pytest.raises(ScalarError, match=says):
        read_format(form)
