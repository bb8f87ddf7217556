"""The language's own scalars: exact values out of text, and text out of exact values.

Every `read_…` takes the text as written and returns the value, or raises `ScalarError` with a sentence for the user.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import floor

from slachain.language.values import dataclass

MINUTE, HOUR, DAY, WEEK = 60, 3600, 86400, 604800
LONGEST = 36_500 * DAY
MOST_KEPT = 4096  # texts whose value is kept: agreements say the same few things
MOST_DAYS = 26_000  # business days: 260 a year for 100 years


class ScalarError(ValueError):
    """A text is no value of the kind asked for; its message is for the user, `known` are the words that it may have meant."""

    def __init__(self, message: str, known: Collection[str] = ()) -> None:
        super().__init__(message)
        self.known = known


@dataclass(frozen=True, slots=True)
class Duration:
    """An amount of time on a clock, in whole seconds; 0 only for `after`."""

    seconds: int


@dataclass(frozen=True, slots=True)
class BusinessDays:
    """Whole working days, to close of business; at least one."""

    days: int


Time = Duration | BusinessDays


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in an ISO 4217 currency, or per hour, month, quarter or year where `per` says so."""

    amount: Fraction
    currency: str
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """Minutes after midnight, half-open; `closes` passes 1440 where it runs past midnight."""

    opens: int
    closes: int


UNITS = re.compile(r"(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?", re.ASCII)
ISO = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.ASCII)
_DAYS = re.compile(r"(\d+)\s?bd", re.ASCII)
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?%", re.ASCII)
NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
MONEY = re.compile(r"(\d+(?:\.\d+)?) ([A-Z]{3})(?:/(hour|h|month|quarter|year))?", re.ASCII)
_WINDOW = re.compile(r"(\d{2}):(\d{2})\s*-\s*(\d{2}):(\d{2})", re.ASCII)
MOST_DIGITS = 30
MOST_WINDOWS = 48  # in a day


@lru_cache(maxsize=MOST_KEPT)
def read_duration(text: str, zero: bool = False) -> Duration:
    """`90s` `15m` `4h` `1h30m` `2d` `1w` or ISO 8601 `PT4H`; `0m` only where `zero` allows it."""
    match = UNITS.fullmatch(text) or ISO.fullmatch(text)
    if not text or not match or not any(match.groups()):
        raise ScalarError(f"'{text}' is no duration: write 90s, 15m, 4h, 1h30m, 2d, 1w or PT4H{_duration_hint(text)}")
    if any(len(part) > MOST_DIGITS for part in match.groups() if part):
        raise ScalarError("longer than 100 years")
    seconds = sum(int(part or 0) * unit for part, unit in zip(match.groups(), (WEEK, DAY, HOUR, MINUTE, 1), strict=True))
    if seconds > LONGEST:
        raise ScalarError(f"'{text}' is longer than 100 years")
    if seconds == 0 and not zero:
        raise ScalarError(f"'{text}' is no time at all: a duration is positive")
    return Duration(seconds)


def _duration_hint(text: str) -> str:
    if re.fullmatch(r"\d+", text, re.ASCII):
        return f" (which unit? {text}m, {text}h)"
    if match := re.fullmatch(r"(\d+)\.5h", text, re.ASCII):
        return f" ({match[1]}h30m)"
    return ""


@lru_cache(maxsize=MOST_KEPT)
def read_time(text: str, zero: bool = False) -> Time:
    """A duration or business days (`2bd`)."""
    if match := _DAYS.fullmatch(text):
        if len(match[1]) > 5 or int(match[1]) > MOST_DAYS:
            raise ScalarError("longer than 100 years")
        if int(match[1]) == 0:
            raise ScalarError(f"'{text}' is no time at all: at least 1bd" + (", or 0m for at once" if zero else ""))
        return BusinessDays(int(match[1]))
    try:
        return read_duration(text, zero)
    except ScalarError as error:
        raise ScalarError(str(error).replace("1w or PT4H", "1w, PT4H or business days 2bd")) from None


@lru_cache(maxsize=MOST_KEPT)
def read_percentage(text: str) -> Fraction:
    """`99.95%`, exact, 0% to 100%; the sign is required."""
    if not (match := _PERCENT.fullmatch(text)) or len(text) > MOST_DIGITS:
        hint = f" (write {text}%)" if NUMBER.fullmatch(text) else ""
        raise ScalarError(f"'{text}' is no percentage: write 99.95%{hint}")
    value = Fraction(match[1]) / 100
    if value > 1:
        raise ScalarError(f"{text} is more than 100%")
    return value


