"""Every scalar of the language: the forms that are read, to what, and the forms that are refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slachain.language.agreements import read_code, read_demand
from slachain.language.calendars import read_business_days, read_country, read_days, read_opening, read_timezone
from slachain.language.policy import read_margin
from slachain.language.scalars import (
    LONGEST,
    BusinessDays,
    Duration,
    Money,
    ScalarError,
    Window,
    read_date,
    read_duration,
    read_flag,
    read_money,
    read_number,
    read_percentage,
    read_time,
    read_whole,
    read_windows,
    write_duration,
    write_percentage,
)
from slachain.language.shapes import nearest, read_identifier, read_text
from slachain.language.targets import TARGET_KEYS, read_priority
from slachain.language.terms import read_every

Read = Callable[[str], object]
TRAPS = [
    "",
    " ",
    "\n",
    "\0",
    "-1",
    "+1",
    "1 ",
    " 1",
    "1\n",
    "٣",
    "３",
    "1_0",
    "1e3",
    "0x1",
    "∞",
    "nan",
    "9" * 10_000,
    "x" * 10_000,
    "½",
    "²",
    "Ⅳ",
    "𝟙",
]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90s", 90),
        ("15m", 900),
        ("4h", 14400),
        ("1h30m", 5400),
        ("2d", 172800),
        ("1w", 604800),
        ("1w1d1h1m1s", 694861),
        ("0h1m", 60),
        ("007m", 420),
        ("PT4H", 14400),
        ("P1D", 86400),
        ("P1W", 604800),
        ("P1DT12H", 129600),
        ("PT1H30M15S", 5415),
        ("36500d", LONGEST),
    ],
)
def test_durations(text: str, seconds: int) -> None:
    assert read_duration(text) == Duration(seconds)


@pytest.mark.parametrize(
    "text",
    [
        *TRAPS,
        "4",
        "4 h",
        "h",
        "1.5h",
        "30m1h",
        "1h 30m",
        "4H",
        "4hours",
        "P",
        "PT",
        "P1Y",
        "P1M",
        "pt4h",
        "PT4",
        "-4h",
        "4h4h",
        "1:30",
        "36501d",
        "0s",
        "0m",
        "PT0S",
        "٣h",
        "４h",
        "1bd",
    ],
)
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ScalarError):
        read_duration(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("4", "which unit? 4m, 4h"),
        ("1.5h", "1h30m"),
        ("0m", "a duration is positive"),
        ("9999999w", "longer than 100 years"),
        ("9" * 5000 + "h", "longer than 100 years"),
        ("soon", "write 90s, 15m, 4h, 1h30m, 2d, 1w or PT4H"),
    ],
)
def test_a_refused_duration_says_what_to_write(text: str, words: str) -> None:
    with pytest.raises(ScalarError, match=re.escape(words)):
        read_duration(text)


@pytest.mark.parametrize("text", ["0m", "0s", "PT0S", "0h0m"])
def test_nothing_is_a_time_for_a_hand_over_alone(text: str) -> None:
    assert read_duration(text, zero=True) == read_time(text, zero=True) == Duration(0)


@pytest.mark.parametrize(("text", "days"), [("1bd", 1), ("5bd", 5), ("5 bd", 5), ("26000bd", 26000)])
def test_business_days(text: str, days: int) -> None:
    assert read_time(text) == BusinessDays(days)


@pytest.mark.parametrize("text", ["0bd", "99999bd", "-1bd", "1.5bd", "bd", "1BD", "1h1bd", "999999bd", "٣bd", "9" * 5000 + "bd"])
@pytest.mark.parametrize("zero", [True, False])
def test_what_is_no_number_of_business_days(text: str, zero: bool) -> None:
    with pytest.raises(ScalarError):
        read_time(text, zero)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("0%", Fraction(0)),
        ("100%", Fraction(1)),
        ("99.95%", Fraction(9995, 10000)),
        ("95 %", Fraction(19, 20)),
        ("0.0001%", Fraction(1, 10**6)),
        ("100.000%", Fraction(1)),
    ],
)
def test_percentages_are_exact(text: str, share: Fraction) -> None:
    assert read_percentage(text) == share


@pytest.mark.parametrize(
    "text", [*TRAPS, "95", "99.95", "1.10", "101%", "100.0001%", "-1%", "99,95%", ".5%", "5.%", "%", "５%", "1e1%", "0." + "9" * 40 + "%"]
)
def test_what_is_no_percentage(text: str) -> None:
    with pytest.raises(ScalarError):
        read_percentage(text)


def test_a_percentage_without_its_sign_is_told() -> None:
    with pytest.raises(ScalarError, match=r"write 1\.10%"):
        read_percentage("1.10")


@pytest.mark.parametrize(
    ("text", "value"),
    [("120", Fraction(120)), ("12.5", Fraction(25, 2)), ("0", Fraction(0)), ("0755", Fraction(755)), ("1.10", Fraction(11, 10))],
)
def test_numbers_are_exact(text: str, value: Fraction) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize("text", [t for t in TRAPS if t != "1"] + ["1,200", "1 200", "12.", ".5", "-3", "1/2"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ScalarError):
        read_number(text)


@pytest.mark.parametrize("text", [*TRAPS, "1.0", "-0", "1234567890"])
def test_what_is_no_whole_number(text: str) -> None:
    with pytest.raises(ScalarError):
        read_whole(text)


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("1200 EUR", Money(Fraction(1200), "EUR")),
        ("0.05 USD/month", Money(Fraction(1, 20), "USD", "month")),
        ("12 GBP/h", Money(Fraction(12), "GBP", "hour")),
        ("12 GBP/hour", Money(Fraction(12), "GBP", "hour")),
        ("12 CHF/quarter", Money(Fraction(12), "CHF", "quarter")),
        ("12 JPY/year", Money(Fraction(12), "JPY", "year")),
    ],
)
def test_money_is_exact(text: str, money: Money) -> None:
    assert read_money(text) == money


@pytest.mark.parametrize(
    "text",
    [
        *TRAPS,
        "1200",
        "EUR 1200",
        "1200EUR",
        "1200 eur",
        "1200 EURO",
        "1,200 EUR",
        "-1 EUR",
        "1200 EUR/week",
        "1200 EUR / month",
        "€1200",
        "３ EUR",
        "9" * 40 + " EUR",
    ],
)
def test_what_is_no_money(text: str) -> None:
    with pytest.raises(ScalarError):
        read_money(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-12-24", date(2026, 12, 24)), ("0001-01-01", date.min), ("9999-12-31", date.max), ("2028-02-29", date(2028, 2, 29))],
)
def test_dates(text: str, day: date) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        *TRAPS,
        "2026-02-30",
        "2027-02-29",
        "2026-13-01",
        "2026-00-01",
        "0000-01-01",
        "2026-1-1",
        "20261224",
        "2026-W01-1",
        "26-12-24",
        "24.12.2026",
        "2026-12-24T00:00",
        "２０２６-12-24",
        "10000-01-01",
    ],
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ScalarError, match="is no date: write 2026-12-24"):
        read_date(text)


@pytest.mark.parametrize("text", [*TRAPS, "yes", "no", "on", "off", "True", "FALSE", "y", "1", "0"])
def test_only_true_and_false_are_flags(text: str) -> None:
    assert read_flag("true")
    assert not read_flag("false")
    with pytest.raises(ScalarError, match="neither true nor false"):
        read_flag(text)


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("09:00-17:30", [(540, 1050)]),
        ("09:00 - 17:30", [(540, 1050)]),
        ("09:00-12:00,13:00-16:00", [(540, 720), (780, 960)]),
        ("09:00-12:00 ,  13:00-16:00", [(540, 720), (780, 960)]),
        ("22:00-06:00", [(1320, 1800)]),
        ("00:00-24:00", [(0, 1440)]),
        ("18:00-24:00", [(1080, 1440)]),
        ("18:00-00:00", [(1080, 1440)]),
        ("23:59-00:01", [(1439, 1441)]),
    ],
)
def test_windows(text: str, windows: list[tuple[int, int]]) -> None:
    assert read_windows(text) == tuple(Window(*window) for window in windows)


@pytest.mark.parametrize(
    "text",
    [
        *TRAPS,
        "9:00-17:00",
        "09:00",
        "09:00-09:00",
        "24:00-06:00",
        "09:60-10:00",
        "25:00-26:00",
        "09:00-24:01",
        "09:00-17:00,",
        ",",
        "09.00-17.00",
        "09:00–17:00",
        "9-17",
        "٠٩:00-10:00",
        "closed",
        "09:00-10:00-11:00",
    ],
)
def test_what_is_no_window(text: str) -> None:
    with pytest.raises(ScalarError):
        read_windows(text)


def test_closed_is_a_word_of_exceptions_alone() -> None:
    assert read_opening("closed") == ()
    assert read_opening("09:00-10:00") == (Window(540, 600),)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon", (0,)),
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("sun-thu", (6, 0, 1, 2, 3)),
        ("sat - sun", (5, 6)),
        ("sun-sat", (6, 0, 1, 2, 3, 4, 5)),
        ("fri-fri", (4,)),
    ],
)
def test_days(text: str, days: tuple[int, ...]) -> None:
    assert read_days(text) == days


@pytest.mark.parametrize("text", [*TRAPS, "Mon", "monday", "mon-", "-mon", "mon-fri-sun", "mon,tue", "weekdays", "1-5"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(ScalarError):
        read_days(text)


def test_business_days_of_a_calendar() -> None:
    assert read_business_days("mon-wed, fri") == {0, 1, 2, 4}
    with pytest.raises(ScalarError):
        read_business_days("mon-wed,")


@pytest.mark.parametrize("text", ["Europe/London", "UTC", "Asia/Kolkata", "America/Argentina/Buenos_Aires"])
def test_time_zones(text: str) -> None:
    assert read_timezone(text) == text


@pytest.mark.parametrize("text", [*TRAPS, "London", "europe/london", "EST5", "../etc/passwd", "/etc/passwd", "UTC+1", "Europe/London/"])
def test_what_is_no_time_zone(text: str) -> None:
    with pytest.raises(ScalarError, match="is no time zone of the IANA database"):
        read_timezone(text)


def test_countries() -> None:
    assert read_country("NO") == "NO"
    with pytest.raises(ScalarError, match="no country code"):
        read_country("no")


@pytest.mark.parametrize(
    ("text", "every"), [("6 months", (6, "month")), ("1 year", (1, "year")), ("90 days", (90, "day")), ("4weeks", (4, "week"))]
)
def test_intervals(text: str, every: tuple[int, str]) -> None:
    assert read_every(text) == every


@pytest.mark.parametrize("text", [*TRAPS, "0 months", "6 moons", "half a year", "６ months", "10000 days", "6m"])
def test_what_is_no_interval(text: str) -> None:
    with pytest.raises(ScalarError, match="is no interval"):
        read_every(text)


@pytest.mark.parametrize(
    ("text", "monthly"),
    [
        ("3/month", Fraction(3)),
        ("12/year", Fraction(1)),
        ("1.5 / quarter", Fraction(1, 2)),
        ("84/week", Fraction(365)),
        ("12/day", Fraction(365)),
    ],
)
def test_demand_is_exact(text: str, monthly: Fraction) -> None:
    assert read_demand(text) == monthly


@pytest.mark.parametrize("text", [*TRAPS, "3", "3/hour", "-3/month", "3 per month", "３/month", "9" * 13 + "/month"])
def test_what_is_no_demand(text: str) -> None:
    with pytest.raises(ScalarError, match="is no demand: write 3/month"):
        read_demand(text)


@pytest.mark.parametrize("text", [*TRAPS, "SC20", "SC2070", "sc207", "207", "SC２０７"])
def test_what_is_no_code(text: str) -> None:
    assert read_code("SC207") == "SC207"
    with pytest.raises(ScalarError, match="is no finding's code: write SC207"):
        read_code(text)


def test_margins_are_shares_or_times() -> None:
    assert read_margin("10%") == Fraction(1, 10)
    assert read_margin("30m") == Duration(1800)
    assert read_margin("0m") == Duration(0)
    with pytest.raises(ScalarError):
        read_margin("10")


@pytest.mark.parametrize("text", ["a", "P1", "24x7", "service-desk", "v1.2", "_x", "é", "Ωmega", "日本", "x" * 200, "no", "null"])
def test_ids(text: str) -> None:
    assert read_identifier(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-a",
        ".a",
        "a b",
        "a/b",
        "a:b",
        "a,b",
        "*",
        "~",
        "a\u200bb",
        "\u202eabc",
        "\u2066a",
        "\ufeffa",
        "e\u0301",
        "a\n",
        "a\0",
        "x" * 201,
        "🙂",
        "a'b",
        "<b>",
        "a\u00a0b",
    ],
)
def test_what_is_no_id(text: str) -> None:
    with pytest.raises(ScalarError, match="is no id"):
        read_identifier(text)


@pytest.mark.parametrize("text", TARGET_KEYS)
def test_a_targets_key_is_no_priority(text: str) -> None:
    with pytest.raises(ScalarError, match="is a part of a target, and cannot be a priority"):
        read_priority(text)


def test_priorities() -> None:
    assert read_priority("*") == "*"
    assert read_priority("P1") == "P1"
    with pytest.raises(ScalarError):
        read_priority("**")


def test_texts_are_one_line_of_visible_characters() -> None:
    assert read_text(" Acme,\n  Zürich 🙂 ") == "Acme, Zürich 🙂"
    for text in ("", "  ", "\n"):
        with pytest.raises(ScalarError, match="this is empty"):
            read_text(text)
    for text in ("a\u202eb", "a\u200bb", "a\x1bb", "a\0"):
        with pytest.raises(ScalarError, match="invisible characters"):
            read_text(text)


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("reponse", ["response", "update"], "response"),
        ("SLA", ["sla", "ola"], "sla"),
        ("xyz", ["response"], ""),
        ("x" * 10**6, ["x" * 200], ""),
        ("", ["a"], ""),
    ],
)
def test_the_nearest_word(word: str, known: list[str], meant: str) -> None:
    assert nearest(word, known) == (f" (did you mean '{meant}'?)" if meant else "")


# --- laws

SIMPLE: list[Read] = [read_duration, read_time, read_percentage, read_number, read_whole, read_money, read_date, read_flag]
WORDS: list[Read] = [read_windows, read_opening, read_days, read_business_days, read_timezone, read_country, read_text]
NAMES: list[Read] = [read_every, read_demand, read_code, read_margin, read_identifier, read_priority]


@pytest.mark.parametrize("read", [*SIMPLE, *WORDS, *NAMES])
@given(text=st.text() | st.text("0123456789.%-:, hmdwsPTEUR/bd"))
def test_a_reader_reads_or_says_why_not(read: Read, text: str) -> None:
    with suppress(ScalarError):
        read(text)


@given(st.integers(1, LONGEST))
def test_a_duration_is_read_back(seconds: int) -> None:
    assert read_duration(write_duration(seconds)) == Duration(seconds)


@given(st.integers(0, 10_000))
def test_a_percentage_is_read_back(hundredths: int) -> None:
    share = Fraction(hundredths, 10_000)
    assert read_percentage(write_percentage(share)) == share
