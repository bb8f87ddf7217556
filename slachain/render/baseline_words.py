"""A ticket history in sentences, for text and page."""

from __future__ import annotations

from fractions import Fraction

from slachain.analysis.tickets.history import KEPT, NOT_KEPT, UNDECIDED
from slachain.clocks.wall import write_instant
from slachain.decisions.baseline_lines import Baseline, HistoryLine, Remainder, ShareLine, SupportLine
from slachain.decisions.report import Quantity
from slachain.language.model import ANY
from slachain.language.scalars import HOUR, MINUTE, write_duration, write_percentage
from slachain.render.words import counted

NONE = "–"
SCALE = 10_000  # hundredths of a per cent


def headline(found: Baseline) -> str:
    """The whole verdict in a sentence."""
    total = sum(line.tickets > 0 for line in found.lines)
    if not total:
        return "No ticket could be measured against any target."
    kept, broken, open_ = (found.count(verdict) for verdict in (KEPT, NOT_KEPT, UNDECIDED))
    if kept == total:
        return "The one target was kept." if total == 1 else f"All {total} targets were kept."
    parts = [(broken, f"{broken} not kept"), (kept, f"{kept} kept"), (open_, f"{open_} cannot be told from so few tickets")]
    return f"{counted(total, 'target')} measured: {', '.join(told for number, told in parts if number)}."


def tickets_words(found: Baseline) -> str:
    """How many tickets, opened when."""
    months = sorted({month.month for line in found.lines for month in line.months})
    when = "" if not months else f", opened in {months[0]}" if len(months) == 1 else f", opened from {months[0]} to {months[-1]}"
    return f"{counted(found.tickets, 'ticket')} of {found.log}{when}"


def ends_words(found: Baseline) -> str:
    """When the log ends."""
    return "." if found.ends is None else f"; it ends on {write_instant(found.ends.tick, 'UTC')}."


def name(line: HistoryLine) -> str:
    """`resolution P1`, `response`, with the alternative's number where there are several."""
    priority = "" if line.priority == ANY else f" {line.priority}"
    return f"{line.metric}{priority}" + ("" if line.alternative is None else f" #{line.alternative + 1}")


def promised_words(line: HistoryLine) -> str:
    """`4h for 95%`."""
    return f"{line.promised.text} for {write_percentage(line.attainment, 6)}"


def kept_words(line: HistoryLine) -> str:
    """`61.2% of 757 tickets`."""
    return f"{write_percentage(line.share.value if line.share else Fraction(0))} of {counted(line.tickets, 'ticket')}"


def interval_words(share: ShareLine) -> str:
    """`58.1–64.3%`, rounded outwards."""
    high = Fraction(share.high) * SCALE
    return f"{write_percentage(Fraction(share.low))[:-1]}–{write_percentage(Fraction(-(-high.numerator // high.denominator), SCALE))}"


def short(found: Quantity) -> str:
    """A time as a table tells it: from an hour on rounded up to a minute, from four days on to an hour."""
    if found.unit != "seconds" or not isinstance(found.amount, int):
        return found.text
    step = HOUR if found.amount >= 96 * HOUR else MINUTE if found.amount >= HOUR else 1
    return write_duration(-(-found.amount // step) * step)


def support_words(found: SupportLine) -> str:
    """What is supported, or why nothing is."""
    if found.within.amount is not None:
        return short(found.within)
    if found.share == 1:
        return f"{NONE} (no history supports 100%)"
    return f"{NONE} (takes {found.needed} tickets)" if found.needed else f"{NONE} (too many are open)"


def left_out_words(part: Remainder) -> str:
    """`3 tickets (priority P5): desk promises no response for them`, `acme availability: it is no time`."""
    if part.tickets is None:
        return f"{part.what}: {part.why}"
    return f"{counted(part.tickets, 'ticket')}{f' ({part.what})' if part.what else ''}: {part.why}"
