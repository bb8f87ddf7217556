"""Values as a spreadsheet holds them: durations, shares, money and instants as numbers with a format, all else as text.

Times are days and instants are days since 1900, as Excel counts them. Excel shows no negative time, so headroom is told in hours.
"""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

from slachain.clocks.wall import local
from slachain.decisions.report import Instant, PromiseLine, Quantity
from slachain.language.scalars import DAY, HOUR, BusinessDays, ScalarError, read_time
from slachain.language.values import dataclass, replace
from slachain.render.page.amounts import is_amount
from slachain.render.sentences import legible

GENERAL, TEXT = "General", "@"
DURATION = "[h]:mm:ss"
HOURS = '#,##0.00##" h"'
DAYS = '#,##0" bd"'
MONEY = "#,##0.00"
DATE = "yyyy-mm-dd"
MOMENT, HALF_MOMENT = "yyyy-mm-dd hh:mm:ss", "yyyy-mm-dd hh:mm:ss.0"

MOST_CHARACTERS = 32_767  # of a cell, in UTF-16 units
MOST_DIGITS = 12
HALVES_OF_A_DAY = 2 * DAY
FIRST_DAY, AFTER_FEBRUARY = date(1900, 1, 1), date(1900, 3, 1)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell (None for nothing), its number format, and the verdict or severity whose colour it has."""

    value: str | float | None
    form: str = GENERAL
    kind: str = ""


NOTHING = Cell(None)


def text(value: str | None, kind: str = "") -> Cell:
    """A text as it is, with what no file can hold replaced, and cut where Excel's cells end."""
    if not value:
        return NOTHING
    written = legible(value)
    # XlsxWriter takes a text between these tags for markup of its own and would write it unescaped.
    if written.startswith("<r>") and written.endswith("</r>"):
        written += " "
    return Cell(_cut(written), TEXT, kind)


def _cut(value: str) -> str:
    if len(value) <= MOST_CHARACTERS // 2 or _units(value) <= MOST_CHARACTERS:
        return value
    kept = value[: MOST_CHARACTERS - 40]
    while _units(kept) > MOST_CHARACTERS - 40:
        kept = kept[: -max(1, (_units(kept) - MOST_CHARACTERS + 40) // 2)]
    return f"{kept}… (cut: {len(value) - len(kept)} more characters)"


def _units(value: str) -> int:
    """How long Excel takes a text to be: characters beyond the first 65,536 count twice."""
    return len(value) + sum(character > "\uffff" for character in value)


def number(value: int | Fraction | None) -> Cell:
    """A count or an amount."""
    return NOTHING if value is None else Cell(float(value))


def money(value: Fraction | None) -> Cell:
    """An amount of money; its currency stands beside it."""
    return NOTHING if value is None else Cell(float(value), MONEY)


def share(value: Fraction | None) -> Cell:
    """A share as a percentage with so many digits that what is short of 100% does not look like it."""
    return NOTHING if value is None else Cell(float(value), f"0.{'0' * digits(value)}%")


def digits(value: Fraction) -> int:
    """At least two; up to four until it is exact; and more until two of them tell how far it is from nothing and from all."""
    away = min((abs(value - whole) for whole in (0, 1, -1) if value != whole), default=Fraction(1))
    found = 2
    while found < MOST_DIGITS and (away * 10 ** (found + 2) < 10 or (found < 4 and (value * 10 ** (found + 2)).denominator != 1)):
        found += 1
    return found


def duration(ticks: int) -> Cell:
    """A length of time in ticks (half seconds), as days."""
    return Cell(ticks / HALVES_OF_A_DAY, DURATION)


def day(value: date | None) -> Cell:
    """A date."""
    return _on(value, 0, DATE) if value else NOTHING


def moment(value: Instant | None, zone: str = "UTC") -> Cell:
    """An instant on the wall clock of a zone; `never` for none."""
    if value is None:
        return text("never")
    wall = local(value.tick // 2, zone)
    return _on(wall, 2 * (wall.hour * HOUR + wall.minute * 60 + wall.second) + value.tick % 2, HALF_MOMENT if value.tick % 2 else MOMENT)


def _on(value: date, halves: int, form: str) -> Cell:
    """A date and half seconds after its midnight. Excel counts a 29 February 1900 that was none, and nothing before that year."""
    when = value.date() if isinstance(value, datetime) else value
    if when < FIRST_DAY:
        return text(value.isoformat())
    days = (when - FIRST_DAY).days + 1 + (when >= AFTER_FEBRUARY)
    return Cell(days + halves / HALVES_OF_A_DAY, form)


# --- what is promised, allowed and left ------------------------------------------------------------------------------


def unit(promise: PromiseLine) -> str:
    """In what a promise is told: `time`, `business days`, `share`, or the unit of its amount."""
    if not is_amount(promise):
        return "business days" if promise.promised.in_days else "time"
    if promise.promised.text.endswith("%"):
        return "share"
    told = (found.text.partition(" ")[2] for found in (promise.supported, promise.promised) if found and found.amount is not None)
    return next((name for name in told if name), "number")


def quantity(value: Quantity | None, of: str) -> Cell:
    """A quantity in its unit; its words (`never`) where there is no number."""
    if value is None or value.amount is None:
        return text(value.text) if value else NOTHING
    if of == "time":
        return Cell(float(Fraction(value.amount) / DAY), DURATION)
    return amount(Fraction(value.amount), of)


def left(value: Quantity | None, of: str) -> Cell:
    """Headroom: times in hours, and what is less than nothing marked as such."""
    if value is None or value.amount is None:
        return quantity(value, of)
    cell = Cell(float(Fraction(value.amount) / HOUR), HOURS) if of == "time" else quantity(value, of)
    return replace(cell, kind="lacking") if value.amount < 0 else cell


def amount(value: Fraction, of: str) -> Cell:
    """A number of business days, a share, or an amount of something."""
    if of == "share":
        return share(value)
    return Cell(float(value), DAYS) if of == "business days" else number(value)


def allowed(written: str | None) -> Cell:
    """A time as an agreement writes it: a duration, or a number of business days; nothing where none is agreed."""
    if written is None:
        return text("no time agreed")
    try:
        time = read_time(written, zero=True)
    except ScalarError:
        return text(written)
    return Cell(float(time.days), DAYS) if isinstance(time, BusinessDays) else Cell(time.seconds / DAY, DURATION)


def clock_time(value: Quantity | None, never: str) -> Cell:
    """A reading of the customer's clock, in its own unit; `never` in words of the asker's."""
    if value is None:
        return NOTHING
    if value.amount is None:
        return text(never)
    return quantity(value, "business days" if value.in_days else "time")