def read_number(text: str) -> Fraction:
    """`120` or `12.5`, exact and not negative."""
    if not NUMBER.fullmatch(text) or len(text) > MOST_DIGITS:
        raise ScalarError(f"'{text}' is no number: write 120 or 12.5")
    return Fraction(text)


def read_whole(text: str) -> int:
    """A whole number from 0 on."""
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise ScalarError(f"'{text}' is no whole number")
    return int(text)


@lru_cache(maxsize=MOST_KEPT)
def read_money(text: str) -> Money:
    """`1200 EUR`, `1200 EUR/month`: an exact amount and an ISO 4217 code."""
    match = MONEY.fullmatch(text)
    if not match or len(text) > MOST_DIGITS:
        raise ScalarError(f"'{text}' is no amount of money: write 1200 EUR or 1200 EUR/month")
    per = "hour" if match[3] == "h" else match[3]
    return Money(Fraction(match[1]), match[2], per)


@lru_cache(maxsize=MOST_KEPT)
def read_date(text: str) -> date:
    """`2026-12-24`, a local date."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ScalarError(f"'{text}' is no date: write 2026-12-24")


def read_flag(text: str) -> bool:
    """`true` or `false`, and nothing that YAML 1.1 would take for them."""
    if text not in ("true", "false"):
        raise ScalarError(f"'{text}' is neither true nor false")
    return text == "true"


def read_windows(text: str) -> tuple[Window, ...]:
    """One or more `HH:MM-HH:MM`, separated by commas, each half-open and not empty."""
    parts = text.split(",")
    if len(parts) > MOST_WINDOWS:
        raise ScalarError(f"more than {MOST_WINDOWS} stretches of hours in a day")
    return tuple(_window(part.strip()) for part in parts)


def _window(text: str) -> Window:
    match = _WINDOW.fullmatch(text)
    if not match:
        raise ScalarError(f"'{text}' is no stretch of hours: write 09:00-17:30, or 22:00-06:00 past midnight")
    h1, m1, h2, m2 = (int(g) for g in match.groups())
    opens, closes = h1 * 60 + m1, h2 * 60 + m2
    if m1 > 59 or m2 > 59 or opens >= 1440 or closes > 1440:
        raise ScalarError(f"'{text}' has no such time of day: 00:00 to 24:00")
    if opens == closes:
        raise ScalarError(f"'{text}' is empty: for the whole day write 00:00-24:00")
    return Window(opens, closes if closes > opens else closes + 1440)


def write_duration(seconds: int) -> str:
    """`68h1m`, `15m`, `-2h59m1s`, `0m`: hours, minutes, seconds, as a clock's reading is told."""
    sign, seconds = ("-" if seconds < 0 else ""), abs(seconds)
    hours, rest = divmod(seconds, HOUR)
    minutes, second = divmod(rest, MINUTE)
    parts = (f"{hours}h" if hours else "") + (f"{minutes}m" if minutes else "") + (f"{second}s" if second else "")
    return sign + (parts or "0m")


def write_time(time: Time) -> str:
    """A duration or business days as the language writes them."""
    return f"{time.days}bd" if isinstance(time, BusinessDays) else write_duration(time.seconds)


def write_percentage(value: Fraction, digits: int = 2) -> str:
    """A share rounded down to so many digits after the point (never flattering), without trailing zeros."""
    scaled = value * 100 * 10**digits
    whole = scaled.numerator // scaled.denominator
    sign, whole = ("-" if whole < 0 else ""), abs(whole)
    text = f"{sign}{whole // 10**digits}.{whole % 10**digits:0{digits}d}" if digits else f"{sign}{whole}"
    return (text.rstrip("0").rstrip(".") if digits else text) + "%"


def write_number(value: Fraction) -> str:
    """A whole number as it is, any other to two digits, rounded down."""
    if value.denominator == 1:
        return str(value.numerator)
    hundredths = floor(value * 100)
    sign, hundredths = ("-" if hundredths < 0 else ""), abs(hundredths)
    return f"{sign}{hundredths // 100}.{hundredths % 100:02d}"
